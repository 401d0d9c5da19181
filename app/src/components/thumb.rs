use api::id::VideoId;
use api::path::video_thumbnail;
use leptos::prelude::*;

use super::{Glyph, Icon};
use crate::upstream;

/// The size of every thumbnail.
const SIZE: (&str, &str) = ("480", "270");

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
        picture(video_thumbnail(id))
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

fn picture(path: String) -> AnyView {
    let (width, height) = SIZE;
    let crossorigin = upstream::crossorigin();
    if upstream::is_by_token() {
        // Nothing is asked for while the address is not there.
        let source = upstream::source(path);
        let source = move || Some(source.get()).filter(|source| !source.is_empty());
        return view! { <img src=source alt="" width=width height=height/> }.into_any();
    }
    let source = upstream::url(&path);
    view! { <img crossorigin=crossorigin src=source alt="" loading="lazy" width=width height=height/> }
        .into_any()
}
