//! The loop being edited: what can be done with it, and the way back.

use std::sync::Arc;

use api::configuration::{ConfigurationVersion, SiteLoop};
use api::id::{SiteId, VideoId};
use api::video::Video;
use leptos::prelude::*;

use super::changes::Changes;
use super::undo::Steps;

/// A place in the loop; a video may stand in several.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Item {
    /// Names the place while it is moved about.
    pub key: u32,
    /// What plays there.
    pub video: Arc<Video>,
}

/// A published version that the loop is compared with.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Base {
    /// Its number, none before the first.
    pub version: Option<i32>,
    /// Its loop, in order.
    pub videos: Vec<Arc<Video>>,
}

/// The loop being edited.
#[derive(Clone, Copy)]
pub(super) struct Editing {
    /// The site.
    pub site: SiteId,
    /// The loop, in order.
    pub items: RwSignal<Vec<Item>>,
    /// What it is compared with.
    pub base: RwSignal<Base>,
    /// Why the loop is changed.
    pub comment: RwSignal<String>,
    /// Said to who cannot see the list move.
    pub said: RwSignal<String>,
    /// Places of videos that the library no longer has, by the server's word.
    pub missing: RwSignal<Vec<u32>>,
    steps: RwSignal<Steps<Vec<Item>>>,
    last_key: StoredValue<u32>,
}

impl Editing {
    /// Starts from what is published.
    pub fn start(site_loop: SiteLoop) -> Self {
        let site = site_loop.site_id;
        let base = Base::of(site_loop);
        let last_key = StoredValue::new(0);
        let items = base.videos.iter().map(|video| item(last_key, video));
        Self {
            site,
            items: RwSignal::new(items.collect()),
            base: RwSignal::new(base),
            comment: RwSignal::new(String::new()),
            said: RwSignal::new(String::new()),
            missing: RwSignal::new(Vec::new()),
            steps: RwSignal::new(Steps::default()),
            last_key,
        }
    }

    /// Changes the loop; the step can be taken back.
    fn change<T>(self, change: impl FnOnce(&mut Vec<Item>) -> T) -> T {
        let before = self.items.get_untracked();
        let mut items = before.clone();
        let answer = change(&mut items);
        if items != before {
            self.steps.update(|steps| steps.keep(before));
            self.items.set(items);
        }
        answer
    }

    /// Takes the last step back; whether there was one.
    pub fn undo(self) -> bool {
        let present = self.items.get_untracked();
        let before = self.steps.try_update(|steps| steps.back(present));
        self.show(before.flatten())
    }

    /// Does again what was taken back; whether there was something.
    pub fn redo(self) -> bool {
        let present = self.items.get_untracked();
        let after = self.steps.try_update(|steps| steps.forth(present));
        self.show(after.flatten())
    }

    fn show(self, items: Option<Vec<Item>>) -> bool {
        let found = items.is_some();
        if let Some(items) = items {
            self.items.set(items);
        }
        found
    }

    /// Whether there is a step to take back.
    pub fn has_past(self) -> bool {
        self.steps.with(Steps::has_past)
    }

    /// Whether a step was taken back.
    pub fn has_future(self) -> bool {
        self.steps.with(Steps::has_future)
    }

    /// Another loop in place of this one.
    pub fn replace(self, videos: &[Arc<Video>]) {
        let fresh = videos.iter().map(|video| item(self.last_key, video));
        let fresh: Vec<Item> = fresh.collect();
        self.change(|items| *items = fresh);
    }

    /// Adds a video at the end.
    pub fn add(self, video: Video) {
        let added = item(self.last_key, &Arc::new(video));
        self.change(|items| items.push(added));
    }

    /// Takes an item out.
    pub fn remove(self, key: u32) -> Option<Removed> {
        self.change(|items| {
            let place = items.iter().position(|item| item.key == key)?;
            let item = items.remove(place);
            let before = place.checked_sub(1).map(|before| items[before].key);
            Some(Removed {
                item,
                place,
                before,
            })
        })
    }

    /// Puts an item back where it was, behind the one that it followed.
    pub fn put_back(self, removed: Removed) {
        let Removed {
            item,
            place,
            before,
        } = removed;
        self.change(|items| {
            if items.iter().any(|other| other.key == item.key) {
                return; // Another way back was quicker.
            }
            let neighbour = items.iter().position(|other| Some(other.key) == before);
            let place = neighbour.map_or(place, |place| place + 1);
            items.insert(place.min(items.len()), item);
        });
    }

    /// Moves an item to a place, or to the end; where it is now, if it moved.
    pub fn move_to(self, key: u32, place: usize) -> Option<usize> {
        self.change(|items| {
            let from = items.iter().position(|item| item.key == key)?;
            let to = place.min(items.len() - 1);
            if from == to {
                return None;
            }
            let item = items.remove(from);
            items.insert(to, item);
            Some(to)
        })
    }

    /// Goes on with a draft that was kept.
    pub fn resume(self, base: Base, videos: &[Arc<Video>]) {
        let items = videos.iter().map(|video| item(self.last_key, video));
        self.items.set(items.collect());
        self.base.set(base);
    }

    /// Another version is the newest one now; the loop stays as it is.
    pub fn rebase(self, base: Base) {
        self.base.set(base);
    }

    /// Back to what is published.
    pub fn reset(self) {
        let published = self.base.with_untracked(|base| base.videos.clone());
        self.replace(&published);
    }

    /// The loop is published as it stands.
    pub fn settle(self, version: &ConfigurationVersion) {
        let videos = self.videos_untracked();
        self.base.set(Base {
            version: Some(version.version),
            videos,
        });
        self.comment.set(String::new());
    }

    /// The videos, in order.
    pub fn videos_untracked(self) -> Vec<Arc<Video>> {
        self.items
            .with_untracked(|items| items.iter().map(|item| item.video.clone()).collect())
    }

    /// How many changes wait to be published.
    pub fn waiting(self) -> Memo<usize> {
        Memo::new(move |_| {
            let current = self
                .items
                .with(|items| items.iter().map(|item| item.video.id).collect::<Vec<_>>());
            self.base
                .with(|base| Changes::between(&base.order(), &current).count())
        })
    }
}

impl Base {
    /// What a site has published.
    pub fn of(site_loop: SiteLoop) -> Self {
        Self {
            version: site_loop.published.map(|published| published.version),
            videos: site_loop.videos.into_iter().map(Arc::new).collect(),
        }
    }

    /// Its videos by their ids.
    pub fn order(&self) -> Vec<VideoId> {
        self.videos.iter().map(|video| video.id).collect()
    }
}

fn item(last_key: StoredValue<u32>, video: &Arc<Video>) -> Item {
    last_key.update_value(|key| *key += 1);
    Item {
        key: last_key.get_value(),
        video: video.clone(),
    }
}

/// An item that was taken out.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Removed {
    /// What it is.
    pub item: Item,
    /// Where it was.
    pub place: usize,
    /// The item that it followed.
    before: Option<u32>,
}
