use api::account::OwnSession;
use api::error::ApiError;
use api::id::SessionId;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_i18n::td_string;

use super::device::device;
use crate::backend::accounts::{end_other_sessions, end_session};
use crate::components::{Ago, Button, ButtonSize, Panel};
use crate::state::language::use_locale;
use crate::state::toasts::use_toasts;

/// Where one is signed in, and the way to end it elsewhere.
#[component]
pub(super) fn SessionsPanel(sessions: Vec<OwnSession>, changed: Callback<()>) -> impl IntoView {
    let locale = use_locale();
    let toasts = use_toasts();
    let has_others = sessions.iter().any(|session| !session.is_current);
    let report = Callback::new(move |outcome: Result<(), ApiError>| match outcome {
        Ok(()) => {
            toasts.done(td_string!(locale, account.ended));
            changed.run(());
        }
        Err(error) => toasts.failed(error.message),
    });
    let end = Callback::new(move |id: SessionId| {
        spawn_local(async move { report.run(end_session(id).await) });
    });
    let end_others = move |_| {
        spawn_local(async move { report.run(end_other_sessions().await) });
    };
    let rows: Vec<_> = sessions
        .into_iter()
        .map(|session| view! { <Row session end/> })
        .collect();
    view! {
        <Panel id="sessions" title=td_string!(locale, account.sessions)>
            <p class="quiet mb-2">{td_string!(locale, account.sessions_text)}</p>
            <ul class="rows">{rows}</ul>
            {has_others
                .then(|| {
                    view! {
                        <div class="mt-4">
                            <Button
                                label=td_string!(locale, account.end_others).to_owned()
                                on_click=end_others
                            />
                        </div>
                    }
                })}
        </Panel>
    }
}

#[component]
fn Row(session: OwnSession, end: Callback<SessionId>) -> impl IntoView {
    let locale = use_locale();
    let name = session.user_agent.as_deref().and_then(device);
    let name = name.unwrap_or_else(|| td_string!(locale, account.unknown_device).to_owned());
    let id = session.id;
    let label = td_string!(locale, account.end_one, name = name.clone());
    let end = (!session.is_current).then(|| {
        view! {
            <Button
                label=td_string!(locale, account.end).to_owned()
                size=ButtonSize::Small
                attr:aria-label=label
                on_click=move |_| end.run(id)
            />
        }
    });
    let here = session.is_current.then(
        || view! { <span class="badge badge-sm">{td_string!(locale, account.this_one)}</span> },
    );
    view! {
        <li class="py-3 flex flex-wrap items-center gap-x-4 gap-y-1">
            <div class="min-w-0 flex-1">
                <p class="font-medium flex flex-wrap items-center gap-2">{name} {here}</p>
                <p class="quiet text-sm wrap-anywhere">
                    {td_string!(locale, account.from, address = session.address)}
                    " · "
                    {td_string!(locale, account.last_used)}
                    " "
                    <Ago at=session.last_used_at/>
                </p>
            </div>
            {end}
        </li>
    }
}
