//! A picture: decoded to its last pixel under limits, and its thumbnail drawn on the way.

use std::fs::File;
use std::io::{Cursor, Read};

use api::error::ErrorCode;
use api::limit::{PICTURE_BYTES, PICTURE_DEFAULT_MS, PICTURE_SIDE};
use api::video::{Ground, VideoKind};
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};

use super::{Probed, Sound, extent};
use crate::video::thumbnail;
use crate::{Error, Result};

/// Most memory that decoding may take, in bytes: a picture of 4096 × 4096 with transparency and
/// 16 bits, and room to work.
const DECODER_BYTES: u64 = 160 * 1024 * 1024;

/// The kinds of pictures that every browser shows.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Format {
    Jpeg,
    Png,
}

impl Format {
    fn codec(self) -> &'static str {
        match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
        }
    }

    fn image(self) -> ImageFormat {
        match self {
            Self::Jpeg => ImageFormat::Jpeg,
            Self::Png => ImageFormat::Png,
        }
    }

    /// What stands behind it on a screen: see [`api::video::Video::ground`].
    fn ground(self) -> Ground {
        match self {
            Self::Jpeg => Ground::Black,
            Self::Png => Ground::White,
        }
    }
}

/// Reads a picture; refuses what a screen could not show well.
pub(super) fn read(mut file: File, format: Format) -> Result<Probed> {
    if file.metadata()?.len() > PICTURE_BYTES {
        return Err(Error::refused(ErrorCode::PictureTooLarge));
    }
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    extent::require_whole(&bytes, format)?;
    let picture = decode(&bytes, format)?;
    let (width, height) = (picture.width(), picture.height());
    let thumbnail = thumbnail::of_picture(picture, format.ground())
        .map_err(|error| Error::Internal(format!("a thumbnail could not be drawn: {error}")))?;
    Ok(Probed {
        kind: VideoKind::Picture,
        duration_ms: PICTURE_DEFAULT_MS,
        width,
        height,
        frame_rate: 0.0,
        codec: format.codec(),
        sound: Sound::Silent,
        thumbnail: Some(thumbnail),
    })
}

/// The picture as it is shown: phones store upright photos lying, and say so.
fn decode(bytes: &[u8], format: Format) -> Result<DynamicImage> {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(DECODER_BYTES);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format.image());
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(refusal)?;
    let (width, height) = decoder.dimensions();
    let fits = PICTURE_SIDE.contains(&width) && PICTURE_SIDE.contains(&height);
    if !fits || decoder.total_bytes() > DECODER_BYTES {
        return Err(Error::refused(ErrorCode::PictureSizeRefused));
    }
    let orientation = decoder.orientation().map_err(refusal)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(refusal)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

fn refusal(error: ImageError) -> Error {
    let code = match error {
        ImageError::Limits(_) => ErrorCode::PictureSizeRefused,
        other => {
            tracing::info!(reason = %other, "a picture could not be decoded");
            ErrorCode::PictureBroken
        }
    };
    Error::refused(code)
}
