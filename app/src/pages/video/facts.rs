use api::video::Video;
use leptos::prelude::*;
use leptos_i18n::td_string;

use crate::components::{Ago, Panel};
use crate::format::{bytes, length, number};
use crate::pages::videos::frame_rate;
use crate::state::language::use_locale;

/// What the file is.
#[component]
pub(super) fn Facts(video: Video) -> impl IntoView {
    let locale = use_locale();
    let picture = format!(
        "{}\u{a0}×\u{a0}{} · {} · {}",
        video.width,
        video.height,
        frame_rate(locale, &video),
        video.video_codec
    );
    let sound = video
        .audio_codec
        .unwrap_or_else(|| td_string!(locale, video.silent).to_owned());
    let sites = td_string!(
        locale,
        videos.on_sites,
        count = video.sites,
        number = number(locale, video.sites)
    );
    let row = |words: &'static str, value: AnyView| {
        view! {
            <div class="flex gap-4 py-2">
                <dt class="quiet w-24 shrink-0">{words}</dt>
                <dd class="min-w-0 wrap-anywhere">{value}</dd>
            </div>
        }
    };
    view! {
        <Panel id="facts" title=td_string!(locale, video.facts)>
            <dl class="rows text-sm">
                {row(td_string!(locale, video.length), length(video.duration_ms).into_any())}
                {row(td_string!(locale, video.size), bytes(locale, video.size).into_any())}
                {row(td_string!(locale, video.picture), picture.into_any())}
                {row(td_string!(locale, video.sound), sound.into_any())}
                {row(td_string!(locale, video.added), view! { <Ago at=video.created_at/> }.into_any())}
                {row(td_string!(locale, video.sites), sites.into_any())}
                {row(
                    td_string!(locale, video.hash),
                    view! { <code class="text-xs">{video.sha256.to_string()}</code> }.into_any(),
                )}
            </dl>
        </Panel>
    }
}
