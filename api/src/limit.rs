//! The limits that both ends of a wire must know.

use std::ops::RangeInclusive;
use std::time::Duration;

/// Largest JSON body, in bytes.
pub const JSON_BYTES: usize = 1024 * 1024;
/// Largest video, in bytes.
pub const VIDEO_BYTES: u64 = 2 * 1024 * 1024 * 1024;
/// Largest picture, in bytes.
pub const PICTURE_BYTES: u64 = 20 * 1024 * 1024;
/// Sides of a picture, in pixels.
pub const PICTURE_SIDE: RangeInclusive<u32> = 16..=4096;
/// How long a picture stands on screen unless somebody says otherwise, in milliseconds.
pub const PICTURE_DEFAULT_MS: u64 = 10_000;
/// How long a picture may stand on screen, in milliseconds.
pub const PICTURE_MS: RangeInclusive<u64> = 1_000..=300_000;
/// Largest part of an upload, in bytes.
pub const CHUNK_BYTES: u64 = 8 * 1024 * 1024;
/// Most unfinished uploads of one person.
pub const OPEN_UPLOADS: u64 = 20;
/// An upload whose next part does not come for this long is given up.
pub const UPLOAD_LIFE: Duration = Duration::from_hours(24);
/// Longest tag of a video, in characters.
pub const TAG_CHARACTERS: usize = 40;
/// Most tags of one video.
pub const TAGS_PER_VIDEO: usize = 20;
/// Largest thumbnail, in bytes.
pub const THUMBNAIL_BYTES: usize = 512 * 1024;
/// Most videos in one loop.
pub const LOOP_VIDEOS: usize = 500;
/// Most plays in one delivery.
pub const PLAYS_PER_BATCH: usize = 500;
/// How long a person's access token is good, where a session is not a cookie.
pub const ACCESS_TOKEN_LIFE: Duration = Duration::from_mins(15);
/// Time between two polls of the desired state; each player adds up to [`POLL_JITTER`] either way.
pub const POLL_INTERVAL: Duration = Duration::from_mins(1);
/// See [`POLL_INTERVAL`].
pub const POLL_JITTER: Duration = Duration::from_secs(10);
/// Time between two reports of a player.
pub const REPORT_INTERVAL: Duration = Duration::from_secs(15);
/// A player that has not reported for this long is offline.
pub const OFFLINE_AFTER: Duration = Duration::from_secs(40);
/// Most videos that a report names as passed over.
pub const PASSED_OVER: usize = 20;
/// Life of a pairing code.
pub const PAIRING_LIFE: Duration = Duration::from_mins(15);
/// Time between two polls of a pending enrolment.
pub const PAIRING_POLL_INTERVAL: Duration = Duration::from_secs(5);
/// Most enrolments that may wait for an admin at one time.
pub const PAIRING_PENDING: u64 = 1_000;
/// Life of a player's token.
pub const PLAYER_TOKEN_LIFE: Duration = Duration::from_mins(15);
/// How long a password typed again is good for dangerous actions of its session.
pub const STEP_UP_LIFE: Duration = Duration::from_mins(5);
/// How long the key of a replaced screen can be put back.
pub const KEY_RESTORABLE: Duration = Duration::from_hours(7 * 24);
/// Life of a player's challenge.
pub const CHALLENGE_LIFE: Duration = Duration::from_mins(1);
/// A play that showed at least this part of its video is complete, in percent.
pub const COMPLETE_PERCENT: u64 = 95;
/// Shortest password, in characters.
pub const PASSWORD_CHARACTERS: usize = 12;
/// Longest password, in bytes: more is no password, but work for the hash.
pub const PASSWORD_MAX_BYTES: usize = 1_024;
/// Longest e-mail address, in characters (RFC 5321).
pub const EMAIL_CHARACTERS: usize = 254;
/// Longest name of anything, in characters.
pub const NAME_CHARACTERS: usize = 120;
