//! What a caller is told when something is refused.

mod code;
mod message;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use code::ErrorCode;

use crate::language::Language;
use crate::video::VideoSite;

/// The body of every refusal. `code` is stable; `message` is for people, in their language.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApiError {
    /// What happened, for programs.
    pub code: ErrorCode,
    /// What happened and what to do, for people.
    pub message: String,
    /// The inputs that were refused, if any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldError>,
    /// The sites that stand in the way, if any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sites: Vec<VideoSite>,
    /// Names the request in the server's log, where the cause is internal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

/// One refused input.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// The input's name in the request.
    pub field: String,
    /// What is wrong with it.
    pub code: ErrorCode,
    /// What is wrong with it, for people.
    pub message: String,
}

impl ApiError {
    /// A refusal in the default language; see [`ApiError::in_language`].
    pub fn new(code: ErrorCode) -> Self {
        let message = code.message(Language::default()).to_owned();
        Self {
            code,
            message,
            fields: Vec::new(),
            sites: Vec::new(),
            request_id: None,
        }
    }

    /// Adds a refused input.
    #[must_use]
    pub fn with_field(mut self, field: &str, code: ErrorCode) -> Self {
        let message = code.message(Language::default()).to_owned();
        self.fields.push(FieldError {
            field: field.to_owned(),
            code,
            message,
        });
        self
    }

    /// The same refusal, its sentences in `language`.
    #[must_use]
    pub fn in_language(mut self, language: Language) -> Self {
        self.code.message(language).clone_into(&mut self.message);
        for field in &mut self.fields {
            field.code.message(language).clone_into(&mut field.message);
        }
        self
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ApiError {}

#[cfg(feature = "axum")]
impl axum::response::IntoResponse for ApiError {
    fn into_response(self) -> axum::response::Response {
        let mut response = (self.code.status(), axum::Json(&self)).into_response();
        // The language layer finds the refusal here and says it in the caller's language.
        response.extensions_mut().insert(self);
        response
    }
}

#[cfg(feature = "server-fn")]
impl server_fn::error::FromServerFnError for ApiError {
    type Encoder = server_fn::codec::JsonEncoding;

    fn from_server_fn_error(error: server_fn::error::ServerFnErrorErr) -> Self {
        use server_fn::error::ServerFnErrorErr::{Args, MissingArg};
        match error {
            Args(_) | MissingArg(_) => Self::new(ErrorCode::Invalid),
            _ => Self::new(ErrorCode::Transport),
        }
    }
}
