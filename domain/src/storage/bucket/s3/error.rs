use std::error::Error as StdError;
use std::io::{self, ErrorKind};

use aws_sdk_s3::config::http::HttpResponse;
use aws_sdk_s3::error::{ProvideErrorMetadata, SdkError};

use crate::error::chain;

/// What went wrong, as of a file. A missing bucket is no missing object.
#[expect(clippy::needless_pass_by_value, reason = "it stands in `map_err`")]
pub(super) fn failed<E>(error: SdkError<E, HttpResponse>) -> io::Error
where
    E: ProvideErrorMetadata + StdError + Send + Sync + 'static,
{
    let status = error.raw_response().map(|answer| answer.status().as_u16());
    let kind = match (status, error.code()) {
        (Some(404), code) if code != Some("NoSuchBucket") => ErrorKind::NotFound,
        (Some(401 | 403), _) => ErrorKind::PermissionDenied,
        (Some(413), _) | (_, Some("EntityTooLarge")) => ErrorKind::FileTooLarge,
        (Some(507), _) => ErrorKind::StorageFull,
        _ if matches!(error, SdkError::TimeoutError(_)) => ErrorKind::TimedOut,
        _ => ErrorKind::Other,
    };
    let text = match (error.code(), error.message()) {
        (Some(code), Some(message)) => format!("{code}: {message}"),
        // The library's own rendering repeats whole answers.
        _ => format!("{} {}", status.unwrap_or_default(), chain(&error)),
    };
    io::Error::new(kind, text)
}
