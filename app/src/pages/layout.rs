//! What surrounds every page: navigation, top bar, messages.

mod account;
mod keyboard;
mod navigation;
mod switches;

use leptos::html;
use leptos::prelude::*;
use leptos_i18n::td_string;
use leptos_router::components::Outlet;
use leptos_router::hooks::use_location;

use crate::browser;
use crate::components::{Glyph, Icon, Later, QueryForm, ToastRegion};
use crate::live::{LiveSign, provide_live};
use crate::state::language::use_locale;
use crate::state::session::provide_session;
use crate::upstream::UpstreamSign;

use account::AccountMenu;
use keyboard::{KeyboardHelp, listen_for_keys};
use navigation::{BottomBar, SideBar};
pub use switches::{LanguageSwitch, ThemeSwitch};

/// Where the content of a page begins: the skip link's target, and the focus after navigation.
const CONTENT: &str = "content";
/// The top bar's search.
const SEARCH: &str = "search";

/// The parent of every route.
#[component]
pub fn Layout() -> impl IntoView {
    let locale = use_locale();
    provide_session();
    provide_live();
    let help = NodeRef::<html::Dialog>::new();
    listen_for_keys(SEARCH, help);
    focus_content_after_navigation();
    view! {
        <a class="skip-link" href=format!("#{CONTENT}")>
            {td_string!(locale, layout.skip)}
        </a>
        <div class="flex min-h-screen">
            <SideBar/>
            <div class="flex-1 min-w-0 flex flex-col">
                <TopBar help/>
                <main
                    id=CONTENT
                    tabindex="-1"
                    class="flex-1 w-full max-w-[1320px] mx-auto px-4 lg:px-8 py-6 clear-bottom-bar lg:pb-10"
                >
                    <Outlet/>
                </main>
            </div>
        </div>
        <Later>
            <BottomBar/>
        </Later>
        <LiveSign/>
        <UpstreamSign/>
        <ToastRegion/>
        <Later>
            <KeyboardHelp dialog=help/>
        </Later>
    }
}

#[component]
fn TopBar(help: NodeRef<html::Dialog>) -> impl IntoView {
    let locale = use_locale();
    let label = td_string!(locale, layout.search);
    view! {
        <header class="sticky top-0 z-10 flex items-center gap-2 px-4 lg:px-8 py-3 border-b border-base-300 bg-base-100">
            <Later>
                <QueryForm action="/sites">
                    <label class="input input-sm w-full sm:w-96">
                        <Icon glyph=Glyph::Search/>
                        <input
                            id=SEARCH
                            type="search"
                            name="search"
                            placeholder=label
                            aria-label=label
                            autocomplete="off"
                        />
                        <kbd class="kbd kbd-xs hidden sm:inline-flex">"/"</kbd>
                    </label>
                </QueryForm>
            </Later>
            <div class="ml-auto flex items-center gap-1">
                <Later>
                    <keyboard::HelpButton dialog=help/>
                    <ThemeSwitch/>
                    <LanguageSwitch/>
                </Later>
                <div class="lg:hidden">
                    <AccountMenu compact=true/>
                </div>
            </div>
        </header>
    }
    .into_any()
}

/// Keyboards and screen readers start at the new page's content, as after a real navigation.
fn focus_content_after_navigation() {
    let path = use_location().pathname;
    Effect::new(move |previous: Option<String>| {
        let path = path.get();
        if previous.is_some_and(|previous| previous != path) {
            browser::focus(CONTENT);
        }
        path
    });
}
