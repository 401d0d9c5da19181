use std::io::{self, SeekFrom};
use std::ops::Range;

use bytes::Bytes;
use futures::stream::BoxStream;
use futures::{StreamExt, stream};
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use tokio_util::io::ReaderStream;

use super::bucket::Door;

/// Bytes of one piece of a file that is read from a disk.
const PIECE_BYTES: usize = 64 * 1024;

/// A stored file, ready to be read.
#[derive(Debug)]
pub struct StoredFile {
    /// Size in bytes.
    pub size: u64,
    /// Quoted, strong.
    pub etag: String,
    /// Media type of its content.
    pub content_type: &'static str,
    /// Where the same bytes can be had without this server, by whoever has this address, for some
    /// minutes at least.
    pub link: Option<String>,
    pub(super) source: Source,
}

#[derive(Debug)]
pub(super) enum Source {
    File(tokio::fs::File),
    Object(Door, String),
}

impl StoredFile {
    /// The bytes of `range`, which must lie within the file.
    ///
    /// # Errors
    /// When the file is not there any more, or the storage cannot be reached.
    pub async fn read(
        self,
        range: Range<u64>,
    ) -> io::Result<BoxStream<'static, io::Result<Bytes>>> {
        self.source.read(range).await
    }
}

impl Source {
    /// The bytes of `range`, which must lie within the file.
    pub(super) async fn read(
        self,
        range: Range<u64>,
    ) -> io::Result<BoxStream<'static, io::Result<Bytes>>> {
        if range.is_empty() {
            return Ok(stream::empty().boxed());
        }
        match self {
            Self::File(mut file) => {
                file.seek(SeekFrom::Start(range.start)).await?;
                let part = file.take(range.end - range.start);
                Ok(ReaderStream::with_capacity(part, PIECE_BYTES).boxed())
            }
            Self::Object(door, key) => door.get(&key, range).await,
        }
    }
}
