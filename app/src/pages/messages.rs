//! `/messages`: by what ways people are told, and what did not reach them.

mod channels;
mod dead;

use api::message::{Fault, MessageFilter, MessageState};
use leptos::prelude::*;
use leptos_i18n::td_string;
use leptos_router::hooks::use_query_map;

use crate::backend::messages::{get_channels, list_messages};
use crate::components::{Load, PageHead};
use crate::fetch::fetch;
use crate::i18n::Locale;
use crate::pages::query;
use crate::state::language::use_locale;

use channels::ChannelsPanel;
use dead::DeadPanel;

/// By what ways people are told, and what did not reach them.
#[component]
pub fn MessagesPage() -> impl IntoView {
    let locale = use_locale();
    let parameters = use_query_map();
    let channels = fetch(get_channels);
    let dead = fetch(move || {
        list_messages(MessageFilter {
            state: Some(MessageState::Dead),
            page: parameters.with(|parameters| query::value(parameters, "page")),
            per_page: None,
        })
    });
    let changed = Callback::new(move |()| dead.refetch());
    view! {
        <PageHead title=td_string!(locale, messages.title).to_owned()/>
        <div class="grid gap-6">
            <Load resource=channels let:channels>
                <ChannelsPanel channels/>
            </Load>
            <Load resource=dead let:page>
                <DeadPanel page changed/>
            </Load>
        </div>
    }
}

/// Why a message did not go out, and what to do.
fn reason(locale: Locale, fault: Fault) -> &'static str {
    match fault {
        Fault::Unreachable => td_string!(locale, messages.unreachable),
        Fault::TimedOut => td_string!(locale, messages.timed_out),
        Fault::Busy => td_string!(locale, messages.busy),
        Fault::Failing => td_string!(locale, messages.failing),
        Fault::KeyRefused => td_string!(locale, messages.key_refused),
        Fault::SenderNotVerified => td_string!(locale, messages.sender_not_verified),
        Fault::RecipientRefused => td_string!(locale, messages.recipient_refused),
        Fault::WebhookGone => td_string!(locale, messages.webhook_gone),
        Fault::NotConfigured => td_string!(locale, messages.not_configured),
        Fault::Refused | Fault::Other => td_string!(locale, messages.refused),
    }
}
