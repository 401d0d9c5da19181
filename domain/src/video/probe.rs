//! What a file really is: read from its container, never from its name.
//!
//! The tables come from `mp4parse` (Firefox's parser, made for hostile files). It is given the
//! `moov` box alone: films are not read through, and what it allocates is bounded by that box.

mod container;
mod timing;
mod track;

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::PathBuf;

use api::error::ErrorCode;
use mp4parse::{MediaContext, TrackType};

use crate::{Error, Result};

/// Largest `moov` box. An hour of 60 frames per second with sound needs about 5 MiB.
const MOVIE_HEADER_BYTES: u64 = 32 * 1024 * 1024;
/// Longest side of a picture in pixels, lying or upright.
const LONG_SIDE: u32 = 1920;
/// Shortest side of a picture in pixels.
const SHORT_SIDE: u32 = 1080;

/// What a container says of its film.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Probed {
    /// Milliseconds of picture.
    pub(super) duration_ms: u64,
    /// Pixels, as it is shown.
    pub(super) width: u32,
    /// Pixels, as it is shown.
    pub(super) height: u32,
    /// Mean frames per second.
    pub(super) frame_rate: f64,
    /// Whether it has sound.
    pub(super) sound: Sound,
}

/// Whether a film has sound.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Sound {
    Aac,
    Silent,
}

/// Reads what the file at `path` is, off the async threads; refuses what a screen could not play.
pub(super) async fn probe(path: PathBuf) -> Result<Probed> {
    // A panic of the parser ends here as a refusal.
    tokio::task::spawn_blocking(move || read(File::open(path)?))
        .await
        .unwrap_or_else(|panic| {
            tracing::warn!(error = %panic, "a file made the video parser fail");
            Err(Error::refused(ErrorCode::VideoNotRecognised))
        })
}

fn read(mut file: File) -> Result<Probed> {
    let file_bytes = file.metadata()?.len();
    if file_bytes == 0 {
        return Err(Error::refused(ErrorCode::VideoEmpty));
    }
    let movie = container::movie_header(&mut file, file_bytes)?;
    if movie.end - movie.start > MOVIE_HEADER_BYTES {
        return Err(Error::refused(ErrorCode::VideoNotRecognised));
    }
    file.seek(SeekFrom::Start(movie.start))?;
    let mut header = BufReader::new((&mut file).take(movie.end - movie.start));
    let context = mp4parse::read_mp4(&mut header).map_err(refusal)?;
    judge(&context, file_bytes)
}

fn refusal(error: mp4parse::Error) -> Error {
    match error {
        // Only the disk's own errors: the parser tells of absurd sizes by an `Io` too.
        mp4parse::Error::Io(cause) if cause.raw_os_error().is_some() => Error::Storage(cause),
        other => {
            tracing::info!(reason = %other, "a file was not recognised as a video");
            Error::refused(ErrorCode::VideoNotRecognised)
        }
    }
}

fn judge(context: &MediaContext, file_bytes: u64) -> Result<Probed> {
    let of = |kind| context.tracks.iter().filter(move |t| t.track_type == kind);
    let video = of(TrackType::Video)
        .next()
        .ok_or(Error::refused(ErrorCode::VideoNotRecognised))?;
    let (width, height) = track::h264_picture(video)?;
    if width.max(height) > LONG_SIDE || width.min(height) > SHORT_SIDE {
        return Err(Error::refused(ErrorCode::VideoResolutionRefused));
    }
    let mut sound = Sound::Silent;
    for audio in of(TrackType::Audio) {
        track::require_aac(audio)?;
        sound = Sound::Aac;
    }
    let complete = context
        .tracks
        .iter()
        .all(|track| track::last_byte(track) <= file_bytes);
    if !complete {
        return Err(Error::refused(ErrorCode::VideoTruncated));
    }
    // The tables of fragments are spread over the file and give no length.
    if context.mvex.is_some() && track::is_empty(video) {
        return Err(Error::refused(ErrorCode::VideoFragmented));
    }
    let timing = timing::timing(video, context.timescale)?;
    Ok(Probed {
        duration_ms: timing.duration_ms,
        width,
        height,
        frame_rate: timing.frame_rate,
        sound,
    })
}

#[cfg(test)]
mod tests;
