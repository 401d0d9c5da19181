//! Putting times right once a run learns the true one.

use std::collections::BTreeMap;

use api::id::BootId;
use api::play::{Clock, Play};
use chrono::{DateTime, TimeDelta, Utc};
use redb::{ReadableTable, WriteTransaction};

use super::table::{META, RUNNING, WAITING, decode, encode};
use super::{PASSED, journal};

/// Moves the plays that this run noted before it knew the time; and bounds those of earlier runs
/// that never learned it. None of them was sent, for sending means having met the server.
pub(super) fn correct(
    write: &WriteTransaction,
    boot: BootId,
    shift: TimeDelta,
    started_at: DateTime<Utc>,
) -> Result<(), redb::Error> {
    if let Ok(passed) = u64::try_from(started_at.timestamp_millis()) {
        write.open_table(META)?.insert(PASSED, passed)?;
    }
    let mut running = write.open_table(RUNNING)?;
    let mut moved = Vec::new();
    for row in running.iter()? {
        moved.extend(decode(row?.1.value()).and_then(|play| synced(play, boot, shift)));
    }
    for play in moved {
        running.insert(play.id.0.as_bytes().as_slice(), encode(&play).as_slice())?;
    }
    let mut waiting = write.open_table(WAITING)?;
    let mut changed = Vec::new();
    let mut earlier: BTreeMap<BootId, Vec<(u64, Play)>> = BTreeMap::new();
    for row in waiting.iter()? {
        let (key, play) = row?;
        let (key, play): (u64, Option<Play>) = (key.value(), decode(play.value()));
        let unsynced = play.filter(|play| play.clock == Clock::Unsynced);
        match unsynced {
            Some(play) if play.boot_id == boot => {
                changed.extend(synced(play, boot, shift).map(|play| (key, play)));
            }
            Some(play) if play.not_after.is_none() => {
                earlier.entry(play.boot_id).or_default().push((key, play));
            }
            _ => {}
        }
    }
    for plays in earlier.into_values() {
        changed.extend(bounded(plays, started_at));
    }
    for (key, play) in changed {
        waiting.insert(key, encode(&play).as_slice())?;
        journal::note(write, key, &play)?;
    }
    Ok(())
}

fn synced(mut play: Play, boot: BootId, shift: TimeDelta) -> Option<Play> {
    let concerned = play.boot_id == boot && play.clock == Clock::Unsynced;
    play.played_at = play.played_at.checked_add_signed(shift)?;
    play.clock = Clock::Synced;
    play.not_before = None;
    concerned.then_some(play)
}

/// The plays of one earlier run, which lies before `not_after`. Where its guess is impossible, all
/// of them move together to the earliest time that is possible: their order and distances stay.
fn bounded(mut plays: Vec<(u64, Play)>, not_after: DateTime<Utc>) -> Vec<(u64, Play)> {
    let possible = |(_, play): &(u64, Play)| {
        let late_enough = play.not_before.is_none_or(|bound| play.played_at >= bound);
        late_enough && play.played_at <= not_after
    };
    let impossible = !plays.iter().all(possible);
    let first = plays
        .iter()
        .map(|(_, play)| play)
        .min_by_key(|play| play.seq);
    let shift = first.and_then(|first| Some(first.not_before? - first.played_at));
    for (_, play) in &mut plays {
        play.not_after = Some(not_after);
        let moved = shift.and_then(|shift| play.played_at.checked_add_signed(shift));
        if impossible && let Some(moved) = moved {
            // Whole milliseconds of two clocks: one may be missing.
            play.played_at = play.not_before.map_or(moved, |bound| moved.max(bound));
        }
    }
    plays
}
