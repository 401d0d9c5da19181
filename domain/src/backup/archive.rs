//! A tar archive, written and read entry by entry.

use std::io::{self, SeekFrom};
use std::path::Path;

use bytes::Bytes;
use futures::{Stream, StreamExt};
use sha2::{Digest, Sha256};
use tar::{EntryType, Header};
use tokio::fs::{File, OpenOptions};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncSeekExt, AsyncWriteExt, BufReader, BufWriter};
use tokio_util::io::ReaderStream;

use super::{BackupFault, Outcome};

/// Headers and contents fill whole blocks of this many bytes.
const BLOCK: usize = 512;
/// Bytes that are read or written at a time.
const BUFFER: usize = 256 * 1024;
const ZEROS: [u8; BLOCK] = [0; BLOCK];

/// Writes an archive that only its owner may read.
pub(super) struct Writer {
    file: BufWriter<File>,
}

impl Writer {
    /// Begins, in place of an unfinished one.
    pub(super) async fn create(path: &Path) -> io::Result<Self> {
        match tokio::fs::remove_file(path).await {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut options = OpenOptions::new();
        let file = options.write(true).create_new(true).mode(0o600);
        let file = BufWriter::with_capacity(BUFFER, file.open(path).await?);
        Ok(Self { file })
    }

    /// Adds an entry whole.
    pub(super) async fn add(&mut self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let size = bytes.len() as u64;
        self.file.write_all(&header(path, size)?).await?;
        self.file.write_all(bytes).await?;
        self.fill(size).await
    }

    /// Adds an entry of this many bytes from a stream; gives their SHA-256. Nothing is given where
    /// the stream had fewer or more, or broke: zeros stand in their place.
    pub(super) async fn add_stream(
        &mut self,
        path: &str,
        size: u64,
        mut pieces: impl Stream<Item = io::Result<Bytes>> + Unpin,
    ) -> io::Result<Option<String>> {
        self.file.write_all(&header(path, size)?).await?;
        let (mut left, mut whole, mut hash) = (size, true, Sha256::new());
        while let Some(piece) = pieces.next().await {
            let Some(piece) = piece.ok().filter(|piece| piece.len() as u64 <= left) else {
                whole = false;
                break;
            };
            left -= piece.len() as u64;
            hash.update(&piece);
            self.file.write_all(&piece).await?;
        }
        whole &= left == 0;
        tokio::io::copy(&mut tokio::io::repeat(0).take(left), &mut self.file).await?;
        self.fill(size).await?;
        Ok(whole.then(|| hex::encode(hash.finalize())))
    }

    /// Ends the archive; it is on the disk when this returns.
    pub(super) async fn finish(mut self) -> io::Result<()> {
        self.file.write_all(&[ZEROS, ZEROS].concat()).await?;
        self.file.flush().await?;
        self.file.into_inner().sync_all().await
    }

    async fn fill(&mut self, size: u64) -> io::Result<()> {
        self.file.write_all(&ZEROS[..padding(size)]).await
    }
}

fn header(path: &str, size: u64) -> io::Result<[u8; BLOCK]> {
    let mut header = Header::new_ustar();
    header.set_path(path)?;
    header.set_size(size);
    header.set_mode(0o600);
    header.set_entry_type(EntryType::Regular);
    header.set_cksum();
    Ok(*header.as_bytes())
}

fn padding(size: u64) -> usize {
    let over = usize::try_from(size % BLOCK as u64).unwrap_or(0);
    (BLOCK - over) % BLOCK
}

/// Reads an archive.
pub(super) struct Reader {
    file: BufReader<File>,
    /// Bytes up to the next header.
    left: u64,
}

/// What a header tells.
pub(super) struct Entry {
    pub(super) path: String,
    pub(super) size: u64,
}

impl Reader {
    pub(super) async fn open(path: &Path) -> io::Result<Self> {
        let file = BufReader::with_capacity(BUFFER, File::open(path).await?);
        Ok(Self { file, left: 0 })
    }

    /// The next entry, whether the one before was read or not; nothing at the archive's end.
    pub(super) async fn next(&mut self) -> Outcome<Option<Entry>> {
        let left = i64::try_from(self.left).map_err(|_| BackupFault::Foreign)?;
        if left > 0 {
            self.file.seek(SeekFrom::Current(left)).await?;
        }
        self.left = 0;
        let mut block = [0; BLOCK];
        self.fill(&mut block).await?;
        if block == ZEROS {
            return Ok(None);
        }
        let header = Header::from_byte_slice(&block);
        let entry = entry(header).ok_or(BackupFault::Foreign)?;
        self.left = entry.size + padding(entry.size) as u64;
        Ok(Some(entry))
    }

    /// The bytes of this entry, which must be small.
    pub(super) async fn bytes(&mut self, entry: &Entry) -> Outcome<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut body = self.body(entry);
        body.read_to_end(&mut bytes).await?;
        if bytes.len() as u64 == entry.size {
            Ok(bytes)
        } else {
            Err(BackupFault::Truncated)
        }
    }

    /// The pieces of this entry; fewer than its size where the archive ends too early.
    pub(super) fn pieces(
        &mut self,
        entry: &Entry,
    ) -> impl Stream<Item = io::Result<Bytes>> + Send + Unpin {
        ReaderStream::with_capacity(self.body(entry), BUFFER)
    }

    fn body(&mut self, entry: &Entry) -> impl AsyncRead + Send + Unpin {
        self.left -= entry.size;
        (&mut self.file).take(entry.size)
    }

    async fn fill(&mut self, block: &mut [u8]) -> Outcome<()> {
        match self.file.read_exact(block).await {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                Err(BackupFault::Truncated)
            }
            read => Ok(read.map(drop)?),
        }
    }
}

/// A header whose sum is right.
fn entry(header: &Header) -> Option<Entry> {
    let mut summed = header.clone();
    summed.set_cksum();
    if summed.cksum().ok()? != header.cksum().ok()? {
        return None;
    }
    let path = header.path().ok()?.to_str()?.to_owned();
    let size = header.entry_size().ok()?;
    Some(Entry { path, size })
}
