use api::permission::Permission;
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use leptos_i18n::td_string;

use crate::components::Ago;
use crate::state::language::use_locale;
use crate::state::session::Allowed;

/// Says that the file of a video is gone, and what to do.
#[component]
pub(super) fn MissingNotice(since: DateTime<Utc>) -> impl IntoView {
    let locale = use_locale();
    view! {
        <section class="panel panel-error p-4 mb-6" aria-labelledby="missing">
            <h2 id="missing" class="font-medium">{td_string!(locale, video.file_missing)}</h2>
            <p>{td_string!(locale, video.file_missing_text)} " " <Ago at=since/> "."</p>
            <p>{td_string!(locale, video.file_missing_help)}</p>
            <Allowed permission=Permission::ManageVideos>
                <a class="link" href="/videos">{td_string!(locale, video.file_missing_link)}</a>
            </Allowed>
        </section>
    }
}
