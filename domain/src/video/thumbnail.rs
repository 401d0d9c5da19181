//! Thumbnails: drawn by a browser, hence decoded and drawn anew before they are kept.

use std::io::Cursor;

use api::error::ErrorCode;
use api::limit::THUMBNAIL_BYTES;
use bytes::Bytes;
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageError, ImageFormat, ImageReader, Limits};

use crate::{Error, Result};

/// Widest kept thumbnail, in pixels: twice the width of a card.
const WIDTH: u32 = 480;
/// Highest kept thumbnail, in pixels.
const HEIGHT: u32 = 270;
/// Longest side of a delivered picture, in pixels: browsers draw from films of 1080p.
const DELIVERED_SIDE: u32 = 1920;
/// Most memory that decoding may take, in bytes: a picture of 1920 × 1920 and room to work.
const DECODER_BYTES: u64 = 32 * 1024 * 1024;
/// JPEG quality of kept thumbnails: no visible blocks at the size of a card.
const QUALITY: u8 = 80;

/// A picture that is safe to keep: JPEG, at most 480 × 270, without anything else in it.
pub(super) async fn redraw(jpeg: Bytes) -> Result<Vec<u8>> {
    if jpeg.len() > THUMBNAIL_BYTES {
        return Err(Error::refused(ErrorCode::ThumbnailRefused));
    }
    tokio::task::spawn_blocking(move || draw(&jpeg))
        .await
        .ok()
        .and_then(std::result::Result::ok)
        .ok_or(Error::refused(ErrorCode::ThumbnailRefused))
}

fn draw(jpeg: &[u8]) -> Result<Vec<u8>, ImageError> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(DELIVERED_SIDE);
    limits.max_image_height = Some(DELIVERED_SIDE);
    limits.max_alloc = Some(DECODER_BYTES);
    let mut reader = ImageReader::with_format(Cursor::new(jpeg), ImageFormat::Jpeg);
    reader.limits(limits);
    let picture = reader.decode()?;
    let picture = if picture.width() > WIDTH || picture.height() > HEIGHT {
        picture.thumbnail(WIDTH, HEIGHT)
    } else {
        picture
    };
    let mut kept = Vec::new();
    DynamicImage::from(picture.to_rgb8())
        .write_with_encoder(JpegEncoder::new_with_quality(&mut kept, QUALITY))?;
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::redraw;

    #[tokio::test]
    async fn a_jpeg_is_redrawn_to_fit_a_card() {
        let delivered = include_bytes!("../../tests/fixtures/picture.jpg");
        let kept = redraw(Bytes::from_static(delivered)).await.unwrap();
        let kept = image::load_from_memory(&kept).unwrap();
        assert_eq!((kept.width(), kept.height()), (360, 270));
    }

    #[tokio::test]
    async fn anything_but_a_whole_jpeg_is_refused() {
        let png = include_bytes!("../../tests/fixtures/picture.png").as_slice();
        let jpeg = include_bytes!("../../tests/fixtures/picture.jpg").as_slice();
        let half = &jpeg[..200];
        for refused in [png, half, b"", b"not a picture"] {
            assert!(redraw(Bytes::copy_from_slice(refused)).await.is_err());
        }
    }
}
