//! What happens to the spool.

use api::id::{BootId, PlayId};
use api::play::{Clock, Outcome, Play};
use chrono::{DateTime, TimeDelta, Utc};
use redb::{ReadableTable, ReadableTableMetadata, WriteTransaction};

use super::table::{META, RUNNING, WAITING, decode, encode};
use super::{LOST, NEXT, PASSED, PLACE, correct, journal};

/// A place in the loop of a configuration.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Place {
    /// The configuration.
    pub configuration_version: i32,
    /// Counted from 0.
    pub place: usize,
}

/// One change of the spool.
#[derive(Clone, Debug)]
pub(crate) enum Record {
    /// A play began: from now on a power cut leaves a [`Outcome::Cut`].
    Begin {
        /// The play, as the cut would leave it.
        play: Play,
        /// Its place in the loop: the next run goes on after it.
        place: usize,
    },
    /// It goes on: a power cut leaves at least this much of it.
    Progress {
        /// The play.
        id: PlayId,
        /// How long its clip was shown so far.
        shown_ms: u64,
    },
    /// It ended.
    End {
        /// The play.
        id: PlayId,
        /// How long its clip was shown.
        shown_ms: u64,
        /// How it ended.
        outcome: Outcome,
    },
    /// This run learned the time: what it noted before moves by as much and is true from now on.
    Correct {
        /// The run.
        boot_id: BootId,
        /// How far its guess was off.
        shift: TimeDelta,
        /// When it started, truly: all earlier runs ended before.
        started_at: DateTime<Utc>,
    },
    /// Plays that could not be kept: this many are lost in all.
    Lose {
        /// The run that lost them.
        boot_id: BootId,
        /// How many it has lost so far.
        plays: u64,
    },
}

impl Record {
    pub(super) fn make(&self, write: &WriteTransaction, limit: u64) -> Result<(), redb::Error> {
        match self {
            Self::Begin { play, place } => {
                put(write, play)?;
                remember_place(write, play, *place)
            }
            Self::Progress { id, shown_ms } => {
                if let Some(mut play) = take(write, *id)? {
                    play.shown_ms = *shown_ms;
                    put(write, &play)?;
                }
                Ok(())
            }
            Self::End {
                id,
                shown_ms,
                outcome,
            } => {
                if let Some(mut play) = take(write, *id)? {
                    play.shown_ms = *shown_ms;
                    play.outcome = *outcome;
                    enqueue(write, &play, limit)?;
                }
                Ok(())
            }
            Self::Correct {
                boot_id,
                shift,
                started_at,
            } => correct::correct(write, *boot_id, *shift, *started_at),
            Self::Lose { boot_id, plays } => lose(write, *boot_id, *plays),
        }
    }
}

/// Puts a play at the end of those that wait.
pub(super) fn enqueue(
    write: &WriteTransaction,
    play: &Play,
    limit: u64,
) -> Result<(), redb::Error> {
    let mut meta = write.open_table(META)?;
    let key = meta.get(NEXT)?.map_or(1, |next| next.value());
    meta.insert(NEXT, key + 1)?;
    let mut waiting = write.open_table(WAITING)?;
    waiting.insert(key, encode(play).as_slice())?;
    while waiting.len()? > limit {
        waiting.pop_first()?;
        let lost = meta.get(LOST)?.map_or(0, |lost| lost.value());
        meta.insert(LOST, lost + 1)?;
    }
    journal::note(write, key, play)
}

fn put(write: &WriteTransaction, play: &Play) -> Result<(), redb::Error> {
    let mut running = write.open_table(RUNNING)?;
    running.insert(play.id.0.as_bytes().as_slice(), encode(play).as_slice())?;
    Ok(())
}

fn take(write: &WriteTransaction, id: PlayId) -> Result<Option<Play>, redb::Error> {
    let mut running = write.open_table(RUNNING)?;
    let play = running.remove(id.0.as_bytes().as_slice())?;
    Ok(play.and_then(|play| decode(play.value())))
}

fn remember_place(write: &WriteTransaction, play: &Play, place: usize) -> Result<(), redb::Error> {
    let mut meta = write.open_table(META)?;
    let version = u64::try_from(play.configuration_version).unwrap_or_default();
    for (name, number) in PLACE.into_iter().zip([place as u64, version]) {
        meta.insert(name, number)?;
    }
    let passed = match play.clock {
        Clock::Synced => Some(play.played_at),
        Clock::Unsynced => play.not_before,
    };
    let passed = passed.and_then(|time| u64::try_from(time.timestamp_millis()).ok());
    if let Some(passed) = passed {
        meta.insert(PASSED, passed)?;
    }
    Ok(())
}

/// The run's own count is kept beside the sum, so that it can be told twice.
fn lose(write: &WriteTransaction, boot_id: BootId, plays: u64) -> Result<(), redb::Error> {
    let mut meta = write.open_table(META)?;
    let own = format!("lost-{}", boot_id.0);
    let before = meta.get(own.as_str())?.map_or(0, |lost| lost.value());
    let lost = meta.get(LOST)?.map_or(0, |lost| lost.value());
    meta.insert(own.as_str(), plays)?;
    meta.insert(LOST, lost + plays.saturating_sub(before))?;
    Ok(())
}
