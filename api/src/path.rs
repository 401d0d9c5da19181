//! Addresses that more than one program builds.

use crate::hash::FileHash;
use crate::id::{UploadId, VideoId};
use crate::upload::Chunk;

/// Prefix of the REST API.
pub const API: &str = "/api/v1";
/// A player asks to be linked.
pub const ENROL: &str = "/api/v1/enrol";
/// A player asks whether it was accepted.
pub const ENROL_POLL: &str = "/api/v1/enrol/poll";
/// A player asks for something to sign.
pub const CHALLENGE: &str = "/api/v1/player/challenge";
/// A player proves that it holds its key.
pub const TOKEN: &str = "/api/v1/player/token";
/// The desired state of the player's site.
pub const STATE: &str = "/api/v1/player/state";
/// Where a player reports.
pub const REPORT: &str = "/api/v1/player/report";
/// Where a player delivers plays.
pub const PLAYS: &str = "/api/v1/player/plays";
/// Where a player listens.
pub const PLAYER_EVENTS: &str = "/api/v1/player/events";
/// How a dashboard on another site is received.
pub const DASHBOARD: &str = "/api/v1/dashboard";
/// The caller's session.
pub const SESSION: &str = "/api/v1/session";
/// The next tokens of a session.
pub const SESSION_TOKENS: &str = "/api/v1/session/tokens";
/// Creates the first administrator.
pub const FIRST_RUN: &str = "/api/v1/first-run";
/// Where the dashboard listens.
pub const EVENTS: &str = "/api/v1/events";
/// The library.
pub const VIDEOS: &str = "/api/v1/videos";
/// Files on their way into the library.
pub const UPLOADS: &str = "/api/v1/uploads";

/// A file of the player's site.
pub fn player_file(sha256: FileHash) -> String {
    format!("{API}/player/files/{sha256}")
}

/// The bytes of a video, for the preview.
pub fn video_file(id: VideoId) -> String {
    format!("{VIDEOS}/{id}/file")
}

/// The thumbnail of a video.
pub fn video_thumbnail(id: VideoId) -> String {
    format!("{VIDEOS}/{id}/thumbnail")
}

/// Where a part of an upload goes.
pub fn upload_chunk(id: UploadId, chunk: Chunk) -> String {
    let Chunk { offset, sha256 } = chunk;
    format!("{UPLOADS}/{id}/chunks?offset={offset}&sha256={sha256}")
}
