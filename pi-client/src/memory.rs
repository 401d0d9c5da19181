//! What the player remembers over a restart: its site and the states it was given.

use api::id::SiteId;
use api::player::DesiredState;
use redb::{TableDefinition, TableError};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::database::{Storage, StorageFailure};

const DOCUMENTS: TableDefinition<&str, &[u8]> = TableDefinition::new("documents");
const SITE: &str = "site";
const DESIRED: &str = "desired";
const APPLIED: &str = "applied";
const PREVIOUS: &str = "previous";

/// The site that this player was linked to.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) struct LinkedSite {
    /// The site.
    pub site_id: SiteId,
    /// Its name, for the TV.
    pub site_name: String,
}

/// A desired state as the server sent it. The text is kept whole: a newer player may understand
/// more of it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) struct StoredState {
    /// Names these bytes.
    pub etag: String,
    /// The JSON text.
    pub body: String,
}

impl StoredState {
    /// What this version understands of it.
    pub(crate) fn parse(&self) -> Result<DesiredState, serde_json::Error> {
        serde_json::from_str(&self.body)
    }

    /// The version of its configuration, where it can be read.
    fn version(&self) -> Option<i32> {
        self.parse().ok().map(|state| state.configuration_version)
    }
}

/// The player's documents, each whole on the disk.
#[derive(Clone)]
pub(crate) struct Memory {
    storage: Storage,
}

impl Memory {
    /// The documents of this database.
    pub(crate) fn new(storage: Storage) -> Self {
        Self { storage }
    }

    /// The site, once linked.
    pub(crate) fn site(&self) -> Result<Option<LinkedSite>, StorageFailure> {
        self.load(SITE)
    }

    /// The newest state that the server sent.
    pub(crate) fn desired(&self) -> Result<Option<StoredState>, StorageFailure> {
        self.load(DESIRED)
    }

    /// The state that is shown.
    pub(crate) fn applied(&self) -> Result<Option<StoredState>, StorageFailure> {
        self.load(APPLIED)
    }

    /// The state that was shown before.
    pub(crate) fn previous(&self) -> Result<Option<StoredState>, StorageFailure> {
        self.load(PREVIOUS)
    }

    /// Remembers the site.
    pub(crate) fn link(&self, site: &LinkedSite) -> Result<(), StorageFailure> {
        self.save(&[(SITE, Some(encode(site)))])
    }

    /// Remembers the newest state.
    pub(crate) fn desire(&self, state: &StoredState) -> Result<(), StorageFailure> {
        self.save(&[(DESIRED, Some(encode(state)))])
    }

    /// From now on this state is shown, and the one before it is kept: both or neither. The same
    /// version told anew, for a name or a duration, puts no other away.
    pub(crate) fn apply(&self, state: &StoredState) -> Result<(), StorageFailure> {
        let before = self.applied()?;
        let before = before.filter(|before| before.version() != state.version());
        self.save(&[
            (APPLIED, Some(encode(state))),
            (PREVIOUS, before.as_ref().map(encode)),
        ])
    }

    fn load<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, StorageFailure> {
        let bytes = self.storage.read(|read| {
            let documents = match read.open_table(DOCUMENTS) {
                Err(TableError::TableDoesNotExist(_)) => return Ok(None),
                other => other?,
            };
            let bytes = documents.get(name)?;
            Ok(bytes.map(|bytes| bytes.value().to_vec()))
        })?;
        // A document that an older version wrote differently is as good as missing.
        Ok(bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
    }

    fn save(&self, documents: &[(&str, Option<Vec<u8>>)]) -> Result<(), StorageFailure> {
        self.storage.write(|write| {
            let mut table = write.open_table(DOCUMENTS)?;
            for (name, bytes) in documents {
                if let Some(bytes) = bytes {
                    table.insert(*name, bytes.as_slice())?;
                }
            }
            Ok(())
        })
    }
}

fn encode<T: Serialize>(document: &T) -> Vec<u8> {
    serde_json::to_vec(document).expect("our documents are plain data")
}
