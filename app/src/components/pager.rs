use leptos::prelude::*;
use leptos_i18n::td_string;

use crate::format::number;
use crate::state::language::use_locale;

/// Which rows are shown, and the way to the others.
#[component]
pub fn Pager(
    /// Number of this page, from 1.
    page: u32,
    /// How many pages there are.
    pages: u64,
    /// The address of a page.
    href: Callback<u64, String>,
) -> impl IntoView {
    let locale = use_locale();
    let current = u64::from(page);
    let link = move |target: u64, label: &'static str, rel: &'static str| {
        let possible = target >= 1 && target <= pages;
        possible.then(|| view! { <a class="btn btn-sm" rel=rel href=href.run(target)>{label}</a> })
    };
    let place = td_string!(
        locale,
        pager.place,
        page = number(locale, current),
        pages = number(locale, pages)
    );
    (pages > 1).then(|| {
        view! {
            <nav
                class="flex items-center justify-end gap-3 mt-5"
                aria-label=td_string!(locale, pager.label)
            >
                {link(current.saturating_sub(1), td_string!(locale, pager.previous), "prev")}
                <span class="quiet text-sm">{place}</span>
                {link(current + 1, td_string!(locale, pager.next), "next")}
            </nav>
        }
    })
}
