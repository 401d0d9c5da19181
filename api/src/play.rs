//! Plays: the proof.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::hash::FileHash;
use crate::id::{BootId, PlayId, VideoId};
use crate::limit::COMPLETE_PERCENT;

/// How a play ended.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// At least 95 % of the video was shown.
    Completed,
    /// Somebody or something moved on before.
    Skipped,
    /// The video could not be played to its end.
    Error,
    /// It has a start and no end: the power was cut.
    Cut,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Self; 4] = [Self::Completed, Self::Skipped, Self::Error, Self::Cut];

    /// The text of the column `outcome`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Completed => "completed",
            Self::Skipped => "skipped",
            Self::Error => "error",
            Self::Cut => "cut",
        }
    }

    /// What an undisturbed showing counts as: complete from 95 % on.
    pub fn of_shown(shown_ms: u64, duration_ms: u64) -> Self {
        if shown_ms * 100 >= duration_ms * COMPLETE_PERCENT {
            Self::Completed
        } else {
            Self::Skipped
        }
    }
}

/// What a boot knew of the time.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Clock {
    /// It met NTP, the server or a phone: times are true.
    Synced,
    /// It never did: order holds, times are a guess.
    #[default]
    Unsynced,
}

impl Clock {
    /// The text of the column `clock`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Synced => "synced",
            Self::Unsynced => "unsynced",
        }
    }
}

/// One showing of one video on one TV. Frozen before its first sending.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Play {
    /// Made on the player.
    pub id: PlayId,
    /// The run of the player that it happened in.
    pub boot_id: BootId,
    /// Counts the plays of that run from 1; gaps show losses.
    pub seq: u64,
    /// The video.
    pub video_id: VideoId,
    /// Its file.
    pub sha256: FileHash,
    /// The configuration that made it play.
    pub configuration_version: i32,
    /// First rendered frame.
    pub played_at: DateTime<Utc>,
    /// Length of the video in milliseconds.
    pub duration_ms: u64,
    /// How long it was really shown, in milliseconds.
    pub shown_ms: u64,
    /// How it ended.
    pub outcome: Outcome,
    /// What the boot knew of the time.
    pub clock: Clock,
    /// Unsynced: a time that had passed for certain.
    #[serde(default)]
    pub not_before: Option<DateTime<Utc>>,
    /// Unsynced: when a later boot learned the time.
    #[serde(default)]
    pub not_after: Option<DateTime<Utc>>,
}

/// A delivery of plays.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlayBatch {
    /// At most 500.
    pub plays: Vec<Play>,
}

/// What became of a delivered play. In every case the player may forget it.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "result", rename_all = "snake_case")]
pub enum Receipt {
    /// It is stored and counts.
    Stored,
    /// It was stored before.
    Duplicate,
    /// It is stored, shown apart and does not count.
    Quarantined {
        /// Why.
        reason: Quarantine,
    },
}

/// Why a play does not count.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Quarantine {
    /// The library never had this video, or not with these bytes.
    UnknownVideo,
    /// It claims to have been shown longer than the video is.
    ImpossibleDuration,
    /// Its time lies before NeoPro or in the future.
    ImpossibleTime,
    /// A reason that this version does not know.
    #[serde(other)]
    Other,
}

impl Quarantine {
    /// The text of the column `quarantine`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::UnknownVideo => "unknown_video",
            Self::ImpossibleDuration => "impossible_duration",
            Self::ImpossibleTime => "impossible_time",
            Self::Other => "other",
        }
    }
}

/// The receipt of one play.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlayReceipt {
    /// The play.
    pub id: PlayId,
    /// What became of it.
    #[serde(flatten)]
    pub receipt: Receipt,
}

/// The answer to a delivery, in its order.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlayBatchAnswer {
    /// One for each play.
    pub receipts: Vec<PlayReceipt>,
}
