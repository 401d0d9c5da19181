use api::id::SiteId;
use api::site::SiteDetail;
use leptos::prelude::*;
use leptos_i18n::td_string;
use leptos_router::hooks::use_location;

use crate::format::number;
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

/// The videos of the loop whose files are gone, each a way to what can be done.
#[component]
pub(super) fn MissingFiles(detail: Signal<SiteDetail>) -> impl IntoView {
    let locale = use_locale();
    let missing = Memo::new(move |_| detail.with(|detail| detail.missing_videos.clone()));
    move || {
        let missing = missing.get();
        let count = missing.len() as u64;
        let words = td_string!(
            locale,
            site.files_missing,
            count,
            number = number(locale, count)
        );
        let links = missing
            .into_iter()
            .map(|video| {
                let href = format!("/videos/{}", video.id);
                view! { <li><a class="link wrap-anywhere" href=href>{video.name}</a></li> }
            })
            .collect::<Vec<_>>();
        (count > 0).then(|| {
            view! {
                <section class="panel panel-error p-4 mb-5" aria-labelledby="files-missing">
                    <h2 id="files-missing" class="font-medium">{words}</h2>
                    <ul class="flex flex-wrap gap-x-4 gap-y-1">{links}</ul>
                </section>
            }
        })
    }
}
