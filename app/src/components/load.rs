use std::sync::Arc;

use api::error::{ApiError, ErrorCode};
use leptos::prelude::*;
use leptos_i18n::td_string;
use serde::de::DeserializeOwned;

use super::{Button, ButtonSize, Glyph, Icon};
use crate::browser;
use crate::fetch::{Answer, AnyFetched, Fetched};
use crate::state::language::use_locale;
use crate::state::status;

/// The shape of what is being loaded.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Skeleton {
    /// Rows of a list.
    #[default]
    Rows,
    /// Cards of a grid.
    Cards,
    /// Nothing: too small to show.
    Nothing,
}

/// What happens to a refusal.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Refusals {
    /// It is shown, with a way to try again.
    #[default]
    Shown,
    /// Another part of the page shows it.
    Silent,
}

/// Shows what is fetched: a skeleton meanwhile, the content, or the refusal with a way to try
/// again. While it loads anew the old content stays.
#[component]
pub fn Load<T, F, V>(
    /// What is fetched.
    resource: Fetched<T>,
    /// Its shape.
    #[prop(optional)]
    skeleton: Skeleton,
    /// What happens to a refusal.
    #[prop(optional)]
    refusals: Refusals,
    /// What is shown of it.
    children: F,
) -> impl IntoView
where
    T: Clone + DeserializeOwned + Send + Sync + 'static,
    F: Fn(T) -> V + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let show = move |answer: &Answer| match answer.read::<T>() {
        Ok(content) => children(content).into_any(),
        Err(error) => refused(error, refusals, resource.any()),
    };
    load(resource.any(), skeleton, Arc::new(show))
}

fn refused(error: ApiError, refusals: Refusals, resource: AnyFetched) -> AnyView {
    if refusals == Refusals::Silent {
        return ().into_any();
    }
    status::of_page(&error);
    let retry = Callback::new(move |()| resource.refetch());
    view! { <Refusal error retry/> }.into_any()
}

fn load(
    resource: AnyFetched,
    skeleton: Skeleton,
    show: Arc<dyn Fn(&Answer) -> AnyView + Send + Sync>,
) -> AnyView {
    view! {
        <Transition fallback=move || bones(skeleton)>
            {move || {
                let show = show.clone();
                Suspend::new(async move { show(&resource.await) })
            }}
        </Transition>
    }
    .into_any()
}

/// Says why something is not there, and offers to try again.
#[component]
pub fn Refusal(
    /// Why.
    error: ApiError,
    /// Tries again.
    retry: Callback<()>,
) -> impl IntoView {
    let locale = use_locale();
    if error.code == ErrorCode::Unauthenticated {
        // The session ended meanwhile: sign in and come back.
        Effect::new(|| browser::leave_for(&format!("/login?next={}", browser::here_encoded())));
    }
    // Asking again would get the same answer.
    let hopeless = matches!(
        error.code,
        ErrorCode::NotFound | ErrorCode::Forbidden | ErrorCode::PairingCodeUnknown
    );
    let number = error
        .request_id
        .map(|id| td_string!(locale, load.request_number, id = id));
    view! {
        <div role="alert" class="panel panel-error p-4 flex flex-wrap items-center gap-3">
            <span class="text-error">
                <Icon glyph=Glyph::Warning class="w-5 h-5"/>
            </span>
            <div class="min-w-0">
                <p class="font-medium">{error.message}</p>
                {number.map(|number| view! { <p class="quiet text-sm">{number}</p> })}
            </div>
            {(!hopeless)
                .then(|| {
                    let label = td_string!(locale, load.retry).to_owned();
                    view! {
                        <div class="ml-auto">
                            <Button label size=ButtonSize::Small on_click=move |_| retry.run(())/>
                        </div>
                    }
                })}
        </div>
    }
}

fn bones(skeleton: Skeleton) -> AnyView {
    let locale = use_locale();
    let (class, bone, count) = match skeleton {
        Skeleton::Nothing => return ().into_any(),
        Skeleton::Rows => ("panel p-5 grid gap-4", "skeleton-line", 6),
        Skeleton::Cards => (
            "grid grid-cols-2 md:grid-cols-3 gap-5",
            "skeleton-block aspect-video",
            6,
        ),
    };
    let bones: Vec<_> = (0..count)
        .map(|_| view! { <div class=bone></div> })
        .collect();
    view! {
        <div class=class role="status">
            <span class="visually-hidden">{td_string!(locale, load.loading)}</span>
            {bones}
        </div>
    }
    .into_any()
}
