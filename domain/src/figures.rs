//! Figures of the running product, for whoever watches it.

use api::message::MessageState;
use api::site::SiteStatus;
use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};

use crate::entity::{alert, message, site};
use crate::{Domain, Result};

/// Figures of all instances together, read from the database.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Figures {
    /// Active sites by what they are: see [`SiteStatus`].
    pub sites: [(SiteStatus, u64); 3],
    /// Alerts that have not ended.
    pub open_alerts: u64,
    /// Messages that are still to be sent.
    pub waiting_messages: u64,
    /// Messages that no channel takes.
    pub dead_messages: u64,
}

impl Domain {
    /// Counts what is asked for every few seconds at most.
    pub async fn figures(&self) -> Result<Figures> {
        let transaction = &self.inner.database.read().await?;
        let mut sites = [SiteStatus::Online, SiteStatus::Offline, SiteStatus::Pending]
            .map(|status| (status, 0));
        for (status, count) in &mut sites {
            let active = site::Entity::find().filter(site::COLUMN.is_active.eq(true));
            let of = active.filter(site::COLUMN.status.eq(status.as_str()));
            *count = of.count(transaction).await?;
        }
        let open = alert::Entity::find().filter(alert::COLUMN.closed_at.is_null());
        Ok(Figures {
            sites,
            open_alerts: open.count(transaction).await?,
            waiting_messages: messages(transaction, MessageState::Waiting).await?,
            dead_messages: messages(transaction, MessageState::Dead).await?,
        })
    }

    /// Plays that this instance holds and has not stored yet.
    pub fn waiting_plays(&self) -> usize {
        self.inner.deliveries.waiting()
    }

    /// Whether this instance runs the jobs.
    pub fn leads(&self) -> bool {
        self.inner.lease.is_held()
    }
}

async fn messages(transaction: &impl ConnectionTrait, state: MessageState) -> Result<u64> {
    let of = message::Entity::find().filter(message::COLUMN.state.eq(state.as_str()));
    Ok(of.count(transaction).await?)
}
