//! What a file really is: read from its content, never from its name.
//!
//! The tables of films come from `mp4parse` (Firefox's parser, made for hostile files). It is given the
//! `moov` box alone: films are not read through, and what it allocates is bounded by that box.

mod container;
mod extent;
mod picture;
mod sniff;
mod timing;
mod track;

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::sync::Arc;

use api::error::ErrorCode;
use api::video::VideoKind;
use mp4parse::{MediaContext, TrackType};
use sniff::Content;
use tokio::sync::Semaphore;

use crate::{Error, Result};

/// Largest `moov` box. An hour of 60 frames per second with sound needs about 5 MiB.
const MOVIE_HEADER_BYTES: u64 = 32 * 1024 * 1024;
/// Longest side of a picture in pixels, lying or upright.
const LONG_SIDE: u32 = 1920;
/// Shortest side of a picture in pixels.
const SHORT_SIDE: u32 = 1080;

/// Files looked at at one time: decoding a large picture takes a quarter of a gigabyte.
const AT_ONCE: usize = 1;

/// What a file says of itself.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Probed {
    /// Film or picture.
    pub(super) kind: VideoKind,
    /// Milliseconds of picture.
    pub(super) duration_ms: u64,
    /// Pixels, as it is shown.
    pub(super) width: u32,
    /// Pixels, as it is shown.
    pub(super) height: u32,
    /// Mean frames per second.
    pub(super) frame_rate: f64,
    /// How its picture is stored.
    pub(super) codec: &'static str,
    /// Whether it has sound.
    pub(super) sound: Sound,
    /// A thumbnail: of pictures only. Films are drawn by a browser.
    pub(super) thumbnail: Option<Vec<u8>>,
}

/// Whether a film has sound.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Sound {
    Aac,
    Silent,
}

/// Where files are looked at, off the async threads.
pub(crate) struct Probing(Arc<Semaphore>);

impl Default for Probing {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

impl Probing {
    /// Reads what the file at `path` is; refuses what a screen could not play.
    pub(super) async fn probe(&self, path: PathBuf) -> Result<Probed> {
        let turn = Arc::clone(&self.0).acquire_owned().await;
        let look = move || {
            // Its memory is taken until here, also when the sender went away meanwhile.
            let _turn = turn;
            read(File::open(path)?)
        };
        // A panic of a parser ends here as a refusal.
        tokio::task::spawn_blocking(look)
            .await
            .unwrap_or_else(|panic| {
                tracing::warn!(error = %panic, "a file made its parser fail");
                Err(Error::refused(ErrorCode::VideoNotRecognised))
            })
    }
}

fn read(mut file: File) -> Result<Probed> {
    if file.metadata()?.len() == 0 {
        return Err(Error::refused(ErrorCode::VideoEmpty));
    }
    match sniff::sniff(&mut file)? {
        Content::Picture(format) => picture::read(file, format),
        Content::Foreign => Err(Error::refused(ErrorCode::PictureKindRefused)),
        Content::Else => film(file),
    }
}

fn film(mut file: File) -> Result<Probed> {
    let file_bytes = file.metadata()?.len();
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
        kind: VideoKind::Film,
        duration_ms: timing.duration_ms,
        width,
        height,
        frame_rate: timing.frame_rate,
        codec: "h264",
        sound,
        thumbnail: None,
    })
}

#[cfg(test)]
mod tests;
