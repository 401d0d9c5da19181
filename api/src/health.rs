//! The answer of `/health`.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Whether the server can serve.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum HealthStatus {
    /// Everything answers.
    Healthy,
    /// A dependency is lost; the server keeps serving what it can.
    Degraded,
}

/// The answer of `/health`, first fields as the deployment guide shows them.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Health {
    /// Healthy or degraded; both answer 200.
    pub status: HealthStatus,
    /// The server's clock.
    pub timestamp: DateTime<Utc>,
    /// The server's version.
    pub version: String,
}
