//! Fetching one file: resumed where it stopped, verified before it counts.

use std::io;

use api::player::ManifestFile;
use reqwest::header::CONTENT_RANGE;
use reqwest::{Response, StatusCode};
use tokio::fs;

use super::Store;
use super::part::Part;
use super::range::ContentRange;
use crate::client::{Client, ClientError, header, strong_etag};

/// Why a file is not here yet. Trying again later is right in every case.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DownloadError {
    /// The server refuses or is away.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// The disk refuses.
    #[error("the disk refuses: {0}")]
    Io(#[from] io::Error),
    /// The bytes ended early; those that came are kept.
    #[error("the connection ended after {got} of {size} bytes")]
    Truncated {
        /// Bytes that are here.
        got: u64,
        /// Bytes of the file.
        size: u64,
    },
    /// The bytes are not the file's; none is kept.
    #[error("the bytes are not those of the file that was asked for")]
    WrongBytes,
}

impl Store {
    /// Fetches a file unless it is here. A call that is dropped half-way loses nothing.
    pub(crate) async fn fetch(
        &self,
        client: &Client,
        wanted: &ManifestFile,
    ) -> Result<(), DownloadError> {
        if self.has(wanted) {
            return Ok(());
        }
        let mut part = Part::open(self, wanted).await?;
        if part.length() < wanted.size {
            let response = self.ask(client, wanted, &mut part).await?;
            let received = receive(response, wanted, &mut part).await;
            if matches!(received, Err(DownloadError::WrongBytes)) {
                part.discard(self, wanted.sha256).await?;
                return received;
            }
            part.flush().await?;
            received?;
        }
        if part.hash() != wanted.sha256 {
            part.discard(self, wanted.sha256).await?;
            return Err(DownloadError::WrongBytes);
        }
        Ok(part.keep(self, wanted.sha256).await?)
    }

    /// Asks for the rest, or for everything where the rest is not to be had.
    async fn ask(
        &self,
        client: &Client,
        wanted: &ManifestFile,
        part: &mut Part,
    ) -> Result<Response, DownloadError> {
        let resume = part.resume(self, wanted.sha256).await;
        if let Some(resume) = &resume {
            let response = client.file(wanted.sha256, Some(resume)).await?;
            if goes_on(&response, resume.from, wanted.size) {
                return Ok(response);
            }
            part.restart().await?;
            if response.status() == StatusCode::OK {
                return self.start_anew(response, wanted).await;
            }
        }
        let response = client.file(wanted.sha256, None).await?;
        if response.status() != StatusCode::OK {
            return Err(ClientError::of(response).await.into());
        }
        self.start_anew(response, wanted).await
    }

    /// Remembers which bytes these are, so that a resumed download asks for the same.
    async fn start_anew(
        &self,
        response: Response,
        wanted: &ManifestFile,
    ) -> Result<Response, DownloadError> {
        let etag = strong_etag(&response).unwrap_or_default();
        fs::write(self.validator_path(wanted.sha256), etag).await?;
        Ok(response)
    }
}

/// Whether the answer is exactly the rest of the file.
fn goes_on(response: &Response, from: u64, size: u64) -> bool {
    let range = header(response, &CONTENT_RANGE);
    let range: Option<ContentRange> = range.and_then(|range| range.parse().ok());
    response.status() == StatusCode::PARTIAL_CONTENT
        && range.is_some_and(|range| range.completes(from, size))
}

async fn receive(
    mut response: Response,
    wanted: &ManifestFile,
    part: &mut Part,
) -> Result<(), DownloadError> {
    loop {
        let truncated = DownloadError::Truncated {
            got: part.length(),
            size: wanted.size,
        };
        match response.chunk().await {
            Ok(Some(bytes)) => {
                if part.length() + bytes.len() as u64 > wanted.size {
                    return Err(DownloadError::WrongBytes);
                }
                part.append(&bytes).await?;
            }
            Ok(None) if part.length() == wanted.size => return Ok(()),
            Ok(None) => return Err(truncated),
            Err(error) => {
                tracing::debug!(%error, "a download broke off");
                return Err(truncated);
            }
        }
    }
}
