//! The browser keeps what was changed and not published.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use leptos_i18n::td_string;

use super::editing::{Base, Editing};
use crate::browser;
use crate::components::{Ago, Button, ButtonKind, ButtonSize};
use crate::state::drafts::{Draft, Drawer};
use crate::state::language::use_locale;

/// Keeps the draft of a loop.
#[derive(Clone, Copy)]
pub(super) struct Keeper {
    /// When the draft was kept that this page started from, if it did.
    resumed: RwSignal<Option<DateTime<Utc>>>,
}

impl Keeper {
    /// Takes the draft out of its drawer, and keeps every further change.
    pub fn start(editing: Editing, waiting: Memo<usize>, drawer: Drawer) -> Self {
        let keeper = Self {
            resumed: RwSignal::new(None),
        };
        let is_lost = StoredValue::new(false);
        Effect::new(move |started: Option<()>| {
            editing.items.track();
            editing.comment.track();
            let waiting = waiting.get();
            // Only the browser has a drawer: what the server rendered comes first.
            if started.is_none() {
                if let Some(draft) = drawer.find() {
                    // After the list is taken over, which still is what the server drew.
                    set_timeout(move || keeper.resume(editing, draft), Duration::ZERO);
                }
            } else if waiting == 0 {
                drawer.clear();
                is_lost.set_value(false);
            } else if let Some(kept_at) = browser::now() {
                let draft = draft(editing, kept_at);
                // One that was only taken out keeps its age.
                if !drawer.find().is_some_and(|kept| kept.is_same(&draft)) {
                    is_lost.set_value(!drawer.keep(&draft));
                }
            }
        });
        // A draft that the browser would not keep is lost with the page: ask first.
        browser::guard_leaving(move || is_lost.try_get_value() == Some(true));
        keeper
    }

    fn resume(self, editing: Editing, draft: Draft) {
        if editing.items.is_disposed() {
            return;
        }
        let base = Base {
            version: draft.base_version,
            videos: draft.base.into_iter().map(Arc::new).collect(),
        };
        let videos: Vec<_> = draft.videos.into_iter().map(Arc::new).collect();
        editing.resume(base, &videos);
        editing.comment.set(draft.comment);
        self.resumed.set(Some(draft.kept_at));
    }
}

fn draft(editing: Editing, kept_at: DateTime<Utc>) -> Draft {
    let base = editing.base.get_untracked();
    Draft {
        base_version: base.version,
        base: base.videos.iter().map(|video| (**video).clone()).collect(),
        videos: editing
            .videos_untracked()
            .iter()
            .map(|video| (**video).clone())
            .collect(),
        comment: editing.comment.get_untracked(),
        kept_at,
    }
}

/// Says that the page goes on with what was kept, and offers to drop it.
#[component]
pub(super) fn DraftNotice(editing: Editing, waiting: Memo<usize>, keeper: Keeper) -> impl IntoView {
    let locale = use_locale();
    let notice = move || {
        let kept_at = keeper.resumed.get().filter(|_| waiting.get() > 0)?;
        let drop = move |_| {
            editing.reset();
            editing.comment.set(String::new());
            keeper.resumed.set(None);
            editing
                .said
                .set(td_string!(locale, loops.draft_dropped).to_owned());
            browser::focus("content");
        };
        Some(view! {
            <div class="notice">
                <p class="min-w-0 flex-1 basis-60">
                    {td_string!(locale, loops.draft)} " " <span class="quiet"><Ago at=kept_at/></span>
                </p>
                <Button
                    label=td_string!(locale, loops.draft_drop).to_owned()
                    kind=ButtonKind::Ghost
                    size=ButtonSize::Small
                    on_click=drop
                />
                <Button
                    label=td_string!(locale, loops.draft_keep).to_owned()
                    kind=ButtonKind::Ghost
                    size=ButtonSize::Small
                    on_click=move |_| keeper.resumed.set(None)
                />
            </div>
        })
    };
    view! { <div role="status">{notice}</div> }
}
