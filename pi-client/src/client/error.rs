//! Why the server did not do what was asked.

use std::time::Duration;

use api::error::{ApiError, ErrorCode};
use chrono::{DateTime, Utc};
use reqwest::Response;
use reqwest::header::RETRY_AFTER;

/// Why a call failed.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The server does not know this key, or not any more.
    #[error("the server does not accept this player's key")]
    PlayerRefused,
    /// The server refuses, with its reason.
    #[error("the server refuses: {status} {code:?}")]
    Refused {
        /// The HTTP status.
        status: reqwest::StatusCode,
        /// The refusal's stable name, where the answer has one.
        code: ErrorCode,
        /// When to come back, where the answer says so.
        retry_after: Option<Duration>,
    },
    /// The server was not reached, or its answer was lost.
    #[error("the server does not answer: {}", reason(.0))]
    Transport(#[from] reqwest::Error),
    /// The answer is not what the contract says.
    #[error("the server's answer cannot be understood: {0}")]
    Answer(#[from] serde_json::Error),
}

impl ClientError {
    /// How long the server wants to be left alone.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Refused { retry_after, .. } => *retry_after,
            _ => None,
        }
    }

    /// The refusal in this answer.
    pub(crate) async fn of(response: Response) -> Self {
        let status = response.status();
        let retry_after = retry_after(&response);
        let body = response.bytes().await.unwrap_or_default();
        let refusal: Option<ApiError> = serde_json::from_slice(&body).ok();
        match refusal.map_or(ErrorCode::Other, |refusal| refusal.code) {
            ErrorCode::PlayerRefused => Self::PlayerRefused,
            code => Self::Refused {
                status,
                code,
                retry_after,
            },
        }
    }
}

/// The innermost cause says what happened: "connection refused" rather than "error sending request".
fn reason(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}

/// Seconds or a date, as RFC 9110 has it.
fn retry_after(response: &Response) -> Option<Duration> {
    let text = response.headers().get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = DateTime::parse_from_rfc2822(text).ok()?;
    (date.with_timezone(&Utc) - Utc::now()).to_std().ok()
}
