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
    /// Nothing can be served.
    Unhealthy,
}

/// Something that the server needs.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Dependency {
    /// Where everything is written down.
    Database,
    /// Where videos are.
    Storage,
    /// What several servers share.
    Redis,
}

/// The answer of `/health`, first fields as the deployment guide shows them.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Health {
    /// Healthy and degraded answer 200, unhealthy 503.
    pub status: HealthStatus,
    /// The server's clock.
    pub timestamp: DateTime<Utc>,
    /// The server's version.
    pub version: String,
    /// What does not answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub failing: Vec<Dependency>,
}

impl Health {
    /// Whether requests can be sent here: most of them need the database.
    pub fn is_ready(&self) -> bool {
        !self.failing.contains(&Dependency::Database)
    }
}
