use api::video::{Video, VideoSite};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_i18n::td_string;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::sites::SiteLinks;
use crate::backend::videos::delete_video;
use crate::components::{Button, ButtonKind, Dialog, Load, close_dialog, open_dialog};
use crate::fetch::Fetched;
use crate::state::language::use_locale;
use crate::state::toasts::use_toasts;

/// Takes a video out of the library, after asking; says where it is shown instead, if it is.
#[component]
pub(super) fn Delete(video: Video, sites: Fetched<Vec<VideoSite>>) -> impl IntoView {
    let locale = use_locale();
    let dialog = NodeRef::<html::Dialog>::new();
    let title = td_string!(locale, video.delete_title, name = video.name.as_str());
    let open = move |_| {
        // Somebody may have published since the page was opened.
        sites.refetch();
        open_dialog(dialog);
    };
    view! {
        <div>
            <Button label=td_string!(locale, video.delete).to_owned() on_click=open/>
            <Dialog dialog id="delete-title" title>
                <Load resource=sites let:shown>
                    {if shown.is_empty() {
                        view! { <Ask video=video.clone() dialog sites/> }.into_any()
                    } else {
                        view! { <InUse sites=shown/> }.into_any()
                    }}
                </Load>
            </Dialog>
        </div>
    }
}

#[component]
fn InUse(sites: Vec<VideoSite>) -> impl IntoView {
    let locale = use_locale();
    view! {
        <p class="mb-3">{td_string!(locale, video.delete_in_use)}</p>
        <SiteLinks sites/>
    }
}

#[component]
fn Ask(
    video: Video,
    dialog: NodeRef<html::Dialog>,
    sites: Fetched<Vec<VideoSite>>,
) -> impl IntoView {
    let locale = use_locale();
    let (toasts, navigate) = (use_toasts(), use_navigate());
    let pending = RwSignal::new(false);
    let delete = move |_| {
        pending.set(true);
        let (navigate, name) = (navigate.clone(), video.name.clone());
        spawn_local(async move {
            match delete_video(video.id).await {
                Ok(()) => {
                    toasts.done(td_string!(locale, video.deleted, name));
                    navigate("/videos", NavigateOptions::default());
                }
                Err(error) => {
                    toasts.failed(error.message);
                    pending.set(false);
                    sites.refetch();
                }
            }
        });
    };
    view! {
        <p class="mb-5">{td_string!(locale, video.delete_text)}</p>
        <div class="flex flex-wrap gap-2">
            <Button
                label=td_string!(locale, video.delete_confirm).to_owned()
                kind=ButtonKind::Primary
                disabled=pending
                on_click=delete
            />
            <Button
                label=td_string!(locale, video.keep).to_owned()
                kind=ButtonKind::Ghost
                on_click=move |_| close_dialog(dialog)
            />
        </div>
    }
}
