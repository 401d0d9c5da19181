//! Loops that were changed and not published: they survive looking at another page.

use std::collections::BTreeMap;

use api::id::SiteId;
use api::video::Video;
use leptos::prelude::*;

/// A loop being edited.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The published version that it started from.
    pub base_version: Option<i32>,
    /// The videos, in order.
    pub videos: Vec<Video>,
}

/// The drafts of this tab.
#[derive(Clone, Copy)]
pub struct Drafts(StoredValue<BTreeMap<SiteId, Draft>>);

impl Drafts {
    /// The draft of a site, if it started from this version.
    pub fn of(self, site: SiteId, base_version: Option<i32>) -> Option<Vec<Video>> {
        self.0.with_value(|drafts| {
            let draft = drafts.get(&site)?;
            (draft.base_version == base_version).then(|| draft.videos.clone())
        })
    }

    /// Keeps a draft.
    pub fn keep(self, site: SiteId, draft: Draft) {
        self.0.update_value(|drafts| {
            drafts.insert(site, draft);
        });
    }

    /// Drops a draft: it was published or taken back.
    pub fn forget(self, site: SiteId) {
        self.0.update_value(|drafts| {
            drafts.remove(&site);
        });
    }
}

/// Starts without drafts.
pub fn provide_drafts() {
    provide_context(Drafts(StoredValue::new(BTreeMap::new())));
}

/// The drafts of this tab.
///
/// # Panics
/// Outside of `App`, which provides them.
pub fn use_drafts() -> Drafts {
    use_context().expect("App provides the drafts")
}
