use api::id::SiteId;
use api::site::SiteDetail;
use leptos::prelude::*;
use leptos_i18n::td_string;
use leptos_router::hooks::use_location;

use crate::state::language::use_locale;

/// What somebody has to decide about the site's box, on every tab but its own.
#[component]
pub(super) fn BoxNotices(detail: Signal<SiteDetail>, id: SiteId) -> impl IntoView {
    let locale = use_locale();
    let path = use_location().pathname;
    let href = StoredValue::new(format!("/sites/{id}/player"));
    let elsewhere = Memo::new(move |_| path.with(|path| *path != href.get_value()));
    let copied = Memo::new(move |_| detail.with(|detail| detail.site.clone_seen_at.is_some()));
    let pending = Memo::new(move |_| detail.with(|detail| detail.has_pending_key));
    let notice = move |class: &'static str, words: &'static str, link: &'static str| {
        view! {
            <p class=format!("panel {class} p-4 mb-5 flex flex-wrap gap-x-4 gap-y-1")>
                <span class="font-medium">{words}</span>
                <a class="link" href=href.get_value()>{link}</a>
            </p>
        }
    };
    view! {
        {move || (elsewhere.get() && copied.get()).then(|| notice(
            "panel-error", td_string!(locale, keys.copied), td_string!(locale, keys.copied_link),
        ))}
        {move || (elsewhere.get() && pending.get()).then(|| notice(
            "panel-warning", td_string!(locale, keys.pending_notice), td_string!(locale, keys.pending_link),
        ))}
    }
}
