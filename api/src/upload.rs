//! Files on their way into the library, in parts: what was received stays received.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::hash::FileHash;
use crate::id::UploadId;

/// A file that somebody is about to send.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewUpload {
    /// The file's name on the sender's machine.
    pub file_name: String,
    /// Its size in bytes.
    pub size: u64,
    /// When it was last changed, in milliseconds since 1970 on the sender's clock. Name, size and
    /// this together recognise a file that is chosen again: its upload goes on where it was.
    #[serde(default)]
    pub modified_ms: Option<i64>,
    /// SHA-256 of all its bytes, checked at the end where it is given.
    #[serde(default)]
    pub sha256: Option<FileHash>,
    /// Whether the sender can send parts to the object store itself, where there is one that lets it.
    #[serde(default)]
    pub direct: bool,
}

/// An upload that has begun. It waits 24 hours for its next part.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Upload {
    /// The upload's id.
    pub id: UploadId,
    /// The file's name on the sender's machine.
    pub file_name: String,
    /// Its size in bytes.
    pub size: u64,
    /// How many bytes are safely there; the next part begins at this offset.
    pub received: u64,
    /// Most bytes of one part.
    pub chunk_bytes: u64,
    /// When it is given up unless another part comes.
    pub expires_at: DateTime<Utc>,
    /// Where the next part goes, if this upload's parts go straight to the object store.
    #[serde(default)]
    pub next: Option<PartAddress>,
}

/// Where a part goes, by `PUT`, without any of our credentials: the address carries its own. Once the
/// store has it, the server is told of it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PartAddress {
    /// The signed address, good for an hour.
    pub url: String,
    /// How many bytes go there: no more, no less.
    pub size: u64,
}

/// Which part of a file a request carries.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct Chunk {
    /// Where it begins.
    pub offset: u64,
    /// SHA-256 of the part.
    pub sha256: FileHash,
}
