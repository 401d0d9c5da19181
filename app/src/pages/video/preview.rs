use api::path::{video_file, video_thumbnail};
use api::video::Video;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_i18n::td_string;

use crate::browser;
use crate::state::language::use_locale;

/// Plays the film, with seeking. Where no thumbnail was drawn yet, this browser draws it.
#[component]
pub(super) fn Preview(video: Video) -> impl IntoView {
    let locale = use_locale();
    let Video {
        id,
        name,
        has_thumbnail,
        ..
    } = video;
    let film = video_file(id);
    let label = td_string!(locale, video.preview, name);
    let poster = has_thumbnail.then(|| video_thumbnail(id));
    if !has_thumbnail {
        let film = film.clone();
        Effect::new(move || {
            let film = film.clone();
            spawn_local(async move {
                // Without a picture the library keeps its placeholder.
                browser::keep_thumbnail(id, &film).await;
            });
        });
    }
    view! {
        <div class="thumb">
            <video controls=true preload="metadata" playsinline=true poster=poster src=film aria-label=label></video>
        </div>
    }
}
