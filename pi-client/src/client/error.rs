//! Why the server did not do what was asked.

use std::time::Duration;

use api::error::{ApiError, ErrorCode};
use chrono::{DateTime, Utc};
use reqwest::header::{DATE, RETRY_AFTER};
use reqwest::{Response, StatusCode};

use super::{body, header};

/// Why a call failed.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The server does not know this key, or not any more.
    #[error("the server does not accept this player's key")]
    PlayerRefused,
    /// The server will never accept this key again.
    #[error("the server revoked this player's key")]
    KeyRevoked,
    /// The server refuses, with its reason.
    #[error("the server refuses: {status} {code:?}")]
    Refused {
        /// The HTTP status.
        status: StatusCode,
        /// The refusal's stable name, where the answer has one.
        code: ErrorCode,
        /// When to come back, where the answer says so.
        retry_after: Option<Duration>,
    },
    /// The server was not reached, or its answer was lost.
    #[error("the server does not answer: {}", reason(.0))]
    Transport(#[from] reqwest::Error),
    /// Another program answers: most often the sign-in page of the place's network.
    #[error(
        "somebody else answers in the server's place: this network may want a sign-in in a browser"
    )]
    SomebodyElse,
    /// The server sent us elsewhere for a file, and that permission is over.
    #[error("the link to the file is not valid any more: {status}")]
    LinkExpired {
        /// The HTTP status.
        status: StatusCode,
    },
    /// The answer does not end.
    #[error("the server's answer is longer than any true one")]
    TooLong,
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

    /// Whether the server does not have what was asked for.
    pub(crate) fn is_absence(&self) -> bool {
        let absence = |status: &StatusCode| {
            *status == StatusCode::NOT_FOUND || *status == StatusCode::METHOD_NOT_ALLOWED
        };
        matches!(self, Self::Refused { status, .. } if absence(status))
    }

    /// Whether the server will never take what it was sent, however often that is tried.
    pub(crate) fn is_for_good(&self) -> bool {
        let for_good = |status: &StatusCode| {
            matches!(
                *status,
                StatusCode::BAD_REQUEST
                    | StatusCode::PAYLOAD_TOO_LARGE
                    | StatusCode::UNPROCESSABLE_ENTITY
            )
        };
        matches!(self, Self::Refused { status, .. } if for_good(status))
    }

    /// The refusal in this answer.
    pub(crate) async fn of(response: Response) -> Self {
        let status = response.status();
        if status.is_redirection() || status == StatusCode::NETWORK_AUTHENTICATION_REQUIRED {
            return Self::SomebodyElse;
        }
        let retry_after = retry_after(&response);
        let body = body(response).await.unwrap_or_default();
        let refusal: Option<ApiError> = serde_json::from_slice(&body).ok();
        let revoked = |refusal: &ApiError| {
            let mut reasons = refusal.fields.iter().map(|field| field.code);
            reasons.any(|reason| reason == ErrorCode::KeyRevoked)
        };
        if refusal.as_ref().is_some_and(revoked) {
            return Self::KeyRevoked;
        }
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
    let cause = cause.to_string();
    // What TLS says when the machine believes that it is 1970 or 2090.
    if cause.contains("certificate not valid yet") || cause.contains("certificate expired") {
        return format!("{cause} (is this machine's clock right?)");
    }
    cause
}

/// Seconds or a date, as RFC 9110 has it.
fn retry_after(response: &Response) -> Option<Duration> {
    let text = header(response, &RETRY_AFTER)?;
    if let Ok(seconds) = text.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = |text: &str| DateTime::parse_from_rfc2822(text.trim()).ok();
    let until = date(&text)?;
    // By the server's own clock: this machine's may be years off.
    let now = header(response, &DATE).and_then(|text| date(&text));
    let now = now.map_or_else(Utc::now, |now| now.with_timezone(&Utc));
    (until.with_timezone(&Utc) - now).to_std().ok()
}
