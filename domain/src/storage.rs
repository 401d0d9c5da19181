//! Where files live.

use std::ops::Range;

use bytes::Bytes;
use futures::Stream;

/// A stored file, ready to be read.
#[derive(Debug)]
pub struct StoredFile {
    /// Size in bytes.
    pub size: u64,
    /// Quoted, strong.
    pub etag: String,
    /// Media type of its content.
    pub content_type: &'static str,
    /// The open file.
    #[expect(dead_code, reason = "skeleton")]
    file: tokio::fs::File,
}

impl StoredFile {
    /// The bytes of `range`, which must lie within the file, in pieces.
    pub fn read(self, range: Range<u64>) -> impl Stream<Item = std::io::Result<Bytes>> + Send {
        let _ = range;
        futures::stream::empty()
    }
}
