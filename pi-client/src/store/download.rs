//! Fetching one file: resumed where it stopped, verified before it counts.

use std::io;
use std::time::{Duration, Instant};

use api::player::{FetchTrouble, ManifestFile};
use reqwest::Response;
use tokio::task::spawn_blocking;

use super::answer::{Offer, judge};
use super::part::Part;
use super::{Needs, Store};
use crate::client::{Client, ClientError, strong_etag};
use crate::fault;
use crate::folder::is_full;

/// A line that brings less than this many bytes in twice the time of silence is given up, and
/// tried again.
const TRICKLE: u64 = 16 * 1024;

/// Why a file is not here yet. Trying again later is right in every case.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DownloadError {
    /// The server refuses or is away.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// There is no room, whatever is removed.
    #[error("the disk is full: {missing} bytes are missing")]
    DiskFull {
        /// Bytes that there is no room for.
        missing: u64,
    },
    /// The disk refuses.
    #[error("the disk refuses: {0}")]
    Io(#[source] io::Error),
    /// The bytes ended early; those that came are kept.
    #[error("the connection ended after {got} of {size} bytes")]
    Truncated {
        /// Bytes that are here.
        got: u64,
        /// Bytes of the file.
        size: u64,
    },
    /// Next to nothing comes; what came is kept.
    #[error("the line brings next to nothing: {got} of {size} bytes are here")]
    Trickle {
        /// Bytes that are here.
        got: u64,
        /// Bytes of the file.
        size: u64,
    },
    /// The server has another file under this name; nothing of it is kept.
    #[error("a file of {said} bytes is offered instead of one of {size} bytes")]
    WrongSize {
        /// What the server says.
        said: u64,
        /// Bytes of the file.
        size: u64,
    },
    /// The answer has nothing to do with the question; nothing of it is kept.
    #[error("the server sends another part of the file than the one that was asked for")]
    WrongRange,
    /// The bytes are not the file's; none is kept.
    #[error("the bytes are not those of the file that was asked for")]
    WrongBytes,
}

impl From<io::Error> for DownloadError {
    fn from(error: io::Error) -> Self {
        if is_full(&error) {
            return Self::DiskFull { missing: 0 };
        }
        Self::Io(error)
    }
}

impl DownloadError {
    /// What the server is told of it.
    pub(crate) fn trouble(&self) -> FetchTrouble {
        match self {
            Self::Client(ClientError::SomebodyElse) => FetchTrouble::CaptivePortal,
            Self::Client(ClientError::Transport(_))
            | Self::Truncated { .. }
            | Self::Trickle { .. } => FetchTrouble::Line,
            Self::Client(_) => FetchTrouble::Refused,
            Self::DiskFull { .. } => FetchTrouble::DiskFull,
            Self::Io(_) => FetchTrouble::Disk,
            Self::WrongSize { .. } | Self::WrongRange | Self::WrongBytes => {
                FetchTrouble::WrongBytes
            }
        }
    }
}

impl Store {
    /// Fetches a file unless it is here; files that nothing `needs` make room for it. A call that
    /// is dropped half-way loses next to nothing.
    pub(crate) async fn fetch(
        &self,
        client: &Client,
        wanted: &ManifestFile,
        needs: &Needs,
    ) -> Result<(), DownloadError> {
        if self.has(wanted) {
            return Ok(());
        }
        let mut part = Part::open(self, wanted).await?;
        fault::reach("file-begun");
        if part.length() < wanted.size {
            self.find_room(wanted.size - part.length(), needs).await?;
            let response = ask(client, wanted, &mut part).await?;
            let patience = client.silence() * 2;
            let received = receive(response, wanted, &mut part, patience).await;
            if matches!(received, Err(DownloadError::WrongBytes)) {
                part.discard().await?;
                return received;
            }
            part.flush().await?;
            received?;
        }
        if !part.is_right() {
            part.discard().await?;
            return Err(DownloadError::WrongBytes);
        }
        Ok(part.keep().await?)
    }

    async fn find_room(&self, bytes: u64, needs: &Needs) -> Result<(), DownloadError> {
        let (store, needs) = (self.clone(), needs.clone());
        let made = spawn_blocking(move || store.make_room(bytes, &needs)).await;
        if made.map_err(io::Error::other)?? {
            Ok(())
        } else {
            let wanted = bytes.saturating_add(self.folder.keep_free());
            let missing = wanted.saturating_sub(self.folder.free()?);
            Err(DownloadError::DiskFull { missing })
        }
    }
}

/// Asks for the rest, or for everything where the rest is not to be had. What is here is only
/// forgotten for an answer that brings all of it again.
async fn ask(
    client: &Client,
    wanted: &ManifestFile,
    part: &mut Part,
) -> Result<Response, DownloadError> {
    let resume = part.resume();
    let mut response = client.file(wanted.sha256, resume.as_ref()).await?;
    let mut offer = judge(&response, wanted, resume.as_ref())?;
    if offer == Offer::Useless && resume.is_some() {
        response = client.file(wanted.sha256, None).await?;
        offer = judge(&response, wanted, None)?;
    }
    match offer {
        Offer::Rest => Ok(response),
        Offer::Whole => {
            part.restart(strong_etag(&response).unwrap_or_default())
                .await?;
            Ok(response)
        }
        Offer::Useless => Err(DownloadError::WrongRange),
    }
}

async fn receive(
    mut response: Response,
    wanted: &ManifestFile,
    part: &mut Part,
    patience: Duration,
) -> Result<(), DownloadError> {
    let mut since = Instant::now();
    let mut from = part.length();
    loop {
        let (got, size) = (part.length(), wanted.size);
        match response.chunk().await {
            Ok(Some(bytes)) if got + bytes.len() as u64 > size => {
                return Err(DownloadError::WrongBytes);
            }
            Ok(Some(bytes)) => part.append(&bytes).await?,
            Ok(None) if got == size => return Ok(()),
            Ok(None) => return Err(DownloadError::Truncated { got, size }),
            Err(error) => {
                tracing::debug!(%error, "a download broke off");
                return Err(DownloadError::Truncated { got, size });
            }
        }
        if since.elapsed() > patience {
            if part.length() - from < TRICKLE {
                let got = part.length();
                return Err(DownloadError::Trickle { got, size });
            }
            (since, from) = (Instant::now(), part.length());
        }
    }
}
