//! What a file is, by its first bytes.

use std::io::{Read, Seek, SeekFrom};

use super::picture::Format;
use crate::Result;

/// Bytes that are looked at: the element of an SVG may come after a prologue.
const LOOKED_AT: u64 = 1024;
/// Beginnings of pictures and documents that sponsors send and no screen shows: GIF, PDF,
/// PostScript, Photoshop and TIFF.
const FOREIGN: [&[u8]; 6] = [b"GIF8", b"%PDF-", b"%!PS", b"8BPS", b"II*\0", b"MM\0*"];
/// Main brands of HEIF files, as iPhones take photos, and of AVIF.
const PHOTO_BRANDS: [&[u8]; 8] = [
    b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis",
];

/// What a file seems to be.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Content {
    /// A picture that screens show.
    Picture(Format),
    /// A picture or a document of another kind.
    Foreign,
    /// None of these: a film, or nothing that we know.
    Else,
}

/// Looks at the beginning of a file, and goes back there.
pub(super) fn sniff(file: &mut (impl Read + Seek)) -> Result<Content> {
    let mut head = Vec::new();
    file.by_ref().take(LOOKED_AT).read_to_end(&mut head)?;
    file.seek(SeekFrom::Start(0))?;
    Ok(if head.starts_with(b"\xff\xd8\xff") {
        Content::Picture(Format::Jpeg)
    } else if head.starts_with(b"\x89PNG\r\n\x1a\n") {
        Content::Picture(Format::Png)
    } else if is_foreign(&head) {
        Content::Foreign
    } else {
        Content::Else
    })
}

fn is_foreign(head: &[u8]) -> bool {
    let word = |at: usize| head.get(at..at + 4).unwrap_or_default();
    let web = word(0) == b"RIFF" && word(8) == b"WEBP";
    let photo = word(4) == b"ftyp" && PHOTO_BRANDS.contains(&word(8));
    let beginning = FOREIGN.iter().any(|start| head.starts_with(start));
    web || photo || beginning || is_svg(head)
}

fn is_svg(head: &[u8]) -> bool {
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    text.trim_ascii_start().starts_with(b"<") && text.windows(4).any(|four| four == b"<svg")
}
