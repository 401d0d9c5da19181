use api::foreign::{ForeignFilter, ForeignObject, ForeignState};
use api::page::Page;
use leptos::prelude::*;
use leptos_i18n::td_string;

use crate::backend::foreign::list_foreign_objects;
use crate::components::{Load, Refusals, Skeleton};
use crate::fetch::{Fetched, fetch};
use crate::format::number;
use crate::state::language::use_locale;

/// How many files of the storage nobody decided about.
pub(super) fn strangers() -> Fetched<Page<ForeignObject>> {
    fetch(move || {
        list_foreign_objects(ForeignFilter {
            state: Some(ForeignState::Found),
            page: None,
            per_page: Some(1),
        })
    })
}

/// Leads to them; nothing where there are none.
#[component]
pub(super) fn StorageNotice(found: Fetched<Page<ForeignObject>>) -> impl IntoView {
    let locale = use_locale();
    view! {
        <Load resource=found skeleton=Skeleton::Nothing refusals=Refusals::Silent let:page>
            {
                let count = page.total;
                let words = td_string!(locale, foreign.notice, count, number = number(locale, count));
                (count > 0).then(|| view! {
                    <p class="panel p-4 mb-5 flex flex-wrap gap-x-4 gap-y-1">
                        <span>{words}</span>
                        <a class="link" href="/videos/storage">{td_string!(locale, foreign.notice_link)}</a>
                    </p>
                })
            }
        </Load>
    }
}
