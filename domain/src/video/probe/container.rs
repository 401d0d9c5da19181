//! The outermost boxes of an MP4 or MOV file.

use std::io::{ErrorKind, Read, Seek, SeekFrom};
use std::ops::Range;

use api::error::ErrorCode;

use crate::{Error, Result};

/// Brands of containers that hold films; `qt  ` is MOV. Sound (`M4A `) and pictures (`heic`,
/// `avif`) have other ones.
const FILM_BRANDS: [&[u8; 4]; 16] = [
    b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"iso7", b"iso8", b"iso9", b"mp41",
    b"mp42", b"avc1", b"M4V ", b"MSNV", b"XAVC", b"qt  ",
];
/// First boxes of `QuickTime` files from before brands existed.
const OLD_QUICKTIME: [&[u8; 4]; 5] = [b"moov", b"mdat", b"wide", b"free", b"skip"];
/// Bytes of a `ftyp` box that are looked at: 60 brands.
const BRAND_BYTES: u64 = 256;

struct BoxHeader {
    kind: [u8; 4],
    /// Where it begins and ends in the file.
    range: Range<u64>,
    /// Where its content begins.
    content: u64,
}

/// Where the `moov` box of a film is. Seeks from box to box: the film itself is not read.
pub(super) fn movie_header(file: &mut (impl Read + Seek), file_bytes: u64) -> Result<Range<u64>> {
    let unknown = || Error::refused(ErrorCode::VideoNotRecognised);
    let first = header(file, 0, file_bytes)?.ok_or_else(unknown)?;
    if !is_film(file, &first)? {
        return Err(unknown());
    }
    let mut at = 0;
    while let Some(found) = header(file, at, file_bytes)? {
        if found.range.end > file_bytes {
            return Err(Error::refused(ErrorCode::VideoTruncated));
        }
        if &found.kind == b"moov" {
            return Ok(found.range);
        }
        at = found.range.end;
    }
    // Recorders write `moov` last: a film without it was cut off.
    Err(Error::refused(ErrorCode::VideoTruncated))
}

fn is_film(file: &mut (impl Read + Seek), first: &BoxHeader) -> Result<bool> {
    if &first.kind != b"ftyp" {
        return Ok(OLD_QUICKTIME.contains(&&first.kind));
    }
    let mut brands = Vec::new();
    let bytes = first
        .range
        .end
        .saturating_sub(first.content)
        .min(BRAND_BYTES);
    file.seek(SeekFrom::Start(first.content))?;
    file.take(bytes).read_to_end(&mut brands)?;
    // Major brand, its version, then the brands that it is compatible with.
    let (brands, _) = brands.as_chunks::<4>();
    Ok(brands.iter().any(|brand| FILM_BRANDS.contains(&brand)))
}

/// The box at `at`; nothing at the end of the file or where less than a header is left.
fn header(file: &mut (impl Read + Seek), at: u64, file_bytes: u64) -> Result<Option<BoxHeader>> {
    file.seek(SeekFrom::Start(at))?;
    let Some((size, kind)) = words(file)? else {
        return Ok(None);
    };
    let (size, content) = match u32::from_be_bytes(size) {
        0 => (file_bytes - at, at + 8),
        1 => {
            let Some((high, low)) = words(file)? else {
                return Ok(None);
            };
            let size = u64::from(u32::from_be_bytes(high)) << 32;
            (size | u64::from(u32::from_be_bytes(low)), at + 16)
        }
        size => (u64::from(size), at + 8),
    };
    // Also keeps the walk going forward.
    let end = at.checked_add(size).filter(|end| *end >= content);
    let end = end.ok_or(Error::refused(ErrorCode::VideoNotRecognised))?;
    Ok(Some(BoxHeader {
        kind,
        range: at..end,
        content,
    }))
}

fn words(file: &mut impl Read) -> Result<Option<([u8; 4], [u8; 4])>> {
    let (mut first, mut second) = ([0; 4], [0; 4]);
    for word in [&mut first, &mut second] {
        match file.read_exact(word) {
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(None),
            result => result?,
        }
    }
    Ok(Some((first, second)))
}
