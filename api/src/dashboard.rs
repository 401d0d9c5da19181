//! What a dashboard that is served from another site has to know before it begins.

use serde::{Deserialize, Serialize};

/// How this server receives a dashboard.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reception {
    /// Whether pages of the asking origin may sign people in: see `ALLOWED_ORIGINS`.
    pub is_allowed: bool,
    /// Whether nobody can sign in yet: the first administrator is to be created.
    pub first_run: bool,
    /// Whether the asking browser is signed in.
    pub is_signed_in: bool,
    /// What the server's functions and their types are; a dashboard with another one is older or newer.
    pub wire: String,
}
