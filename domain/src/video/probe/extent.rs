//! Whether a picture goes to its end. Decoders are kind: they fill in what is missing, and show the
//! first moment of what moves.

use api::error::ErrorCode;

use super::picture::Format;
use crate::{Error, Result};

/// Length of a PNG's signature.
const PNG_SIGNATURE: usize = 8;
/// Length, name and check sum of a chunk of a PNG.
const PNG_FRAME: usize = 12;

/// Refuses a picture that was cut off, and one that moves.
pub(super) fn require_whole(bytes: &[u8], format: Format) -> Result<()> {
    let verdict = match format {
        Format::Jpeg => jpeg(bytes),
        Format::Png => png(bytes),
    };
    verdict
        .unwrap_or(Err(ErrorCode::PictureBroken))
        .map_err(Error::refused)
}

/// From marker to marker until that of the end; nothing when the bytes end before.
fn jpeg(bytes: &[u8]) -> Option<Result<(), ErrorCode>> {
    let mut at = 2;
    loop {
        let marker = next_marker(bytes, at)?;
        at = match bytes.get(marker)? {
            0xd9 => return Some(Ok(())),
            // Restarts stand in the middle of the picture's bits, without content.
            0x01 | 0xd0..=0xd7 => marker + 1,
            _ => {
                let length = bytes.get(marker + 1..)?.first_chunk()?;
                marker + 1 + usize::from(u16::from_be_bytes(*length)).max(2)
            }
        };
    }
}

/// Where the next marker has its name. Bits of the picture that look like one have a zero behind.
fn next_marker(bytes: &[u8], from: usize) -> Option<usize> {
    let found = bytes
        .get(from..)?
        .windows(2)
        .position(|two| two[0] == 0xff && two[1] != 0xff && two[1] != 0)?;
    Some(from + found + 1)
}

/// From chunk to chunk until the last one; nothing when the bytes end before.
fn png(bytes: &[u8]) -> Option<Result<(), ErrorCode>> {
    let mut at = PNG_SIGNATURE;
    loop {
        let length = bytes.get(at..)?.first_chunk()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let end = at.checked_add(PNG_FRAME)?.checked_add(length)?;
        let kind = bytes.get(at..end)?.get(4..8)?;
        match kind {
            b"IEND" => return Some(Ok(())),
            b"acTL" => return Some(Err(ErrorCode::PictureAnimated)),
            _ => at = end,
        }
    }
}
