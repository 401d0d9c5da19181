//! Keys of a site's screen: the one in use, the one that comes, the one that goes.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::enrolment::Hardware;
use crate::id::SiteId;

/// What a key is to its site.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum KeyState {
    /// Its box will take over: once it is accepted, at its first use.
    Pending,
    /// Its box is the site's screen.
    Current,
    /// Another box took over; for some days this one can be put back.
    Retiring,
    /// A state that this version does not know.
    #[serde(other)]
    Other,
}

impl KeyState {
    /// The text of the column `state`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Current => "current",
            Self::Retiring => "retiring",
            Self::Other => "other",
        }
    }

    /// The state that the column names; an unknown text is [`KeyState::Other`].
    pub fn from_column(text: &str) -> Self {
        match text {
            "pending" => Self::Pending,
            "current" => Self::Current,
            "retiring" => Self::Retiring,
            _ => Self::Other,
        }
    }
}

/// One key of a site, with the box that holds it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SiteKey {
    /// Hexadecimal SHA-256 of the public key.
    pub key_id: String,
    /// What it is to the site.
    pub state: KeyState,
    /// Whether an admin accepted it; only a pending key may wait for that.
    pub is_accepted: bool,
    /// What the box said of itself.
    pub hardware: Hardware,
    /// The address that it asked from.
    pub address: String,
    /// When its code was typed, or when it was accepted.
    pub linked_at: DateTime<Utc>,
    /// Who did that.
    pub linked_by: String,
    /// Last report of the box as this site's screen.
    pub last_seen: Option<DateTime<Utc>>,
    /// Until when a retiring key can be put back.
    pub restorable_until: Option<DateTime<Utc>>,
}

/// The keys of a site, and what happened to them.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SiteKeys {
    /// At most one of each state.
    pub keys: Vec<SiteKey>,
    /// Newest first.
    pub events: Vec<KeyEvent>,
}

impl SiteKeys {
    /// The key of this state.
    pub fn in_state(&self, state: KeyState) -> Option<&SiteKey> {
        self.keys.iter().find(|key| key.state == state)
    }
}

/// Something that happened to the keys of a site.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeyEvent {
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub what: KeyEventKind,
    /// The person who did it; none where a box or the server did.
    pub by: Option<String>,
    /// The box, as it described itself.
    #[serde(default)]
    pub hardware: Hardware,
    /// The other site, where the box came from or went to.
    #[serde(default)]
    pub other_site: Option<String>,
}

/// What happened to a key.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum KeyEventKind {
    /// It became the screen of a site that had none.
    Linked,
    /// Its code was typed on a site that has a screen.
    Proposed,
    /// It was accepted as the next one.
    Accepted,
    /// It was refused, or withdrawn before its first use.
    Refused,
    /// It was used for the first time: the one before retired.
    TookOver,
    /// It was put back.
    Restored,
    /// It opens nothing any more.
    Revoked,
    /// The time to put it back ended.
    Expired,
    /// Its box went to another site.
    MovedAway,
    /// Two boxes use it.
    CloneSeen,
    /// Something that this version does not know.
    #[serde(other)]
    Other,
}

impl KeyEventKind {
    /// The action of its audit entry.
    pub fn action(self) -> &'static str {
        match self {
            Self::Linked => "player.link",
            Self::Proposed => "player.propose",
            Self::Accepted => "player.accept",
            Self::Refused => "player.refuse",
            Self::TookOver => "player.take_over",
            Self::Restored => "player.restore",
            Self::Revoked => "player.revoke",
            Self::Expired => "player.expire",
            Self::MovedAway => "player.move_away",
            Self::CloneSeen => "player.clone_seen",
            Self::Other => "player.other",
        }
    }

    /// The event that an audit entry tells of.
    pub fn from_action(action: &str) -> Self {
        let kinds = [
            Self::Linked,
            Self::Proposed,
            Self::Accepted,
            Self::Refused,
            Self::TookOver,
            Self::Restored,
            Self::Revoked,
            Self::Expired,
            Self::MovedAway,
            Self::CloneSeen,
        ];
        let kind = kinds.into_iter().find(|kind| kind.action() == action);
        kind.unwrap_or(Self::Other)
    }
}

/// The site that a waiting screen's key belongs to already.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LinkedTo {
    /// The site.
    pub site_id: SiteId,
    /// Its name.
    pub site_name: String,
    /// What the key is to it.
    pub state: KeyState,
}
