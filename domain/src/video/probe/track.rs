//! One track of a film: its codec, its picture, its bytes.

use api::error::ErrorCode;
use mp4parse::{CodecType, SampleEntry, Track, VideoCodecSpecific, VideoSampleEntry};

use crate::{Error, Result};

/// Baseline, main, extended and high. The others have 10 bits or richer colour.
const PLAYABLE_PROFILES: [u8; 4] = [66, 77, 88, 100];

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
            SampleEntry::Video(video) => {
                require_playable_h264(video)?;
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

/// Refuses what is not H.264 with 8 bits and 4:2:0 colour: what a Raspberry Pi decodes in hardware.
fn require_playable_h264(video: &VideoSampleEntry) -> Result<()> {
    let VideoCodecSpecific::AVCConfig(configuration) = &video.codec_specific else {
        return Err(Error::refused(ErrorCode::VideoCodecRefused));
    };
    if video.codec_type != CodecType::H264 {
        return Err(Error::refused(ErrorCode::VideoCodecRefused));
    }
    // The second byte of an `avcC` box is the profile (ISO/IEC 14496-15, 5.3.3.1.2).
    match configuration.get(1) {
        Some(profile) if PLAYABLE_PROFILES.contains(profile) => Ok(()),
        _ => Err(Error::refused(ErrorCode::VideoProfileRefused)),
    }
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
