use api::video::{Video, VideoKind};
use leptos::prelude::*;
use leptos_i18n::td_string;

use crate::components::Thumb;
use crate::format::{decimal, length, number};
use crate::i18n::Locale;
use crate::state::language::use_locale;

/// A video of the library.
#[component]
pub(super) fn VideoCard(video: Video) -> impl IntoView {
    let locale = use_locale();
    let (below, title) = (facts(locale, &video), video.name.clone());
    let missing = video.missing_since.map(|_| {
        view! { <span class="state state-warning text-sm">{td_string!(locale, videos.file_missing)}</span> }
    });
    let tags = (!video.tags.is_empty()).then(|| video.tags.join(" · "));
    view! {
        <li class="min-w-0">
            <a href=format!("/videos/{}", video.id) class="block group">
                <Thumb
                    id=video.id
                    has_thumbnail=video.has_thumbnail
                    time=length(video.duration_ms)
                />
                <span class="block font-medium truncate mt-2 group-hover:underline" title=title>
                    {video.name}
                </span>
                <span class="block quiet text-sm truncate">{below}</span>
                {missing}
                {tags.map(|tags| view! { <span class="block text-sm truncate">{tags}</span> })}
            </a>
        </li>
    }
}

/// `1080p · 25 i/s · sur 12 sites`, of a picture `Image PNG · sur 12 sites`.
fn facts(locale: Locale, video: &Video) -> String {
    let sites = td_string!(
        locale,
        videos.on_sites,
        count = video.sites,
        number = number(locale, video.sites)
    );
    match video.kind {
        VideoKind::Film => format!(
            "{}p · {} · {sites}",
            video.height.min(video.width),
            frame_rate(locale, video)
        ),
        VideoKind::Picture => {
            let codec = video.video_codec.as_str();
            let picture = td_string!(locale, videos.picture, codec);
            format!("{picture} · {sites}")
        }
    }
}

/// Whole where it is whole: `25 i/s`, `29,97 i/s`.
pub fn frame_rate(locale: Locale, video: &Video) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "frames per second are small and positive"
    )]
    let hundredths = (video.frame_rate * 100.0).round() as u64;
    let digits = if hundredths.is_multiple_of(100) { 0 } else { 2 };
    let rate = if digits == 0 {
        hundredths / 100
    } else {
        hundredths
    };
    td_string!(locale, videos.frames, rate = decimal(locale, rate, digits))
}
