//! Loops that were changed and not published. The browser keeps them: they survive another page,
//! a reload, a dead battery. Each person has one for each site.

use api::id::{SiteId, UserId};
use api::video::Video;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::browser::storage;

/// A loop being edited.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Draft {
    /// The published version that it started from.
    pub base_version: Option<i32>,
    /// The videos of that version, in order.
    pub base: Vec<Video>,
    /// The videos of the draft, in order.
    pub videos: Vec<Video>,
    /// What its publisher would say.
    pub comment: String,
    /// When it was kept.
    pub kept_at: DateTime<Utc>,
}

impl Draft {
    /// Whether both say the same, whenever they were kept.
    pub fn is_same(&self, other: &Self) -> bool {
        let words = |draft: &Self| (draft.base_version, draft.comment.clone());
        let order = |draft: &Self| {
            draft
                .videos
                .iter()
                .map(|video| video.id)
                .collect::<Vec<_>>()
        };
        words(self) == words(other) && order(self) == order(other)
    }
}

/// Whose draft of which site.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Drawer {
    /// Who edits.
    pub account: UserId,
    /// What is edited.
    pub site: SiteId,
}

impl Drawer {
    /// The draft, if there is one. One that cannot be read any more is none.
    pub fn find(self) -> Option<Draft> {
        let text = storage::get(&self.key())?;
        serde_json::from_slice(text.as_bytes()).ok()
    }

    /// Keeps a draft; whether the browser could.
    pub fn keep(self, draft: &Draft) -> bool {
        serde_json::to_string(draft).is_ok_and(|text| storage::set(&self.key(), &text))
    }

    /// Drops the draft: it was published or taken back.
    pub fn clear(self) {
        storage::remove(&self.key());
    }

    fn key(self) -> String {
        format!("neopro-draft-{}-{}", self.account, self.site)
    }
}
