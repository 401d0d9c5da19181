use api::configuration::SiteLoop;
use api::permission::Permission;
use leptos::html;
use leptos::prelude::*;
use leptos_i18n::td_string;

use super::add::AddDialog;
use super::draft::{DraftNotice, Keeper};
use super::editing::Editing;
use super::frame::use_site;
use super::loop_list::LoopList;
use super::newer::Watch;
use super::newer_notice::NewerNotice;
use super::publish::{PublishForm, Publishing};
use super::tools::{UndoButtons, listen_for_undo};
use crate::components::{Button, ButtonSize, Glyph, Later, Load, Panel, open_dialog};
use crate::format::{number, span};
use crate::state::drafts::Drawer;
use crate::state::language::use_locale;
use crate::state::session::use_session;

/// The loop of a site: who may publish edits it, others look.
#[component]
pub(super) fn LoopPanel(
    site_loop: SiteLoop,
    /// Counts publications.
    published: RwSignal<u32>,
) -> impl IntoView {
    let session = use_session();
    view! {
        <Load resource=session.0 let:account>
            {
                let editing = Editing::start(site_loop.clone());
                if account.role.allows(Permission::PublishConfigurations) {
                    let drawer = Drawer { account: account.id, site: editing.site };
                    view! { <LoopEditor editing drawer published/> }.into_any()
                } else {
                    view! { <LoopReader editing/> }.into_any()
                }
            }
        </Load>
    }
}

#[component]
fn LoopReader(editing: Editing) -> impl IntoView {
    let locale = use_locale();
    view! {
        <Panel id="loop" title=td_string!(locale, loops.title) aside=view! { <Turn editing/> }.into_any()>
            <LoopList editing editable=false/>
        </Panel>
    }
}

/// Edits and publishes the loop of a site.
#[component]
fn LoopEditor(editing: Editing, drawer: Drawer, published: RwSignal<u32>) -> impl IntoView {
    let locale = use_locale();
    let waiting = editing.waiting();
    let keeper = Keeper::start(editing, waiting, drawer);
    let publishing = Publishing::start(editing, published);
    let watch = Watch::start(waiting, publishing, use_site().published_version());
    listen_for_undo(editing);
    let dialog = NodeRef::<html::Dialog>::new();
    let is_open = RwSignal::new(false);
    let open = move |_| {
        is_open.set(true);
        open_dialog(dialog);
    };
    view! {
        <Panel id="loop" title=td_string!(locale, loops.title) aside=view! { <Turn editing/> }.into_any()>
            <NewerNotice editing waiting watch/>
            <DraftNotice editing waiting keeper/>
            <Later>
                <LoopList editing editable=true/>
            </Later>
            <p class="visually-hidden" role="status">{editing.said}</p>
            <div class="mt-3 flex flex-wrap items-center gap-2">
                <Button
                    label=td_string!(locale, loops.add).to_owned()
                    size=ButtonSize::Small
                    glyph=Glyph::Plus
                    on_click=open
                />
                <UndoButtons editing/>
            </div>
            <Later>
                <PublishForm editing waiting publishing/>
            </Later>
            <AddDialog editing dialog is_open/>
        </Panel>
    }
}

/// How long one turn takes, and how often it comes.
#[component]
fn Turn(editing: Editing) -> impl IntoView {
    const DAY_MS: u64 = 24 * 60 * 60 * 1000;
    let locale = use_locale();
    let turn = Memo::new(move |_| {
        editing
            .items
            .with(|items| items.iter().map(|item| item.video.duration_ms).sum::<u64>())
    });
    let words = move || {
        let turn = turn.get();
        (turn > 0).then(|| {
            let seconds = i64::try_from(turn.div_ceil(1000)).unwrap_or(i64::MAX);
            let each = td_string!(locale, loops.turn, span = span(locale, seconds));
            let turns = td_string!(locale, loops.turns, number = number(locale, DAY_MS / turn));
            format!("{each} · {turns}")
        })
    };
    view! { <span class="ml-auto quiet text-sm">{words}</span> }
}
