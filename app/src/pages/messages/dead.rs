use api::id::MessageId;
use api::message::{Channel, Message};
use api::page::Page;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_i18n::td_string;

use super::reason;
use crate::backend::messages::retry_message;
use crate::components::{Ago, Button, ButtonSize, Pager, Panel};
use crate::pages::query;
use crate::state::language::use_locale;
use crate::state::toasts::use_toasts;

/// Messages that were given up.
#[component]
pub(super) fn DeadPanel(page: Page<Message>, changed: Callback<()>) -> impl IntoView {
    let locale = use_locale();
    let toasts = use_toasts();
    let retry = Callback::new(move |id: MessageId| {
        spawn_local(async move {
            match retry_message(id).await {
                Ok(()) => {
                    toasts.done(td_string!(locale, messages.retried));
                    changed.run(());
                }
                Err(error) => toasts.failed(error.message),
            }
        });
    });
    let (number, pages) = (page.page, page.pages());
    let href =
        Callback::new(|page: u64| query::address("/messages", &[("page", Some(page.to_string()))]));
    let rows: Vec<_> = page
        .items
        .into_iter()
        .map(|message| view! { <Row message retry/> })
        .collect();
    let content = if rows.is_empty() {
        view! { <p class="quiet">{td_string!(locale, messages.none)}</p> }.into_any()
    } else {
        view! { <ul class="rows">{rows}</ul> }.into_any()
    };
    view! {
        <Panel id="dead-messages" title=td_string!(locale, messages.dead)>
            {content}
            <Pager page=number pages href/>
        </Panel>
    }
}

#[component]
fn Row(message: Message, retry: Callback<MessageId>) -> impl IntoView {
    let locale = use_locale();
    let to = match message.channel {
        Channel::Slack => "Slack".to_owned(),
        Channel::Mail | Channel::Other => message.recipient,
    };
    let why = message.fault.map(|fault| reason(locale, fault));
    let (id, at) = (message.id, message.created_at);
    let label = td_string!(locale, load.retry).to_owned();
    view! {
        <li class="py-3 flex flex-wrap items-center gap-x-4 gap-y-1">
            <div class="min-w-0 flex-1">
                <p class="font-medium wrap-anywhere">{message.subject}</p>
                <p class="text-sm wrap-anywhere">{why}</p>
                <p class="quiet text-sm wrap-anywhere">{to} " · " <Ago at/></p>
            </div>
            <Button label size=ButtonSize::Small on_click=move |_| retry.run(id)/>
        </li>
    }
    .into_any()
}
