//! `/videos/storage`: files that somebody put into the storage by hand.

mod row;

use api::event::Event;
use api::foreign::{ForeignFilter, ForeignObject, ForeignState};
use api::page::Page;
use leptos::prelude::*;
use leptos_i18n::td_string;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;

use crate::backend::foreign::list_foreign_objects;
use crate::components::{Empty, Glyph, Load, PageHead, Pager};
use crate::fetch::fetch;
use crate::live;
use crate::pages::query;
use crate::state::language::use_locale;

use row::Row;

/// Where this page is.
const PATH: &str = "/videos/storage";
/// The value of the parameter `state`.
const IGNORED: &str = "ignored";

/// Files of the storage that no video names.
#[component]
pub fn ForeignPage() -> impl IntoView {
    let locale = use_locale();
    let parameters = use_query_map();
    let filter = Memo::new(move |_| parameters.with(filter_of));
    let files = fetch(move || list_foreign_objects(filter.get()));
    let changed = Callback::new(move |()| files.refetch());
    let above =
        view! { <a class="link link-hover" href="/videos">{td_string!(locale, nav.videos)}</a> };
    view! {
        <PageHead title=td_string!(locale, foreign.title).to_owned() above=above.into_any()/>
        <p class="quiet mb-5 max-w-prose">{td_string!(locale, foreign.text)}</p>
        <Filters filter/>
        <Load resource=files let:page>
            <FileList page filter=filter.get_untracked() changed/>
        </Load>
    }
}

/// Which of them are shown: plain links, each with its address.
#[component]
fn Filters(filter: Memo<ForeignFilter>) -> impl IntoView {
    let locale = use_locale();
    let choices = [
        (None, td_string!(locale, foreign.offered)),
        (
            Some(ForeignState::Ignored),
            td_string!(locale, foreign.ignored),
        ),
    ];
    let links: Vec<_> = choices
        .into_iter()
        .map(|(state, words)| {
            let current = move || (filter.get().state == state).then_some("page");
            let of = ForeignFilter {
                state,
                ..ForeignFilter::default()
            };
            view! {
                <a class="btn btn-sm" href=address(of, 1) aria-current=current>
                    {words}
                </a>
            }
        })
        .collect();
    view! {
        <nav class="flex flex-wrap gap-2 mb-5" aria-label=td_string!(locale, foreign.filter)>
            {links}
        </nav>
    }
}

/// A page of the files. Follows what becomes of them.
#[component]
fn FileList(
    page: Page<ForeignObject>,
    filter: ForeignFilter,
    changed: Callback<()>,
) -> impl IntoView {
    let page = RwSignal::new(page);
    live::follow(
        page,
        move || list_foreign_objects(filter),
        |event| event == Event::StorageChanged,
    );
    let pager = move || {
        let (page, pages) = page.with(|page| (page.page, page.pages()));
        let href = Callback::new(move |number| address(filter, number));
        view! { <Pager page pages href/> }
    };
    let content = move || {
        let files = page.with(|page| page.items.clone());
        if files.is_empty() {
            return nothing(filter.state.is_some()).into_any();
        }
        let rows: Vec<_> = files
            .into_iter()
            .map(|file| view! { <Row file changed/> })
            .collect();
        view! { <ul class="panel rows px-5">{rows}</ul> }.into_any()
    };
    view! {
        {content}
        {pager}
    }
}

fn nothing(ignored: bool) -> impl IntoView {
    let locale = use_locale();
    let (title, text) = if ignored {
        (td_string!(locale, foreign.none_ignored), "")
    } else {
        (
            td_string!(locale, foreign.none),
            td_string!(locale, foreign.none_text),
        )
    };
    view! { <Empty glyph=Glyph::Film title text/> }
}

fn filter_of(parameters: &ParamsMap) -> ForeignFilter {
    let state = query::text(parameters, "state").filter(|state| state == IGNORED);
    ForeignFilter {
        state: state.map(|_| ForeignState::Ignored),
        page: query::value(parameters, "page"),
        per_page: query::value(parameters, "per_page"),
    }
}

fn address(filter: ForeignFilter, page: u64) -> String {
    query::address(
        PATH,
        &[
            ("state", filter.state.map(|_| IGNORED.to_owned())),
            ("page", (page > 1).then(|| page.to_string())),
            ("per_page", filter.per_page.map(|rows| rows.to_string())),
        ],
    )
}
