//! Reading a player's journal from beside it.

use std::path::Path;
use std::time::Duration;

use crate::database::{Storage, StorageFailure};
use crate::disk::ADDRESS_FILE;
use crate::folder::{Folder, Space};
use crate::spool::Spool;
use crate::web;

/// A player on this machine answers faster.
const PATIENCE: Duration = Duration::from_secs(5);

/// Why the journal cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// No player was ever started on this folder.
    #[error("aucun lecteur n'a tourné sur ce dossier")]
    NoPlayer,
    /// The folder cannot be read.
    #[error("le dossier du lecteur ne peut être lu : {0}")]
    Folder(#[from] std::io::Error),
    /// Its database cannot be read.
    #[error(transparent)]
    Storage(#[from] StorageFailure),
}

/// The journal of the player of this folder, one JSON object on each line. A running player is
/// asked, for it alone may open its database; that of a stopped one is read.
pub async fn read(data: &Path) -> Result<String, JournalError> {
    let address = std::fs::read_to_string(data.join(ADDRESS_FILE));
    let address = address.map_err(|_| JournalError::NoPlayer)?;
    match ask(&address).await {
        Ok(lines) => Ok(lines),
        Err(error) => {
            tracing::debug!(%error, "no player runs on this folder");
            let folder = Folder::open(data, Space::default(), None)?;
            let spool = Spool::open_as_is(Storage::open(&folder)?);
            Ok(web::journal_text(&spool.journal()?))
        }
    }
}

async fn ask(address: &str) -> Result<String, reqwest::Error> {
    let client = reqwest::Client::builder().no_proxy().timeout(PATIENCE);
    let url = format!("http://{address}{}", web::JOURNAL);
    let response = client.build()?.get(url).send().await?;
    response.error_for_status()?.text().await
}
