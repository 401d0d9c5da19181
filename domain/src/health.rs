//! Whether the product can serve.

use std::time::Duration;

use api::health::{Health, HealthStatus};
use sea_orm::EntityTrait;

use crate::entity::change;
use crate::{Domain, Result};

/// A database that answers later than this is lost for now.
const PATIENCE: Duration = Duration::from_secs(2);

impl Domain {
    /// Healthy, or degraded while the database does not answer. Takes two seconds at most.
    pub async fn health(&self) -> Health {
        let status = match tokio::time::timeout(PATIENCE, self.probe()).await {
            Ok(Ok(())) => HealthStatus::Healthy,
            Ok(Err(error)) => {
                tracing::warn!(%error, "the database does not answer");
                HealthStatus::Degraded
            }
            Err(_) => {
                tracing::warn!("the database answers too slowly");
                HealthStatus::Degraded
            }
        };
        Health {
            status,
            timestamp: self.inner.clock.now(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }

    async fn probe(&self) -> Result<()> {
        let transaction = self.inner.database.read().await?;
        change::Entity::find().one(&transaction).await?;
        Ok(())
    }
}
