use api::configuration::{PublishedLoop, RestoreConfiguration};
use api::error::ApiError;
use api::id::{SiteId, VideoId};
use leptos::html;
use leptos::prelude::*;
use leptos_i18n::td_string;

use super::frame::use_site;
use super::place::Place;
use super::words;
use crate::backend::configurations::{Restore, get_version};
use crate::components::{Button, ButtonKind, Dialog, Glyph, Icon, Load, close_dialog};
use crate::fetch::fetch;
use crate::state::language::use_locale;
use crate::state::toasts::use_toasts;

/// An old version is about to be published again.
#[derive(Clone, Copy)]
pub(super) struct Restoring {
    /// Which.
    pub chosen: RwSignal<Option<i32>>,
    /// Where it is confirmed.
    pub dialog: NodeRef<html::Dialog>,
    newest: i32,
    action: ServerAction<Restore>,
}

impl Restoring {
    /// Ready to restore on top of the newest version; `restored` counts what was.
    pub fn start(newest: i32, dialog: NodeRef<html::Dialog>, restored: RwSignal<u32>) -> Self {
        let (locale, toasts) = (use_locale(), use_toasts());
        let action = ServerAction::<Restore>::new();
        Effect::new(move || {
            if let Some(Ok(version)) = action.value().get() {
                close_dialog(dialog);
                toasts.done(td_string!(
                    locale,
                    loops.published,
                    version = version.version
                ));
                restored.update(|count| *count += 1);
            }
        });
        Self {
            chosen: RwSignal::new(None),
            dialog,
            newest,
            action,
        }
    }
}

/// Tells what restoring changes and what cannot come back, and does it.
#[component]
pub(super) fn RestoreDialog(restoring: Restoring) -> impl IntoView {
    let locale = use_locale();
    let site = use_site();
    let both = fetch(move || {
        let (id, chosen) = (site.id(), restoring.chosen.get());
        async move {
            match chosen {
                Some(chosen) => ask(id?, restoring.newest, chosen).await.map(Some),
                None => Ok(None),
            }
        }
    });
    view! {
        <Dialog dialog=restoring.dialog id="restore-title" title=td_string!(locale, loops.restore_title)>
            <Load resource=both let:both>
                {both.map(|(newest, old)| view! { <Confirm restoring newest old/> })}
            </Load>
        </Dialog>
    }
}

async fn ask(
    site: SiteId,
    newest: i32,
    chosen: i32,
) -> Result<(PublishedLoop, PublishedLoop), ApiError> {
    let newest = get_version(site, newest).await?;
    Ok((newest, get_version(site, chosen).await?))
}

#[component]
fn Confirm(restoring: Restoring, newest: PublishedLoop, old: PublishedLoop) -> impl IntoView {
    let locale = use_locale();
    let site = use_site();
    let version = old.published.version;
    let (here, missing): (Vec<Place>, Vec<Place>) = old
        .places
        .into_iter()
        .map(Place::from)
        .partition(|place| place.in_library);
    let published: Vec<Place> = newest.places.into_iter().map(Place::from).collect();
    let what = words::changed(locale, &published, &here);
    let what = if let Some(what) = what {
        td_string!(locale, loops.restore_does, version, what)
    } else {
        td_string!(locale, loops.restore_same, version)
    };
    let lost = lost(&missing);
    let is_short = !lost.is_empty();
    let leave_out: Vec<VideoId> = missing.iter().map(|place| place.id).collect();
    let send = move |_| {
        if let Ok(site) = site.id() {
            let wish = RestoreConfiguration {
                base_version: Some(restoring.newest),
                leave_out: leave_out.clone(),
            };
            restoring.action.dispatch(Restore {
                site,
                version,
                wish,
            });
        }
    };
    let label = if is_short {
        td_string!(locale, loops.restore_without)
    } else {
        td_string!(locale, loops.restore)
    };
    let refusal = move || restoring.action.value().get().and_then(Result::err);
    view! {
        <div class="grid gap-4">
            {move || refusal().map(|error| view! {
                <p role="alert" class="panel panel-error p-3">{error.message}</p>
            })}
            <p>{what}</p>
            {is_short.then(|| view! { <Missing names=lost/> })}
            <p class="quiet text-sm">{td_string!(locale, loops.restore_new)}</p>
            <div class="flex flex-wrap justify-end gap-2">
                <Button
                    label=td_string!(locale, loops.cancel).to_owned()
                    kind=ButtonKind::Ghost
                    on_click=move |_| close_dialog(restoring.dialog)
                />
                <Button
                    label=label.to_owned()
                    kind=ButtonKind::Primary
                    glyph=Glyph::History
                    disabled=restoring.action.pending()
                    on_click=send
                />
            </div>
        </div>
    }
}

/// Videos that the library no longer has.
#[component]
fn Missing(names: Vec<String>) -> impl IntoView {
    let locale = use_locale();
    let count = names.len() as u64;
    let names: Vec<_> = names
        .into_iter()
        .map(|name| view! { <li class="wrap-anywhere">{name}</li> })
        .collect();
    view! {
        <div class="panel panel-warning p-3 flex gap-3">
            <Icon glyph=Glyph::Warning class="w-5 h-5 shrink-0 mt-0.5"/>
            <div class="min-w-0">
                <p>{td_string!(locale, loops.restore_missing, count)}</p>
                <ul class="list-disc pl-5 mt-1">{names}</ul>
            </div>
        </div>
    }
}

/// Their names, each once.
fn lost(missing: &[Place]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for place in missing {
        if !names.contains(&place.name) {
            names.push(place.name.clone());
        }
    }
    names
}
