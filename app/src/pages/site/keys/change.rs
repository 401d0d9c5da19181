use api::error::ApiError;
use api::id::SiteId;
use api::key::SiteKeys;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_i18n::td_string;

use crate::backend::keys::{accept_site_key, restore_site_key, revoke_site_key};
use crate::i18n::Locale;
use crate::state::language::use_locale;
use crate::state::step_up::StepUp;
use crate::state::toasts::{Toasts, use_toasts};

/// What can be done with the key of this id.
#[derive(Clone, Debug)]
pub(super) enum Change {
    Accept(String),
    Refuse(String),
    Restore(String),
    Revoke(String),
}

impl Change {
    async fn send(self, site: SiteId) -> Result<SiteKeys, ApiError> {
        match self {
            Self::Accept(key) => accept_site_key(site, key).await,
            Self::Restore(key) => restore_site_key(site, key).await,
            Self::Refuse(key) | Self::Revoke(key) => revoke_site_key(site, key).await,
        }
    }

    fn done(&self, locale: Locale) -> &'static str {
        match self {
            Self::Accept(_) => td_string!(locale, keys.accepted_done),
            Self::Refuse(_) => td_string!(locale, keys.refused_done),
            Self::Restore(_) => td_string!(locale, keys.restored_done),
            Self::Revoke(_) => td_string!(locale, keys.revoked_done),
        }
    }
}

/// Makes changes, asking for the password where the server wants it.
#[derive(Clone, Copy)]
pub(super) struct Changes {
    site: SiteId,
    keys: RwSignal<SiteKeys>,
    step_up: StepUp,
    toasts: Toasts,
    locale: Locale,
    /// Whether one is under way.
    pub is_busy: RwSignal<bool>,
}

impl Changes {
    pub fn new(site: SiteId, keys: RwSignal<SiteKeys>, step_up: StepUp) -> Self {
        Self {
            site,
            keys,
            step_up,
            toasts: use_toasts(),
            locale: use_locale(),
            is_busy: RwSignal::new(false),
        }
    }

    pub fn make(self, change: Change) {
        self.is_busy.set(true);
        spawn_local(async move {
            let outcome = change.clone().send(self.site).await;
            self.is_busy.try_set(false);
            match outcome {
                Ok(keys) => {
                    self.keys.try_set(keys);
                    self.toasts.done(change.done(self.locale));
                }
                Err(error) => {
                    let again = move || self.make(change.clone());
                    if !self.step_up.answers(&error, again) {
                        self.toasts.failed(error.message);
                    }
                }
            }
        });
    }
}
