use api::path::{video_file, video_thumbnail};
use api::video::{Ground, Video, VideoKind};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_i18n::td_string;

use crate::browser;
use crate::state::language::use_locale;
use crate::upstream;

/// What a screen shows.
#[component]
pub(super) fn Preview(video: Video) -> impl IntoView {
    match video.kind {
        VideoKind::Film => view! { <Film video/> }.into_any(),
        VideoKind::Picture => view! { <Picture video/> }.into_any(),
    }
}

/// Shows the picture whole, on the ground that it has on a screen.
#[component]
fn Picture(video: Video) -> impl IntoView {
    let locale = use_locale();
    let ground = match video.ground() {
        Ground::White => "on-paper",
        Ground::Black => "",
    };
    let label = td_string!(locale, video.preview, name = video.name.as_str());
    let source = upstream::source(video_file(video.id));
    view! {
        <div class="thumb">
            <img class=ground src=source alt=label crossorigin=upstream::crossorigin()/>
        </div>
    }
}

/// Plays the film, with seeking. Where no thumbnail was drawn yet, this browser draws it.
#[component]
fn Film(video: Video) -> impl IntoView {
    let locale = use_locale();
    let Video {
        id,
        name,
        has_thumbnail,
        ..
    } = video;
    let film = upstream::source(video_file(id));
    let label = td_string!(locale, video.preview, name);
    let poster = has_thumbnail.then(|| upstream::poster(video_thumbnail(id)));
    if !has_thumbnail {
        Effect::new(move || {
            let film = film.get();
            if film.is_empty() {
                return;
            }
            spawn_local(async move {
                // Without a picture the library keeps its placeholder.
                browser::keep_thumbnail(id, &film).await;
            });
        });
    }
    view! {
        <div class="thumb">
            <video
                controls=true
                preload="metadata"
                playsinline=true
                crossorigin=upstream::crossorigin()
                poster=poster
                src=film
                aria-label=label
            ></video>
        </div>
    }
}
