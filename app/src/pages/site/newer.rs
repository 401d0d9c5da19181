//! Somebody else published while the loop was being edited.

use std::sync::Arc;

use api::configuration::{ConfigurationVersion, VersionFilter};
use api::error::ApiError;
use api::id::SiteId;
use api::video::Video;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::editing::Base;
use super::place::places;
use super::publish::Publishing;
use super::words;
use crate::backend::configurations::{get_loop, list_versions};
use crate::i18n::Locale;
use crate::state::language::use_locale;
use crate::state::toasts::{Toasts, use_toasts};

/// What was published since.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Newer {
    /// The newest version.
    pub published: ConfigurationVersion,
    /// Its loop, in order.
    pub videos: Vec<Arc<Video>>,
    /// Who published since, each once.
    pub people: Vec<String>,
}

impl Newer {
    /// What was published since a version, if anything.
    async fn find(site: SiteId, base: Option<i32>) -> Result<Option<Self>, ApiError> {
        let site_loop = get_loop(site).await?;
        let versions = list_versions(site, VersionFilter::default()).await?;
        let newest = site_loop.published.clone();
        let Some(published) = newest.filter(|newest| Some(newest.version) > base) else {
            return Ok(None);
        };
        let mut people: Vec<String> = Vec::new();
        for version in versions.items.into_iter().rev() {
            let since = Some(version.version) > base && version.version <= published.version;
            if since && !people.contains(&version.published_by) {
                people.push(version.published_by);
            }
        }
        Ok(Some(Self {
            published,
            videos: Base::of(site_loop).videos,
            people,
        }))
    }

    /// As what the loop is compared with.
    pub fn base(&self) -> Base {
        Base {
            version: Some(self.published.version),
            videos: self.videos.clone(),
        }
    }

    /// `Marie a ajouté « X », retiré « Y »`.
    pub fn sentence(&self, locale: Locale, base: &Base) -> String {
        let (before, after) = (places(&base.videos), places(&self.videos));
        words::did(
            locale,
            &self.people,
            words::changed(locale, &before, &after),
        )
    }
}

/// Looks out for what others publish.
#[derive(Clone, Copy)]
pub(super) struct Watch {
    /// What was published and not answered yet.
    pub newer: RwSignal<Option<Newer>>,
    waiting: Memo<usize>,
    publishing: Publishing,
    locale: Locale,
    toasts: Toasts,
}

impl Watch {
    /// Looks whenever the newest version is not the one that is edited, or a publication is
    /// refused for that.
    pub fn start(
        waiting: Memo<usize>,
        publishing: Publishing,
        newest: Signal<Option<i32>>,
    ) -> Self {
        let watch = Self {
            newer: RwSignal::new(None),
            waiting,
            publishing,
            locale: use_locale(),
            toasts: use_toasts(),
        };
        Effect::new(move || {
            let base = publishing.editing.base.with(|base| base.version);
            let told = watch
                .newer
                .with(|newer| newer.as_ref().map(|newer| newer.published.version));
            let is_untold = newest.get() > base.max(told);
            let is_outrun = publishing.is_outrun() && told.is_none();
            if !publishing.is_pending() && (is_untold || is_outrun) {
                watch.look();
            }
        });
        watch
    }

    fn look(self) {
        let site = self.publishing.editing.site;
        let base = self
            .publishing
            .editing
            .base
            .with_untracked(|base| base.version);
        spawn_local(async move {
            // A failed question changes nothing: the next one may succeed.
            if let Ok(Some(newer)) = Newer::find(site, base).await {
                self.found(newer);
            }
        });
    }

    fn found(self, newer: Newer) {
        // The page may be gone, or another answer have been quicker.
        let base = self.publishing.editing.base.try_get_untracked();
        let Some(base) = base.filter(|base| Some(newer.published.version) > base.version) else {
            return;
        };
        let is_touched = self.waiting.get_untracked() > 0;
        if is_touched || untrack(|| self.publishing.is_outrun()) {
            self.newer.set(Some(newer));
        } else {
            self.toasts.done(newer.sentence(self.locale, &base));
            self.publishing.editing.resume(newer.base(), &newer.videos);
        }
    }

    /// Takes the newer version; the own changes can be brought back by undoing.
    pub fn take(self, newer: &Newer) {
        self.answer(newer);
        self.publishing.editing.replace(&newer.videos);
    }

    /// Puts the own changes on top of the newer version; they are published as usual.
    pub fn merge(self, newer: &Newer, merged: &[Arc<Video>]) {
        self.answer(newer);
        self.publishing.editing.replace(merged);
    }

    /// Publishes the own loop after the newer version.
    pub fn overrule(self, newer: &Newer) {
        self.answer(newer);
        self.publishing.send();
    }

    fn answer(self, newer: &Newer) {
        self.publishing.clear();
        self.newer.set(None);
        self.publishing.editing.rebase(newer.base());
    }
}
