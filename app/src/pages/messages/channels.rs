use api::message::{Channel, Channels, MailDoor};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_i18n::td_string;

use super::reason;
use crate::backend::messages::try_channel;
use crate::components::{Button, ButtonSize, Panel};
use crate::state::language::use_locale;
use crate::state::toasts::use_toasts;

/// Which ways are configured, and a try of each.
#[component]
pub(super) fn ChannelsPanel(channels: Channels) -> impl IntoView {
    let locale = use_locale();
    let slack = if channels.slack {
        td_string!(locale, messages.slack_on).to_owned()
    } else {
        td_string!(locale, messages.slack_off).to_owned()
    };
    let from = channels.from.unwrap_or_default();
    let mail = match channels.mail {
        Some(MailDoor::SendGrid) => td_string!(locale, messages.by_sendgrid, from),
        Some(MailDoor::Smtp) => td_string!(locale, messages.by_smtp, from),
        None => td_string!(locale, messages.mail_off).to_owned(),
    };
    let is_mail = channels.mail.is_some();
    let mail_name = td_string!(locale, messages.mail);
    view! {
        <Panel id="channels" title=td_string!(locale, messages.channels)>
            <ul class="rows">
                <Row name="Slack" words=slack is_on=channels.slack channel=Channel::Slack/>
                <Row name=mail_name words=mail is_on=is_mail channel=Channel::Mail/>
            </ul>
        </Panel>
    }
}

#[component]
fn Row(name: &'static str, words: String, is_on: bool, channel: Channel) -> impl IntoView {
    let locale = use_locale();
    let toasts = use_toasts();
    let busy = RwSignal::new(false);
    let step = move |_| {
        busy.set(true);
        spawn_local(async move {
            let outcome = try_channel(channel).await;
            busy.set(false);
            match outcome.map(|tried| tried.fault) {
                Ok(None) => toasts.done(td_string!(locale, messages.arrived)),
                Ok(Some(fault)) => toasts.failed(reason(locale, fault)),
                Err(error) => toasts.failed(error.message),
            }
        });
    };
    let button = is_on.then(|| {
        let label = td_string!(locale, messages.try_it).to_owned();
        view! { <Button label size=ButtonSize::Small disabled=busy on_click=step/> }
    });
    view! {
        <li class="py-3 flex flex-wrap items-center gap-x-4 gap-y-1">
            <div class="min-w-0 flex-1">
                <p class="font-medium">{name}</p>
                <p class="quiet text-sm wrap-anywhere">{words}</p>
            </div>
            {button}
        </li>
    }
    .into_any()
}
