//! Conditional and partial requests (RFC 9110, 13 and 14), as far as files and states need them.

use std::ops::Range;

use http::{HeaderMap, HeaderName, HeaderValue, header};
use http_range_header::{EndPosition, StartPosition, parse_range_header};

/// The part of a file that a request asks for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Part {
    /// All of it: no range, one that we may ignore, or one of other bytes (`If-Range`).
    Whole,
    /// These bytes; never empty.
    Range(Range<u64>),
    /// None: the range begins beyond the end.
    Unsatisfiable,
}

/// The part of a file of `size` bytes that the headers ask for. Several ranges at once are
/// answered whole, as a server may.
pub fn of(headers: &HeaderMap, etag: &str, size: u64) -> Part {
    let Some(range) = text(headers, header::RANGE) else {
        return Part::Whole;
    };
    // A date never matches: our files have none, and a weak comparison is not allowed here.
    if text(headers, header::IF_RANGE).is_some_and(|known| known != etag) {
        return Part::Whole;
    }
    let Ok(parsed) = parse_range_header(range) else {
        return Part::Whole;
    };
    let [asked] = parsed.ranges.as_slice() else {
        return Part::Whole;
    };
    let start = match asked.start {
        StartPosition::Index(start) => start,
        StartPosition::FromLast(length) => size.saturating_sub(length),
    };
    let end = match asked.end {
        EndPosition::Index(last) if last < start => return Part::Whole,
        EndPosition::Index(last) => size.min(last.saturating_add(1)),
        EndPosition::LastByte => size,
    };
    if start < end {
        Part::Range(start..end)
    } else {
        Part::Unsatisfiable
    }
}

/// The `Content-Range` of a part.
pub fn content_range(bytes: &Range<u64>, size: u64) -> String {
    format!(
        "bytes {}-{}/{size}",
        bytes.start,
        bytes.end.saturating_sub(1)
    )
}

/// Whether the caller has exactly this already (`If-None-Match`, compared weakly).
pub fn is_known(headers: &HeaderMap, etag: &str) -> bool {
    let mut known = headers.get_all(header::IF_NONE_MATCH).iter();
    known.any(|tags| tags == etag || lists(tags, etag))
}

fn lists(tags: &HeaderValue, etag: &str) -> bool {
    let strong = |tag| str::trim_start_matches(str::trim(tag), "W/");
    let tags = tags.to_str().unwrap_or_default().split(',');
    let etag = strong(etag);
    tags.map(strong).any(|tag| tag == "*" || tag == etag)
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

#[cfg(test)]
mod tests {
    use super::{HeaderMap, Part, content_range, header, is_known, of};

    const ETAG: &str = "\"abc\"";

    fn asked(range: &str, if_range: Option<&str>, size: u64) -> Part {
        let mut headers = HeaderMap::new();
        headers.insert(header::RANGE, range.parse().unwrap());
        if let Some(known) = if_range {
            headers.insert(header::IF_RANGE, known.parse().unwrap());
        }
        of(&headers, ETAG, size)
    }

    #[test]
    fn one_range_is_honoured_and_everything_else_is_answered_whole() {
        for (range, expected) in [
            ("bytes=0-", Part::Range(0..100)),
            ("bytes=0-0", Part::Range(0..1)),
            ("bytes=10-19", Part::Range(10..20)),
            ("bytes=90-500", Part::Range(90..100)),
            ("bytes=-10", Part::Range(90..100)),
            ("bytes=-500", Part::Range(0..100)),
            ("bytes=100-", Part::Unsatisfiable),
            ("bytes=100-200", Part::Unsatisfiable),
            ("bytes=20-10", Part::Whole),
            ("bytes=-0", Part::Whole),
            ("bytes=0-1,5-6", Part::Whole),
            ("bytes=abc", Part::Whole),
            ("bytes=0-18446744073709551615", Part::Range(0..100)),
            ("bytes=0-99999999999999999999999", Part::Whole),
            ("items=0-1", Part::Whole),
        ] {
            assert_eq!(asked(range, None, 100), expected, "{range}");
        }
        assert_eq!(of(&HeaderMap::new(), ETAG, 100), Part::Whole);
        assert_eq!(asked("bytes=0-", None, 0), Part::Unsatisfiable);
        assert_eq!(content_range(&(10..20), 100), "bytes 10-19/100");
    }

    #[test]
    fn a_range_of_other_bytes_is_answered_whole() {
        assert_eq!(asked("bytes=1-2", Some(ETAG), 100), Part::Range(1..3));
        for other in ["\"abd\"", "W/\"abc\"", "Sun, 22 Nov 2026 12:00:00 GMT"] {
            assert_eq!(asked("bytes=1-2", Some(other), 100), Part::Whole, "{other}");
        }
    }

    #[test]
    fn what_the_caller_has_is_not_sent_again() {
        for (known, expected) in [
            ("\"abc\"", true),
            ("W/\"abc\"", true),
            ("\"x\", \"abc\"", true),
            ("*", true),
            ("\"x\"", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::IF_NONE_MATCH, known.parse().unwrap());
            assert_eq!(is_known(&headers, ETAG), expected, "{known}");
        }
    }
}
