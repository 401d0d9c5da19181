//! One track of a film: its codec, its picture, its time, its bytes.

use api::error::ErrorCode;
use mp4parse::{
    CodecType, MediaTimeScale, SampleEntry, Track, VideoCodecSpecific, VideoSampleEntry,
};

use crate::{Error, Result};

/// Baseline, main, extended and high. The others have 10 bits or richer colour.
const PLAYABLE_PROFILES: [u8; 4] = [66, 77, 88, 100];

/// Longest film, in milliseconds: a day. More is a damaged table.
const LONGEST_MS: u64 = 24 * 60 * 60 * 1000;

/// When its frames are shown.
pub(super) struct Timing {
    pub(super) duration_ms: u64,
    pub(super) frame_rate: f64,
}

fn descriptions(track: &Track) -> impl Iterator<Item = &SampleEntry> {
    track
        .stsd
        .iter()
        .flat_map(|table| table.descriptions.iter())
}

/// Width and height of an H.264 picture as it is shown: phones store upright films lying and
/// turn them by the track's matrix.
pub(super) fn h264_picture(track: &Track) -> Result<(u32, u32)> {
    let mut picture = None;
    for description in descriptions(track) {
        match description {
            SampleEntry::Video(video) if is_playable_h264(video) => {
                picture.get_or_insert((u32::from(video.width), u32::from(video.height)));
            }
            _ => return Err(Error::refused(ErrorCode::VideoCodecRefused)),
        }
    }
    let (width, height) = picture
        .filter(|(width, height)| *width > 0 && *height > 0)
        .ok_or(Error::refused(ErrorCode::VideoNotRecognised))?;
    let turned = track
        .tkhd
        .as_ref()
        .is_some_and(|header| header.matrix.a == 0 && header.matrix.d == 0);
    Ok(if turned {
        (height, width)
    } else {
        (width, height)
    })
}

/// H.264 with 8 bits and 4:2:0 colour: what a Raspberry Pi decodes in hardware.
fn is_playable_h264(video: &VideoSampleEntry) -> bool {
    let VideoCodecSpecific::AVCConfig(configuration) = &video.codec_specific else {
        return false;
    };
    // The second byte of an `avcC` box is the profile (ISO/IEC 14496-15, 5.3.3.1.2).
    let profile = configuration.get(1);
    video.codec_type == CodecType::H264
        && profile.is_some_and(|profile| PLAYABLE_PROFILES.contains(profile))
}

/// Refuses sound that is not AAC.
pub(super) fn require_aac(track: &Track) -> Result<()> {
    let aac = descriptions(track).all(|description| {
        matches!(description, SampleEntry::Audio(audio) if audio.codec_type == CodecType::AAC)
    });
    if aac {
        Ok(())
    } else {
        Err(Error::refused(ErrorCode::AudioCodecRefused))
    }
}

/// Whether the table of times names no frame.
pub(super) fn is_empty(track: &Track) -> bool {
    track
        .stts
        .as_ref()
        .is_none_or(|table| table.samples.is_empty())
}

/// Length and mean frame rate, from the table of times.
pub(super) fn timing(track: &Track, movie_scale: Option<MediaTimeScale>) -> Result<Timing> {
    let (mut frames, mut ticks) = (0_u64, 0_u64);
    for run in track.stts.iter().flat_map(|table| table.samples.iter()) {
        let count = u64::from(run.sample_count);
        frames = frames.saturating_add(count);
        ticks = ticks.saturating_add(count.saturating_mul(run.sample_delta.into()));
    }
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
        .and_then(|header| milliseconds(header.duration, movie_scale?.0))
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

fn milliseconds(ticks: u64, scale: u64) -> Option<u64> {
    let exact = u128::from(ticks) * 1000;
    u64::try_from(exact.checked_div(scale.into())?).ok()
}

/// Where in the file the track's last byte must be, by its sample tables; 0 without samples.
pub(super) fn last_byte(track: &Track) -> u64 {
    let (Some(chunks), Some(runs), Some(sizes)) = (&track.stco, &track.stsc, &track.stsz) else {
        return 0;
    };
    let mut sizes_left = sizes.sample_sizes.iter();
    let mut last = 0_u64;
    let mut runs = runs.samples.iter().peekable();
    let mut per_chunk = 0_u32;
    for (number, offset) in (1_u32..).zip(chunks.offsets.iter()) {
        while let Some(run) = runs.next_if(|run| run.first_chunk <= number) {
            per_chunk = run.samples_per_chunk;
        }
        let bytes: u64 = if sizes.sample_size > 0 {
            u64::from(per_chunk) * u64::from(sizes.sample_size)
        } else {
            let samples = usize::try_from(per_chunk).unwrap_or(usize::MAX);
            sizes_left
                .by_ref()
                .take(samples)
                .map(|size| u64::from(*size))
                .sum()
        };
        last = last.max(offset.saturating_add(bytes));
    }
    last
}
