//! What a page is told when it asks for what it may not have.

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::show::LeaseRefused;

/// Why a request is refused.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub(super) enum Refusal {
    /// The request names another host: a page elsewhere resolved its own name to this machine.
    #[error("Cette adresse n'est pas celle du lecteur.")]
    HostRefused,
    /// The request comes from a page of another origin, or does not say from where.
    #[error("Cette demande vient d'une autre page que celle du lecteur.")]
    OriginRefused,
    /// The secret is not that of the tab that speaks for the screen.
    #[error("Cet onglet n'a pas la main sur l'écran : ce qu'il dit ne compte pas.")]
    LeaseRefused,
    /// Not a report that this player understands.
    #[error("Ce que dit cette page ne peut être compris.")]
    Invalid,
    /// Not a file of the configuration that is shown.
    #[error("Ce fichier ne fait pas partie de ce que l'écran diffuse.")]
    NotFound,
    /// The player itself failed.
    #[error("Le lecteur ne peut pas répondre : son journal dit pourquoi.")]
    Internal,
}

#[derive(Serialize)]
struct Body {
    code: Refusal,
    message: String,
}

impl From<LeaseRefused> for Refusal {
    fn from(_: LeaseRefused) -> Self {
        Self::LeaseRefused
    }
}

impl From<JsonRejection> for Refusal {
    fn from(_: JsonRejection) -> Self {
        Self::Invalid
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = match self {
            Self::HostRefused | Self::OriginRefused | Self::LeaseRefused => StatusCode::FORBIDDEN,
            Self::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        };
        let body = Body {
            code: self,
            message: self.to_string(),
        };
        (status, Json(body)).into_response()
    }
}
