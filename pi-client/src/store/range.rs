//! What a server says of the part of a file that it sends.

use std::str::FromStr;

/// `Content-Range: bytes first-last/size`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct ContentRange {
    first: u64,
    last: u64,
    size: Option<u64>,
}

/// The header is not a range of bytes.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("not a Content-Range of bytes")]
pub(super) struct NotARange;

impl ContentRange {
    /// Whether these are all the bytes from `from` on of a file of this size.
    pub(super) fn completes(self, from: u64, size: u64) -> bool {
        let same_file = self.size.is_none_or(|said| said == size);
        same_file && self.first == from && self.last.checked_add(1) == Some(size)
    }
}

impl FromStr for ContentRange {
    type Err = NotARange;

    fn from_str(text: &str) -> Result<Self, NotARange> {
        let range = text.trim().strip_prefix("bytes ").ok_or(NotARange)?;
        let (bounds, size) = range.split_once('/').ok_or(NotARange)?;
        let (first, last) = bounds.split_once('-').ok_or(NotARange)?;
        Ok(Self {
            first: number(first)?,
            last: number(last)?,
            size: match size {
                "*" => None,
                digits => Some(number(digits)?),
            },
        })
    }
}

/// Digits only: the library's parser would also take a sign.
fn number(text: &str) -> Result<u64, NotARange> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = digits.then(|| text.parse().ok()).flatten();
    number.ok_or(NotARange)
}

#[cfg(test)]
mod tests {
    use super::ContentRange;

    fn completes(text: &str) -> bool {
        let range: Result<ContentRange, _> = text.parse();
        range.is_ok_and(|range| range.completes(100, 1_000))
    }

    #[test]
    fn only_the_rest_of_the_same_file_is_appended() {
        assert!(completes("bytes 100-999/1000"));
        assert!(completes("bytes 100-999/*"));
        for wrong in [
            "bytes 0-999/1000",
            "bytes 101-999/1000",
            "bytes 100-998/1000",
            "bytes 100-1000/1000",
            "bytes 100-999/1001",
            "bytes */1000",
            "bytes +100-999/1000",
            "bytes 100-18446744073709551615/1000",
            "items 100-999/1000",
            "",
        ] {
            assert!(!completes(wrong), "{wrong}");
        }
    }
}
