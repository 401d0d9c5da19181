//! No such page.

use leptos::prelude::*;
use leptos_i18n::td_string;

use crate::components::{ButtonKind, Empty, Glyph, LinkButton, PageHead};
use crate::state::language::use_locale;
use crate::state::status;

/// Says that there is no such page, with the status that goes with it.
#[component]
pub fn Missing() -> impl IntoView {
    let locale = use_locale();
    status::not_found();
    view! {
        <PageHead title=td_string!(locale, missing.title).to_owned()/>
        <Empty
            glyph=Glyph::Search
            title=td_string!(locale, missing.what)
            text=td_string!(locale, missing.text)
        >
            <LinkButton
                href="/"
                label=td_string!(locale, missing.home)
                kind=ButtonKind::Primary
            />
        </Empty>
    }
}
