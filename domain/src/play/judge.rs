//! Which plays count.

use api::limit::PICTURE_MS;
use api::play::{Play, Quarantine};
use api::video::VideoKind;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::entity::video;

/// Nothing of NeoPro played before this day.
const EPOCH: NaiveDate = NaiveDate::from_ymd_opt(2020, 1, 1).expect("a day of the calendar");
/// How far a true clock may be ahead of ours.
const AHEAD: TimeDelta = TimeDelta::days(1);
/// How much longer than the video a play may have been, in percent: buffering and loops of the
/// last frame.
const LONGER_PERCENT: u128 = 10;
/// How far the length of a play may differ from the library's: players round.
const ROUNDING_MS: u64 = 1000;

/// Why `play` does not count, if it does not. `video` is what the library has under its id.
pub(super) fn quarantine(
    play: &Play,
    video: Option<&video::Model>,
    now: DateTime<Utc>,
) -> Option<Quarantine> {
    let known = video.filter(|video| video.sha256 == play.sha256.to_string());
    let Some(video) = known else {
        return Some(Quarantine::UnknownVideo);
    };
    let too_long =
        u128::from(play.shown_ms) * 100 > u128::from(play.duration_ms) * (100 + LONGER_PERCENT);
    if too_long || !has_length(video, play.duration_ms) {
        return Some(Quarantine::ImpossibleDuration);
    }
    if play.played_at.date_naive() < EPOCH || play.played_at > now + AHEAD {
        return Some(Quarantine::ImpossibleTime);
    }
    None
}

/// Whether a play of this video may be so long.
fn has_length(video: &video::Model, duration_ms: u64) -> bool {
    match crate::video::kind(video) {
        VideoKind::Film => duration_ms.abs_diff(video.duration_ms.unsigned_abs()) <= ROUNDING_MS,
        // Somebody may have changed it since: the play was as long as it was to be at its time.
        VideoKind::Picture => PICTURE_MS.contains(&duration_ms),
    }
}
