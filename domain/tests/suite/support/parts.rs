//! Uploads in parts.

use std::io::Write;

use api::hash::FileHash;
use api::id::UploadId;
use api::upload::{Chunk, NewUpload, Upload};
use api::video::Uploaded;
use bytes::Bytes;
use domain::{Actor, Result};
use futures::stream;
use sha2::{Digest, Sha256};

use super::World;

/// SHA-256 of these bytes.
pub fn hash(bytes: &[u8]) -> FileHash {
    FileHash(Sha256::digest(bytes).into())
}

/// A file of this name and size as a browser announces it.
pub fn announced(file_name: &str, size: usize) -> NewUpload {
    NewUpload {
        file_name: file_name.to_owned(),
        size: size as u64,
        modified_ms: Some(1_790_000_000_000),
        sha256: None,
        direct: false,
    }
}

impl World {
    /// Begins the upload of a file of this size.
    pub async fn begin(&self, actor: &Actor, file_name: &str, size: usize) -> Result<Upload> {
        let uploads = self.domain.uploads();
        uploads.begin(actor, announced(file_name, size)).await
    }

    /// Sends a part whose hash is right.
    pub async fn append(
        &self,
        actor: &Actor,
        id: UploadId,
        offset: u64,
        bytes: &[u8],
    ) -> Result<Upload> {
        let sha256 = hash(bytes);
        let pieces = stream::iter(bytes.chunks(500).map(Bytes::copy_from_slice).map(Ok));
        let uploads = self.domain.uploads();
        let chunk = Chunk { offset, sha256 };
        uploads.append(actor, id, chunk, pieces).await
    }

    /// Sends a whole file in parts of 3000 bytes and completes it.
    pub async fn send_in_parts(&self, actor: &Actor, name: &str, bytes: &[u8]) -> Result<Uploaded> {
        let mut upload = self.begin(actor, name, bytes.len()).await?;
        while upload.received < upload.size {
            let start = usize::try_from(upload.received).unwrap();
            let part = &bytes[start..bytes.len().min(start + 3000)];
            upload = self.append(actor, upload.id, upload.received, part).await?;
        }
        self.domain.uploads().complete(actor, upload.id).await
    }

    /// Removes what was received of an upload.
    pub fn lose_bytes_of(&self, id: UploadId) {
        let incoming = self.kept_files().join("incoming");
        match &self.store {
            Some(_) => std::fs::remove_dir_all(incoming.join(id.to_string())),
            None => std::fs::remove_file(incoming.join(format!("{id}.upload"))),
        }
        .unwrap();
    }

    /// What a process that was killed in the middle of a part leaves behind the acknowledged bytes.
    pub fn leave_unacknowledged(&self, id: UploadId, bytes: &[u8]) {
        if let Some(store) = &self.store {
            let upload = store.bucket().join(format!("incoming/{id}"));
            let parts = std::fs::read_dir(&upload).unwrap().count();
            let name = format!("{:012}-{}", parts * 3000, bytes.len());
            return std::fs::write(upload.join(name), bytes).unwrap();
        }
        let file = self
            .settings
            .data
            .join(format!("files/incoming/{id}.upload"));
        let file = std::fs::OpenOptions::new().append(true).open(file);
        file.unwrap().write_all(bytes).unwrap();
    }
}
