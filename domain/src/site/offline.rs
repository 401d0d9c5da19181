//! Notices players that fell silent.

use std::time::Duration;

use api::limit::OFFLINE_AFTER;
use api::site::{Screen, SiteStatus};
use chrono::TimeDelta;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::entity::site;
use crate::{Domain, Result};

/// Time between two looks.
const INTERVAL: Duration = Duration::from_secs(5);

/// Looks for silent players for ever, also for those that fell silent while no server ran.
pub(crate) async fn run(domain: Domain) {
    let mut ticks = tokio::time::interval(INTERVAL);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(error) = notice(&domain).await {
            tracing::warn!(%error, "silent players could not be looked for");
        }
    }
}

/// Marks sites whose player has not reported for [`OFFLINE_AFTER`]. Their screen counts as off:
/// nobody knows what it shows.
async fn notice(domain: &Domain) -> Result<()> {
    let inner = &domain.inner;
    let silence = TimeDelta::from_std(OFFLINE_AFTER).unwrap_or(TimeDelta::MAX);
    let limit = inner.clock.now() - silence;
    let silent = site::Entity::update_many()
        .filter(site::Column::Status.eq(SiteStatus::Online.as_str()))
        .filter(site::Column::LastSeen.lt(limit));
    let offline = silent
        .col_expr(
            site::Column::Status,
            Expr::value(SiteStatus::Offline.as_str()),
        )
        .col_expr(site::Column::Screen, Expr::value(Screen::Off.as_str()));
    let transaction = inner.database.write().await?;
    let outcome = offline.exec(&transaction).await?;
    transaction.commit().await?;
    if outcome.rows_affected > 0 {
        tracing::info!(sites = outcome.rows_affected, "players fell silent");
    }
    Ok(())
}
