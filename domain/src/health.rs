//! Whether the product can serve.

use std::future::Future;
use std::sync::atomic::Ordering;
use std::time::Duration;

use api::health::{Dependency, Health, HealthStatus};
use sea_orm::EntityTrait;

use crate::entity::change;
use crate::{Domain, Result};

/// What answers later than this is lost for now.
const PATIENCE: Duration = Duration::from_secs(2);

impl Domain {
    /// Healthy; degraded while database, storage or Redis do not answer; unhealthy without the first
    /// two. Takes two seconds at most.
    pub async fn health(&self) -> Health {
        let (database, storage) = tokio::join!(
            answers(Dependency::Database, self.probe()),
            answers(Dependency::Storage, async {
                Ok(self.inner.storage.probe().await?)
            }),
        );
        // Not asked: hosts count what a Redis is asked, and probe a server every few seconds.
        let redis = self.inner.redis.as_ref();
        let redis = redis.filter(|redis| !redis.answers());
        let status = match (database, storage, redis) {
            (None, None, None) => HealthStatus::Healthy,
            (Some(_), Some(_), _) => HealthStatus::Unhealthy,
            _ => HealthStatus::Degraded,
        };
        let redis = redis.map(|_| Dependency::Redis);
        let failing = [database, storage, redis].into_iter().flatten().collect();
        Health {
            status,
            timestamp: self.inner.clock.now(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            failing,
        }
    }

    /// Asks who stands before this server to send it nothing more.
    pub fn take_leave(&self) {
        self.inner.leaving.store(true, Ordering::Relaxed);
    }

    /// Whether it takes leave.
    pub fn is_leaving(&self) -> bool {
        self.inner.leaving.load(Ordering::Relaxed)
    }

    async fn probe(&self) -> Result<()> {
        let transaction = self.inner.database.read().await?;
        change::Entity::find().one(&transaction).await?;
        Ok(())
    }
}

/// The dependency, if it does not answer.
async fn answers(
    dependency: Dependency,
    probe: impl Future<Output = Result<()>>,
) -> Option<Dependency> {
    match tokio::time::timeout(PATIENCE, probe).await {
        Ok(Ok(())) => return None,
        Ok(Err(error)) => tracing::warn!(?dependency, %error, "a dependency does not answer"),
        Err(_) => tracing::warn!(?dependency, "a dependency answers too slowly"),
    }
    Some(dependency)
}
