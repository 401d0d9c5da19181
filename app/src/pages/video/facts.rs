use api::video::{Video, VideoKind};
use leptos::prelude::*;
use leptos_i18n::td_string;

use crate::components::{Ago, Panel};
use crate::format::{bytes, length, number};
use crate::i18n::Locale;
use crate::pages::videos::frame_rate;
use crate::state::language::use_locale;

/// What the file is.
#[component]
pub(super) fn Facts(video: Video) -> impl IntoView {
    let locale = use_locale();
    let (length_words, picture) = (length_words(locale, &video), picture(locale, &video));
    let is_film = video.kind == VideoKind::Film;
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
                {row(length_words, length(video.duration_ms).into_any())}
                {row(td_string!(locale, video.size), bytes(locale, video.size).into_any())}
                {row(td_string!(locale, video.picture), picture.into_any())}
                {is_film.then(|| row(td_string!(locale, video.sound), sound.into_any()))}
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

fn length_words(locale: Locale, video: &Video) -> &'static str {
    match video.kind {
        VideoKind::Film => td_string!(locale, video.length),
        VideoKind::Picture => td_string!(locale, video.on_screen),
    }
}

/// `1920 × 1080 · 25 i/s · h264`, of a picture `800 × 200 · PNG`.
fn picture(locale: Locale, video: &Video) -> String {
    let size = format!("{}\u{a0}×\u{a0}{}", video.width, video.height);
    match video.kind {
        VideoKind::Film => format!(
            "{size} · {} · {}",
            frame_rate(locale, video),
            video.video_codec
        ),
        VideoKind::Picture => format!("{size} · {}", video.video_codec),
    }
}
