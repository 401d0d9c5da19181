//! The hash of the hashes of a file's parts: what a sender said of each part, in one value.

use std::mem;
use std::sync::Arc;

use api::hash::FileHash;
use api::limit::CHUNK_BYTES;
use parking_lot::Mutex;
use sha2::{Digest, Sha256};

/// Adds a part's hash to the hash of those before it.
pub(crate) fn chained(before: Option<FileHash>, part: FileHash) -> FileHash {
    let mut hash = Sha256::new();
    if let Some(before) = before {
        hash.update(before.0);
    }
    hash.update(part.0);
    FileHash(hash.finalize().into())
}

/// Hashes a stream in parts of [`CHUNK_BYTES`] while it passes.
#[derive(Clone, Default)]
pub(super) struct PartHashes(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    chain: Option<FileHash>,
    part: Sha256,
    /// Bytes of the part that were seen.
    filled: u64,
}

impl PartHashes {
    pub(super) fn update(&self, piece: &[u8]) {
        self.0.lock().update(piece);
    }

    /// The hash of all parts' hashes; that of no bytes where nothing came.
    pub(super) fn end(&self) -> FileHash {
        let mut state = self.0.lock();
        if state.filled > 0 || state.chain.is_none() {
            state.close();
        }
        state.chain.unwrap_or(FileHash([0; 32]))
    }
}

impl State {
    fn update(&mut self, mut piece: &[u8]) {
        while !piece.is_empty() {
            let room = usize::try_from(CHUNK_BYTES - self.filled).unwrap_or(usize::MAX);
            let (now, later) = piece.split_at(room.min(piece.len()));
            self.part.update(now);
            self.filled += now.len() as u64;
            if self.filled == CHUNK_BYTES {
                self.close();
            }
            piece = later;
        }
    }

    fn close(&mut self) {
        let part = mem::take(&mut self.part).finalize();
        self.chain = Some(chained(self.chain, FileHash(part.into())));
        self.filled = 0;
    }
}

#[cfg(test)]
mod tests {
    use api::hash::FileHash;
    use sha2::{Digest, Sha256};

    use super::{CHUNK_BYTES, PartHashes, chained};

    #[test]
    fn however_it_is_cut_a_stream_has_the_hash_that_its_sender_tells_part_by_part() {
        let part = usize::try_from(CHUNK_BYTES).expect("it fits");
        for size in [1, part - 1, part, part + 1, 2 * part, 2 * part + 7] {
            let bytes: Vec<u8> = (0..=250).cycle().take(size).collect();
            let told = bytes.chunks(part).fold(None, |before, part| {
                Some(chained(before, FileHash(Sha256::digest(part).into())))
            });
            let hashes = PartHashes::default();
            for piece in bytes.chunks(70_001) {
                hashes.update(piece);
            }
            assert_eq!(Some(hashes.end()), told, "{size}");
        }
    }
}
