//! When the pictures of a film are shown.

use api::error::ErrorCode;
use mp4parse::{MediaTimeScale, TimeOffsetVersion, Track};

use crate::{Error, Result};

/// Longest film, in milliseconds: a day. More is a damaged table.
const LONGEST_MS: u64 = 24 * 60 * 60 * 1000;

/// How long a film is and how fast its pictures follow each other.
pub(super) struct Timing {
    pub(super) duration_ms: u64,
    pub(super) frame_rate: f64,
}

/// Length and mean frame rate, from the tables of times.
pub(super) fn timing(track: &Track, movie_scale: Option<MediaTimeScale>) -> Result<Timing> {
    let (frames, ticks) = pictures(track);
    let scale = track.timescale.map_or(0, |scale| scale.0);
    let media_ms = milliseconds(ticks, scale);
    let Some(media_ms) = media_ms.filter(|length| frames > 0 && *length > 0) else {
        return Err(Error::refused(ErrorCode::VideoTruncated));
    };
    if media_ms > LONGEST_MS {
        return Err(Error::refused(ErrorCode::VideoNotRecognised));
    }
    // Editors cut by leaving frames out of the presentation: the header tells what is shown.
    let shown_ms = track
        .tkhd
        .as_ref()
        .and_then(|header| milliseconds(header.duration.into(), movie_scale?.0))
        .filter(|shown| (1..media_ms).contains(shown));
    #[expect(
        clippy::cast_precision_loss,
        reason = "frames and milliseconds of a film stay far below 2^52"
    )]
    let frame_rate = frames as f64 * 1000.0 / media_ms as f64;
    Ok(Timing {
        duration_ms: shown_ms.unwrap_or(media_ms),
        frame_rate,
    })
}

/// How many pictures there are, and the ticks from the first that is shown to the end of the last.
///
/// The first table has them in the order of decoding; the second tells how much later each is
/// shown. Where pictures come unevenly, the sum of the first alone is too short or too long. Both
/// are walked by their runs, inside which pictures follow each other evenly: a table of a few bytes
/// may name billions of them.
fn pictures(track: &Track) -> (u64, u128) {
    let mut delays = delays(track);
    let (mut delay, mut delayed) = (0, 0_u32);
    let (mut frames, mut clock) = (0_u64, 0_i128);
    let (mut first, mut end) = (i128::MAX, i128::MIN);
    for run in track.stts.iter().flat_map(|table| table.samples.iter()) {
        let mut left = run.sample_count;
        while left > 0 {
            if delayed == 0 {
                (delayed, delay) = delays.next().unwrap_or((left, 0));
                continue;
            }
            let part = left.min(delayed);
            let time = i128::from(part) * i128::from(run.sample_delta);
            first = first.min(clock + delay);
            end = end.max(clock + time + delay);
            clock += time;
            frames = frames.saturating_add(part.into());
            (left, delayed) = (left - part, delayed - part);
        }
    }
    (frames, end.saturating_sub(first).try_into().unwrap_or(0))
}

/// For each run of pictures, how many they are and how many ticks after decoding they are shown.
fn delays(track: &Track) -> impl Iterator<Item = (u32, i128)> {
    let runs = track.ctts.iter().flat_map(|table| table.samples.iter());
    runs.map(|run| {
        let delay = match run.time_offset {
            TimeOffsetVersion::Version0(ticks) => i128::from(ticks),
            TimeOffsetVersion::Version1(ticks) => i128::from(ticks),
        };
        (run.sample_count, delay)
    })
}

fn milliseconds(ticks: u128, scale: u64) -> Option<u64> {
    let exact = ticks.checked_mul(1000)?.checked_div(scale.into())?;
    u64::try_from(exact).ok()
}
