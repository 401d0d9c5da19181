use api::id::VideoId;
use api::path::video_thumbnail;
use leptos::prelude::*;

use super::{Glyph, Icon};

/// The picture of a video, or a film strip where none was drawn yet.
#[component]
pub fn Thumb(
    /// The video.
    id: VideoId,
    /// Whether a picture is kept.
    has_thumbnail: bool,
    /// Its size in the layout.
    #[prop(default = "")]
    class: &'static str,
    /// A length, in the corner.
    #[prop(optional, into)]
    time: Option<String>,
) -> impl IntoView {
    let picture = if has_thumbnail {
        let source = video_thumbnail(id);
        view! { <img src=source alt="" loading="lazy" width="480" height="270"/> }.into_any()
    } else {
        view! { <Icon glyph=Glyph::Film class="w-5 h-5"/> }.into_any()
    };
    let none = if has_thumbnail { "" } else { "thumb-none" };
    view! {
        <span class=format!("thumb {none} {class}")>
            {picture} {time.map(|time| view! { <span class="thumb-time">{time}</span> })}
        </span>
    }
    .into_any()
}
