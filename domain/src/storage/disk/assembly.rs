//! Uploads that come in parts: each is one file, which grows at its end.

use std::fs::{File, OpenOptions, hard_link};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use api::hash::FileHash;
use api::id::UploadId;
use sha2::{Digest, Sha256};
use tokio::task::spawn_blocking;

use super::super::ObjectKey;
use super::{Disk, Incoming, remove};

/// Bytes that are read at a time.
const PIECE_BYTES: usize = 256 * 1024;

impl Disk {
    fn assembly(&self, upload: UploadId) -> PathBuf {
        self.incoming().join(format!("{upload}.upload"))
    }

    /// Puts a part at `offset` in place of whatever follows it; durable when this returns.
    /// [`io::ErrorKind::NotFound`] means that the bytes before it are gone.
    pub(in crate::storage) async fn append(
        &self,
        upload: UploadId,
        offset: u64,
        part: Incoming,
    ) -> io::Result<()> {
        let (path, folder) = (self.assembly(upload), self.incoming());
        let write = move || {
            let mut file = open(&path, offset)?;
            file.seek(SeekFrom::Start(offset))?;
            io::copy(&mut File::open(part.path())?, &mut file)?;
            file.sync_all()?;
            if offset == 0 {
                File::open(folder)?.sync_all()?;
            }
            Ok(())
        };
        spawn_blocking(write).await?
    }

    /// The whole of an upload as a received file. The upload stays until it is discarded: whoever
    /// is interrupted on the way can begin again.
    pub(in crate::storage) async fn assembled(
        &self,
        upload: UploadId,
        size: u64,
    ) -> io::Result<Incoming> {
        let (path, part) = (self.assembly(upload), self.unused_part());
        let read = move || {
            let mut file = open(&path, size)?;
            hard_link(&path, &part.0)?;
            let sha256 = hash(&mut file)?;
            Ok(Incoming {
                part,
                size,
                sha256,
                object: None,
            })
        };
        spawn_blocking(read).await?
    }

    /// A stored file as a received one, hashed. Keeping or dropping it leaves the stored one as it is.
    pub(crate) async fn linked(&self, key: &ObjectKey) -> io::Result<Incoming> {
        let (path, part) = (self.path(key), self.unused_part());
        let read = move || {
            let mut file = File::open(&path)?;
            let size = file.metadata()?.len();
            hard_link(&path, &part.0)?;
            let sha256 = hash(&mut file)?;
            Ok(Incoming {
                part,
                size,
                sha256,
                object: None,
            })
        };
        spawn_blocking(read).await?
    }

    /// Removes an upload, if it is there.
    pub(in crate::storage) async fn discard(&self, upload: UploadId) -> io::Result<()> {
        remove(&self.assembly(upload)).await
    }
}

/// Opens an upload that has `size` bytes and cuts off what lies behind them: a lost process wrote
/// it and nobody was told.
fn open(path: &Path, size: u64) -> io::Result<File> {
    let mut options = OpenOptions::new();
    let options = options.read(true).write(true);
    let file = options.create(size == 0).truncate(false).open(path)?;
    if file.metadata()?.len() < size {
        return Err(io::ErrorKind::NotFound.into());
    }
    file.set_len(size)?;
    Ok(file)
}

fn hash(file: &mut File) -> io::Result<FileHash> {
    let (mut hash, mut piece) = (Sha256::new(), vec![0; PIECE_BYTES]);
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(FileHash(hash.finalize().into())),
            read => hash.update(&piece[..read]),
        }
    }
}
