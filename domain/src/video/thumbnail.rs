//! Thumbnails. Those of films are drawn by a browser, hence decoded and drawn anew before they are
//! kept; those of pictures are drawn here.

use std::io::Cursor;

use api::error::ErrorCode;
use api::limit::THUMBNAIL_BYTES;
use api::video::Ground;
use bytes::Bytes;
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageError, ImageFormat, ImageReader, Limits, Rgb, RgbImage, imageops};

use crate::{Error, Result};

/// Widest kept thumbnail, in pixels: twice the width of a card, and the shape of a screen.
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
    encoded(&picture.into_rgb8())
}

/// The thumbnail of a picture, as a screen shows it: whole, in the middle of its ground.
pub(super) fn of_picture(picture: DynamicImage, ground: Ground) -> Result<Vec<u8>, ImageError> {
    let shade = match ground {
        Ground::White => u8::MAX,
        Ground::Black => 0,
    };
    let picture = DynamicImage::from(opaque(picture, shade)).thumbnail(WIDTH, HEIGHT);
    let mut canvas = RgbImage::from_pixel(WIDTH, HEIGHT, Rgb([shade; 3]));
    let x = WIDTH.saturating_sub(picture.width()) / 2;
    let y = HEIGHT.saturating_sub(picture.height()) / 2;
    imageops::replace(&mut canvas, &picture.into_rgb8(), x.into(), y.into());
    encoded(&canvas)
}

/// Puts a shade of grey behind what is transparent. Before it is made smaller: colours that nobody
/// sees would run into its edges.
fn opaque(picture: DynamicImage, shade: u8) -> RgbImage {
    if !picture.has_alpha() {
        return picture.into_rgb8();
    }
    let picture = picture.into_rgba8();
    let mut flat = RgbImage::new(picture.width(), picture.height());
    for (flat, pixel) in flat.pixels_mut().zip(picture.pixels()) {
        let [red, green, blue, alpha] = pixel.0;
        flat.0 = [red, green, blue].map(|colour| mixed(colour, shade, alpha));
    }
    flat
}

fn mixed(colour: u8, behind: u8, alpha: u8) -> u8 {
    let [colour, behind, alpha] = [colour, behind, alpha].map(u16::from);
    let sum = colour * alpha + behind * (255 - alpha) + 127;
    u8::try_from(sum / 255).unwrap_or(u8::MAX)
}

fn encoded(picture: &RgbImage) -> Result<Vec<u8>, ImageError> {
    let mut kept = Vec::new();
    picture.write_with_encoder(JpegEncoder::new_with_quality(&mut kept, QUALITY))?;
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use api::video::Ground;
    use image::{DynamicImage, Rgba, RgbaImage};

    use super::{of_picture, redraw};

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

    #[test]
    fn what_is_transparent_in_a_picture_stands_on_its_ground() {
        // Half of it is blue, half of it nothing, with a colour that nobody may see.
        let logo = RgbaImage::from_fn(200, 200, |x, _| match x {
            0..100 => Rgba([0, 0, 255, 255]),
            _ => Rgba([255, 0, 0, 0]),
        });
        for (ground, shade) in [(Ground::White, 255_u8), (Ground::Black, 0)] {
            let kept = of_picture(DynamicImage::from(logo.clone()), ground).unwrap();
            let kept = image::load_from_memory(&kept).unwrap().into_rgb8();
            assert_eq!(kept.dimensions(), (480, 270));
            let near = |at: (u32, u32), colour: [u8; 3]| {
                let found = kept.get_pixel(at.0, at.1).0;
                assert!(
                    found.iter().zip(colour).all(|(a, b)| a.abs_diff(b) < 12),
                    "{at:?}: {found:?}"
                );
            };
            near((20, 135), [shade; 3]);
            near((160, 135), [0, 0, 255]);
            near((320, 135), [shade; 3]);
            near((460, 135), [shade; 3]);
        }
    }
}
