//! What a server sends when it is asked for a file: judged before a byte of it is kept.

use api::player::ManifestFile;
use reqwest::header::{CONTENT_LENGTH, CONTENT_RANGE};
use reqwest::{Response, StatusCode};

use super::DownloadError;
use super::range::ContentRange;
use crate::client::{Resume, header, strong_etag};

/// What an answer brings.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Offer {
    /// The file from its first byte.
    Whole,
    /// Exactly what is missing.
    Rest,
    /// Something else, that is not worth a look.
    Useless,
}

/// What this answer brings to somebody who asked for the file, or for its rest.
pub(super) fn judge(
    response: &Response,
    wanted: &ManifestFile,
    resume: Option<&Resume>,
) -> Result<Offer, DownloadError> {
    match (response.status(), resume) {
        (StatusCode::OK, _) => whole(response, wanted),
        (StatusCode::PARTIAL_CONTENT, Some(resume)) if goes_on(response, resume, wanted.size) => {
            Ok(Offer::Rest)
        }
        _ => Ok(Offer::Useless),
    }
}

/// A file of another size is another file.
fn whole(response: &Response, wanted: &ManifestFile) -> Result<Offer, DownloadError> {
    let said = header(response, &CONTENT_LENGTH).and_then(|length| length.parse().ok());
    match said {
        Some(said) if said != wanted.size => Err(DownloadError::WrongSize {
            said,
            size: wanted.size,
        }),
        _ => Ok(Offer::Whole),
    }
}

/// Whether the answer is exactly the rest of the same bytes.
fn goes_on(response: &Response, resume: &Resume, size: u64) -> bool {
    let range = header(response, &CONTENT_RANGE);
    let range: Option<ContentRange> = range.and_then(|range| range.parse().ok());
    let same_bytes = match (&resume.etag, strong_etag(response)) {
        (Some(known), Some(said)) => *known == said,
        _ => true,
    };
    same_bytes && range.is_some_and(|range| range.completes(resume.from, size))
}
