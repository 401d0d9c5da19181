//! Plays that a simulated player makes: the loop in its order, each video once a turn.

use api::id::{BootId, PlayId};
use api::play::{Clock, Outcome, Play};
use api::player::DesiredState;
use chrono::{DateTime, Utc};
use rand::RngExt;
use rand::rngs::StdRng;
use uuid::Builder;

/// Of a hundred plays so many were left before their end.
const SKIPPED_PERCENT: u32 = 3;

/// The plays of one run of one player.
pub(crate) struct Plays {
    boot: BootId,
    chance: StdRng,
    made: u64,
}

impl Plays {
    pub(crate) fn new(boot: BootId, chance: StdRng) -> Self {
        Self {
            boot,
            chance,
            made: 0,
        }
    }

    /// The next play of the loop, begun at `played_at`; none while the loop is empty.
    pub(crate) fn next(&mut self, state: &DesiredState, played_at: DateTime<Utc>) -> Option<Play> {
        let items = &state.configuration.default_loop;
        let turn = u64::try_from(items.len()).ok().filter(|turn| *turn > 0)?;
        let at = usize::try_from(self.made % turn).ok()?;
        let item = items.get(at)?;
        self.made += 1;
        let skipped = self.chance.random_range(0..100) < SKIPPED_PERCENT;
        let (outcome, shown_ms) = if skipped {
            (Outcome::Skipped, item.duration_ms / 2)
        } else {
            (Outcome::Completed, item.duration_ms)
        };
        Some(Play {
            id: PlayId(id(played_at, self.chance.random())),
            boot_id: self.boot,
            seq: self.made,
            video_id: item.video_id,
            sha256: item.sha256,
            configuration_version: state.configuration_version,
            played_at,
            duration_ms: item.duration_ms,
            shown_ms,
            outcome,
            clock: Clock::Synced,
            not_before: None,
            not_after: None,
        })
    }
}

/// A UUID version 7 of this time and chance.
pub(crate) fn id(at: DateTime<Utc>, chance: [u8; 10]) -> uuid::Uuid {
    let ms = u64::try_from(at.timestamp_millis()).unwrap_or_default();
    Builder::from_unix_timestamp_millis(ms, &chance).into_uuid()
}
