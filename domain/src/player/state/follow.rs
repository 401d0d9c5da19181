//! Players learn of rows that were edited by hand.
//!
//! Who publishes tells the player; an edit in the SQL editor tells nobody. So each instance looks,
//! when something changed, at the states that it gave away, and tells those players that have
//! another one now.

use std::time::Duration;

use crate::{Domain, Result};

/// Sites whose rows are read at once.
const SITES: usize = 250;
/// Between two looks: a day of many changes must not be one of looking only.
const PAUSE: Duration = Duration::from_secs(1);

/// Looks for ever.
pub(crate) async fn run(domain: Domain) {
    let mut changes = domain.inner.changes.subscribe();
    while changes.changed().await.is_ok() {
        if let Err(error) = look(&domain).await {
            tracing::warn!(%error, "states could not be looked at; players ask by themselves");
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn look(domain: &Domain) -> Result<()> {
    let players = &domain.inner.players;
    let at = super::known_at(domain);
    for sites in players.outdated(at).chunks(SITES) {
        let mut states = super::load(domain, sites.to_vec()).await?;
        for site in sites {
            match states.remove(site) {
                Some(state) => players.remember_state(*site, state, at),
                None => players.forget_state(*site),
            }
        }
    }
    Ok(())
}
