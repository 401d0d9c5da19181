//! The loop being edited: its state, and the panel that shows it.

use api::configuration::{ConfigurationVersion, SiteLoop};
use api::id::{SiteId, VideoId};
use api::permission::Permission;
use api::video::Video;
use leptos::html;
use leptos::prelude::*;
use leptos_i18n::td_string;

use super::add::AddDialog;
use super::changes::changes;
use super::loop_list::LoopList;
use super::publish::PublishForm;
use crate::browser;
use crate::components::{Button, ButtonSize, Glyph, Panel, open_dialog};
use crate::format::{number, span};
use crate::state::drafts::{Draft, Drafts, use_drafts};
use crate::state::language::use_locale;
use crate::state::session::Allowed;

/// A place in the loop; a video may stand in several.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Item {
    /// Names the place while it is moved about.
    pub key: u32,
    /// What plays there.
    pub video: Video,
}

/// The loop being edited.
#[derive(Clone, Copy)]
pub(super) struct Editing {
    /// The site.
    pub site: SiteId,
    /// The loop, in order.
    pub items: RwSignal<Vec<Item>>,
    /// What it is compared with: the newest published version and its loop.
    pub base: RwSignal<(Option<i32>, Vec<Video>)>,
    /// Said to who cannot see the list move.
    pub said: RwSignal<String>,
    last_key: StoredValue<u32>,
    drafts: Drafts,
}

impl Editing {
    fn start(site_loop: SiteLoop) -> Self {
        let version = site_loop.published.map(|published| published.version);
        let drafts = use_drafts();
        let draft = drafts.of(site_loop.site_id, version);
        let videos = draft.unwrap_or_else(|| site_loop.videos.clone());
        let editing = Self {
            site: site_loop.site_id,
            items: RwSignal::new(Vec::new()),
            base: RwSignal::new((version, site_loop.videos)),
            said: RwSignal::new(String::new()),
            last_key: StoredValue::new(0),
            drafts,
        };
        editing.replace(videos);
        editing
    }

    fn fresh_key(self) -> u32 {
        self.last_key.update_value(|key| *key += 1);
        self.last_key.get_value()
    }

    fn replace(self, videos: Vec<Video>) {
        let item = |video| Item {
            key: self.fresh_key(),
            video,
        };
        self.items.set(videos.into_iter().map(item).collect());
    }

    /// Adds a video at the end.
    pub fn add(self, video: Video) {
        let key = self.fresh_key();
        self.items.update(|items| items.push(Item { key, video }));
    }

    /// Puts an item back where it was.
    pub fn insert(self, index: usize, item: Item) {
        self.items
            .update(|items| items.insert(index.min(items.len()), item));
    }

    /// Takes an item out; where it was and what it is.
    pub fn remove(self, key: u32) -> Option<(usize, Item)> {
        self.items.try_update(|items| {
            let index = items.iter().position(|item| item.key == key)?;
            Some((index, items.remove(index)))
        })?
    }

    /// Exchanges an item with its neighbour; where it is now.
    pub fn shift(self, key: u32, up: Direction) -> Option<usize> {
        self.items.try_update(|items| {
            let from = items.iter().position(|item| item.key == key)?;
            let to = match up {
                Direction::Up => from.checked_sub(1)?,
                Direction::Down => from + 1,
            };
            if to >= items.len() {
                return None;
            }
            items.swap(from, to);
            Some(to)
        })?
    }

    /// Back to what is published.
    pub fn reset(self) {
        self.replace(self.base.with_untracked(|(_, videos)| videos.clone()));
    }

    /// The loop is published as it stands.
    pub fn settle(self, version: &ConfigurationVersion) {
        let videos = self.items.with_untracked(|items| videos(items));
        self.base.set((Some(version.version), videos));
        self.drafts.forget(self.site);
    }

    /// How many changes wait to be published.
    pub fn waiting(self) -> Memo<usize> {
        let ids = |videos: &[Video]| {
            videos
                .iter()
                .map(|video| video.id)
                .collect::<Vec<VideoId>>()
        };
        Memo::new(move |_| {
            let current = self.items.with(|items| ids(&videos(items)));
            self.base
                .with(|(_, published)| changes(&ids(published), &current))
        })
    }

    /// Keeps the draft while one looks at other pages.
    fn keep_draft(self, waiting: Memo<usize>) {
        Effect::new(move || {
            let videos = self.items.with(|items| videos(items));
            if waiting.get() == 0 {
                self.drafts.forget(self.site);
            } else {
                let base_version = self.base.with_untracked(|(version, _)| *version);
                self.drafts.keep(
                    self.site,
                    Draft {
                        base_version,
                        videos,
                    },
                );
            }
        });
    }
}

/// Which neighbour an item changes places with.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Direction {
    /// The one before.
    Up,
    /// The one after.
    Down,
}

fn videos(items: &[Item]) -> Vec<Video> {
    items.iter().map(|item| item.video.clone()).collect()
}

/// Edits and publishes the loop of a site.
#[component]
pub(super) fn LoopEditor(
    site_loop: SiteLoop,
    /// Counts publications.
    published: RwSignal<u32>,
) -> impl IntoView {
    let locale = use_locale();
    let editing = Editing::start(site_loop);
    let waiting = editing.waiting();
    editing.keep_draft(waiting);
    browser::guard_leaving(move || waiting.try_get_untracked().is_some_and(|count| count > 0));
    let dialog = NodeRef::<html::Dialog>::new();
    let is_open = RwSignal::new(false);
    let open = move |_| {
        is_open.set(true);
        open_dialog(dialog);
    };
    view! {
        <Panel id="loop" title=td_string!(locale, loops.title) aside=view! { <Turn editing/> }.into_any()>
            <LoopList editing/>
            <p class="visually-hidden" role="status">{editing.said}</p>
            <Allowed permission=Permission::PublishConfigurations>
                <div class="mt-3">
                    <Button
                        label=td_string!(locale, loops.add).to_owned()
                        size=ButtonSize::Small
                        glyph=Glyph::Plus
                        on:click=open
                    />
                </div>
                <PublishForm editing waiting published/>
            </Allowed>
            <AddDialog editing dialog is_open/>
        </Panel>
    }
}

/// How long one turn takes, and how often it comes.
#[component]
fn Turn(editing: Editing) -> impl IntoView {
    const DAY_MS: u64 = 24 * 60 * 60 * 1000;
    let locale = use_locale();
    let turn = Memo::new(move |_| {
        editing
            .items
            .with(|items| items.iter().map(|item| item.video.duration_ms).sum::<u64>())
    });
    let words = move || {
        let turn = turn.get();
        (turn > 0).then(|| {
            let seconds = i64::try_from(turn.div_ceil(1000)).unwrap_or(i64::MAX);
            let each = td_string!(locale, loops.turn, span = span(locale, seconds));
            let turns = td_string!(locale, loops.turns, number = number(locale, DAY_MS / turn));
            format!("{each} · {turns}")
        })
    };
    view! { <span class="ml-auto quiet text-sm">{words}</span> }
}
