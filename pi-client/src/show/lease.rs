//! The display lease: of all tabs that show `/tv`, one speaks for the screen.

use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

/// A holder that is silent for this long may be replaced by another tab.
const LIFE: Duration = Duration::from_secs(5);

/// What the Page Visibility API says of a page.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Visibility {
    /// People can see it.
    Visible,
    /// Minimised, behind another tab, or on its way out.
    Hidden,
}

/// The secret is not the current holder's: another tab speaks for the screen.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("another tab holds the display lease")]
pub(crate) struct LeaseRefused;

#[derive(Debug)]
struct Holder {
    secret: String,
    heard: Instant,
    visibility: Visibility,
}

/// Who speaks for the screen.
#[derive(Debug, Default)]
pub(super) struct Lease {
    holder: Option<Holder>,
}

impl Lease {
    /// Hands the lease out when it is free or its holder is silent; the secret is new each time.
    /// A tab that nobody sees has nothing to say.
    pub(super) fn ask(&mut self, now: Instant, visibility: Visibility) -> Option<String> {
        if self.visibility(now).is_some() || visibility == Visibility::Hidden {
            return None;
        }
        let secret = hex::encode(rand::random::<[u8; 16]>());
        self.holder = Some(Holder {
            secret: secret.clone(),
            heard: now,
            visibility,
        });
        Some(secret)
    }

    /// The holder is alive.
    pub(super) fn hear(
        &mut self,
        now: Instant,
        secret: &str,
        visibility: Visibility,
    ) -> Result<(), LeaseRefused> {
        let holder = self.holder.as_mut().filter(|held| held.secret == secret);
        let holder = holder.ok_or(LeaseRefused)?;
        holder.heard = now;
        holder.visibility = visibility;
        Ok(())
    }

    /// The holder leaves.
    pub(super) fn free(&mut self, secret: &str) -> Result<(), LeaseRefused> {
        self.holder
            .take_if(|held| held.secret == secret)
            .map(drop)
            .ok_or(LeaseRefused)
    }

    /// The visibility of the page that holds the lease, `None` without a live one.
    pub(super) fn visibility(&self, now: Instant) -> Option<Visibility> {
        let holder = self.holder.as_ref()?;
        (now.duration_since(holder.heard) <= LIFE).then_some(holder.visibility)
    }
}
