use api::alert::Alert;
use api::error::ApiError;
use api::permission::Permission;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_i18n::td_string;

use super::words;
use crate::backend::alerts::{acknowledge_alert, mute_site};
use crate::components::{Ago, Button, ButtonSize};
use crate::state::language::use_locale;
use crate::state::session::Allowed;
use crate::state::toasts::use_toasts;

/// For how long a site is muted by one press.
const MUTED_HOURS: u32 = 24;

/// One alert, and what can be done about it.
#[component]
pub(super) fn Row(alert: Alert, changed: Callback<()>) -> impl IntoView {
    let locale = use_locale();
    let words = words(locale, &alert);
    let title = match alert.site {
        Some(site) => view! { <a href=format!("/sites/{site}")>{words}</a> }.into_any(),
        None => words.into_any(),
    };
    let state = match alert.closed_at {
        None => view! { <span class="badge badge-sm">{td_string!(locale, alerts.is_open)}</span> },
        Some(_) => {
            view! { <span class="badge badge-sm">{td_string!(locale, alerts.is_ended)}</span> }
        }
    };
    let ended = alert.closed_at.map(|at| {
        view! { " · " {td_string!(locale, alerts.ended_at)} " " <Ago at/> }
    });
    let known = alert.acknowledged_by.clone().map(|name| {
        view! { " · " {td_string!(locale, alerts.known_by, name)} }
    });
    let muted = alert
        .muted_until
        .map(|_| view! { " · " {td_string!(locale, alerts.muted)} });
    let at = alert.opened_at;
    view! {
        <li class="py-3 flex flex-wrap items-center gap-x-4 gap-y-1">
            <div class="min-w-0 flex-1">
                <p class="font-medium flex flex-wrap items-center gap-2 wrap-anywhere">
                    {title} {state}
                </p>
                <p class="quiet text-sm wrap-anywhere">
                    {td_string!(locale, alerts.since)} " " <Ago at/> {ended} {known} {muted}
                </p>
            </div>
            <Allowed permission=Permission::ManageAlerts>
                <Actions alert=alert.clone() changed/>
            </Allowed>
        </li>
    }
    .into_any()
}

#[component]
fn Actions(alert: Alert, changed: Callback<()>) -> impl IntoView {
    let locale = use_locale();
    let toasts = use_toasts();
    let report = Callback::new(move |outcome: Result<(), ApiError>| match outcome {
        Ok(()) => {
            toasts.done(td_string!(locale, alerts.noted));
            changed.run(());
        }
        Err(error) => toasts.failed(error.message),
    });
    let id = alert.id;
    let is_new = alert.closed_at.is_none() && alert.acknowledged_at.is_none();
    let acknowledge = is_new.then(|| {
        let step = move |_| spawn_local(async move { report.run(acknowledge_alert(id).await) });
        let label = td_string!(locale, alerts.acknowledge).to_owned();
        view! { <Button label size=ButtonSize::Small on_click=step/> }
    });
    let is_muted = alert.muted_until.is_some();
    let mute = alert.site.map(|site| {
        let hours = if is_muted { 0 } else { MUTED_HOURS };
        let step = move |_| spawn_local(async move { report.run(mute_site(site, hours).await) });
        let label = if is_muted {
            td_string!(locale, alerts.unmute)
        } else {
            td_string!(locale, alerts.mute)
        };
        view! { <Button label=label.to_owned() size=ButtonSize::Small on_click=step/> }
    });
    view! { <div class="flex flex-wrap gap-2">{acknowledge} {mute}</div> }
}
