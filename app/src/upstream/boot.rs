//! The dashboard as files of another site: it begins when its server has answered.

use std::time::Duration;

use api::dashboard::Reception;
use api::path::DASHBOARD;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_i18n::td_string;

use super::{fetch_plain, json, origin, receive};
use crate::browser;
use crate::components::{Button, Glyph, Icon};
use crate::routes::App;
use crate::state::language::{provide_language, use_locale};

/// Where one signs in.
const SIGN_IN: &str = "/login";
/// Longer than this, and the server was asleep.
const PATIENCE: Duration = Duration::from_millis(1500);
/// Between two tries.
const PAUSE: Duration = Duration::from_secs(2);
/// Tries that fail before we say so: hosts take half a minute to wake a server.
const TRIES: u32 = 30;

/// How far the page is with its server.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Stage {
    /// Nothing is known yet.
    Asking,
    /// It takes longer than usual.
    Waking,
    /// It does not answer.
    Silent,
    /// It does not allow pages of this site.
    Refused,
    /// The dashboard begins.
    Reached,
}

/// Draws the dashboard into a page that another site served. What only such pages need comes with it, and
/// not with the dashboard itself.
#[lazy]
pub fn begin() {
    browser::adopt_choices();
    browser::clear_page();
    mount_to_body(Elsewhere);
}

/// The dashboard, once its server has received it.
#[component]
fn Elsewhere() -> impl IntoView {
    provide_language();
    let stage = RwSignal::new(Stage::Asking);
    let ask = move || spawn_local(reach(stage));
    ask();
    move || match stage.get() {
        Stage::Reached => view! { <App/> }.into_any(),
        Stage::Asking => ().into_any(),
        stage => view! { <Threshold stage retry=Callback::new(move |()| ask())/> }.into_any(),
    }
}

async fn reach(stage: RwSignal<Stage>) {
    stage.set(Stage::Asking);
    let late = move || {
        // Told only where it is so: whoever hears of a stage draws the whole dashboard anew.
        stage.maybe_update(|stage| {
            let is_late = *stage == Stage::Asking;
            if is_late {
                *stage = Stage::Waking;
            }
            is_late
        });
    };
    set_timeout(late, PATIENCE);
    for _ in 0..TRIES {
        if let Some(is_allowed) = knock().await {
            return match is_allowed {
                true if leads_to_sign_in().await => {}
                true => stage.set(Stage::Reached),
                false => stage.set(Stage::Refused),
            };
        }
        let (_, pause) = browser::pause(PAUSE);
        pause.await;
    }
    stage.set(Stage::Silent);
}

/// Strangers go to the sign-in page before any page asks for what they may not see.
async fn leads_to_sign_in() -> bool {
    let is_stranger = match receive().await {
        Ok(reception) => !reception.is_signed_in,
        // Pages say what is wrong.
        Err(_) => false,
    };
    let leads = is_stranger && !browser::is_at(SIGN_IN);
    if leads {
        browser::leave_for(&format!("{SIGN_IN}?next={}", browser::here_encoded()));
    }
    leads
}

/// Whether the server allows this page; none while it does not answer. Without cookies: so asked, it
/// answers pages of every site.
async fn knock() -> Option<bool> {
    let answer = fetch_plain("GET", DASHBOARD, None).await.ok()?;
    if !answer.ok() {
        // A database that is lost is for the pages to say; what stands before a sleeping server answers
        // without a word of ours.
        let refusal: Option<api::error::ApiError> = json(&answer).await;
        return refusal.map(|_| true);
    }
    let reception: Reception = json(&answer).await?;
    Some(reception.is_allowed)
}

/// Why the dashboard has not begun.
#[component]
fn Threshold(stage: Stage, retry: Callback<()>) -> impl IntoView {
    let locale = use_locale();
    let server = origin();
    let (title, text) = match stage {
        Stage::Refused => (
            td_string!(locale, upstream.refused),
            td_string!(
                locale,
                upstream.refused_text,
                server = server,
                page = browser::own_origin()
            ),
        ),
        Stage::Silent => (
            td_string!(locale, upstream.silent),
            td_string!(locale, upstream.silent_text, server = server),
        ),
        Stage::Asking | Stage::Waking | Stage::Reached => (
            td_string!(locale, upstream.waking),
            td_string!(locale, upstream.waking_text).to_owned(),
        ),
    };
    let is_waking = stage == Stage::Waking;
    let glyph = if is_waking {
        Glyph::History
    } else {
        Glyph::Offline
    };
    view! {
        <main class="min-h-screen grid place-items-center px-6" role="status">
            <div class="empty max-w-xl">
                <Icon glyph class="w-8 h-8 quiet"/>
                <h1 class="display text-lg font-semibold">{title}</h1>
                <p class="quiet">{text}</p>
                {is_waking.then(|| view! { <progress class="progress w-56" aria-label=title></progress> })}
                {(!is_waking)
                    .then(|| {
                        let label = td_string!(locale, load.retry).to_owned();
                        view! { <Button label on_click=move |_| retry.run(())/> }
                    })}
            </div>
        </main>
    }
}
