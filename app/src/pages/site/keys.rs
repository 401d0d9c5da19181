//! `/sites/{id}/player`: the box behind the TV, the one that comes and the one that goes.

mod change;
mod copied;
mod current;
mod facts;
mod history;
mod pending;
mod retiring;
mod revoke;

use api::event::Event;
use api::key::{KeyState, SiteKeys};
use api::site::SiteDetail;
use leptos::prelude::*;

use super::frame::use_site;
use crate::backend::keys::list_site_keys;
use crate::components::Load;
use crate::fetch::fetch;
use crate::live;
use crate::state::step_up::{StepUp, StepUpDialog};

use change::Changes;
use copied::Copied;
use current::Current;
use history::History;
use pending::Pending;
use retiring::Retiring;

/// The box behind the TV and what can be done with it.
#[component]
pub fn SiteKeysPage() -> impl IntoView {
    let site = use_site();
    let keys = fetch(move || {
        let id = site.id();
        async move { list_site_keys(id?).await }
    });
    view! {
        <Load resource=site.detail let:detail>
            <Load resource=keys let:keys>
                <Boxes detail=site.follow(detail.clone()) keys/>
            </Load>
        </Load>
    }
}

#[component]
fn Boxes(detail: Signal<SiteDetail>, keys: SiteKeys) -> impl IntoView {
    let site = detail.with_untracked(|detail| detail.site.id);
    let keys = RwSignal::new(keys);
    let concerns = move |event| event == Event::SiteChanged { site };
    live::follow(keys, move || list_site_keys(site), concerns);
    let step_up = StepUp::default();
    let changes = Changes::new(site, keys, step_up);
    let key = move |state| Memo::new(move |_| keys.with(|keys| keys.in_state(state).cloned()));
    let (current, pending) = (key(KeyState::Current), key(KeyState::Pending));
    let retiring = key(KeyState::Retiring);
    let copied = Memo::new(move |_| detail.with(|detail| detail.site.clone_seen_at));
    // Beside a pending one its facts are shown already.
    let shows_current = move || copied.with(Option::is_some) || pending.with(Option::is_none);
    // Drawn anew for another box only: reports come while somebody reads its dialog.
    let shown = Memo::new(move |_| {
        let id = move || current.with(|key| key.as_ref().map(|key| key.key_id.clone()));
        shows_current().then(id)
    });
    view! {
        <div class="grid xl:grid-cols-[minmax(0,1fr)_360px] gap-6 items-start">
            <div class="grid gap-6 min-w-0">
            {move || copied.get().map(|seen| view! { <Copied seen/> })}
            {move || pending.get().map(|key| view! { <Pending key current=current.get() changes/> })}
            {move || shown.get().map(|_| view! { <Current key=current detail changes/> })}
            {move || retiring.get().map(|key| view! { <Retiring key changes/> })}
            </div>
            <History keys/>
        </div>
        <StepUpDialog step_up/>
    }
}
