use api::video::{VideoFilter, VideoOrder, VideoState, VideoTag};
use leptos::prelude::*;
use leptos_i18n::td_string;
use leptos_router::params::ParamsMap;

use crate::backend::videos::list_video_tags;
use crate::components::{Load, Place, QueryForm, Refusals, SearchField, Skeleton};
use crate::fetch::fetch;
use crate::i18n::Locale;
use crate::pages::query;
use crate::state::language::use_locale;
use crate::state::uploads::use_uploads;

/// Values and orders of the select.
const ORDERS: [(&str, VideoOrder); 3] = [
    ("newest", VideoOrder::Newest),
    ("name", VideoOrder::Name),
    ("longest", VideoOrder::Longest),
];

/// Values and states of the select.
const STATES: [(&str, VideoState); 2] =
    [("shown", VideoState::Shown), ("unused", VideoState::Unused)];

/// Search, tag, state and order; the address follows.
#[component]
pub(super) fn Filters(filter: Memo<VideoFilter>) -> impl IntoView {
    let locale = use_locale();
    let uploads = use_uploads();
    let search = Signal::derive(move || filter.get().search.unwrap_or_default());
    let tags = fetch(move || {
        uploads.finished();
        list_video_tags()
    });
    // As text: browsers with script do not parse what stands in here.
    let apply = format!(
        "<button class=\"btn btn-sm\">{}</button>",
        td_string!(locale, sites.apply)
    );
    view! {
        <QueryForm action="/videos" place=Place::Same>
            <div class="flex flex-wrap gap-2 mb-4">
                <SearchField id="videos-search" label=td_string!(locale, videos.search) value=search/>
                <Load resource=tags skeleton=Skeleton::Nothing refusals=Refusals::Silent let:tags>
                    <TagSelect tags filter/>
                </Load>
                <StateSelect filter/>
                <OrderSelect filter/>
                <noscript inner_html=apply></noscript>
            </div>
        </QueryForm>
    }
}

/// Nothing where no video has a tag.
#[component]
fn TagSelect(tags: Vec<VideoTag>, filter: Memo<VideoFilter>) -> impl IntoView {
    let locale = use_locale();
    (!tags.is_empty()).then(|| {
        let choices: Vec<_> = tags
            .into_iter()
            .map(|VideoTag { tag, .. }| {
                let (value, chosen) = (tag.clone(), tag.clone());
                let selected = move || filter.get().tag.as_ref() == Some(&chosen);
                view! { <option value=value selected=selected>{tag}</option> }
            })
            .collect();
        view! {
            <Select name="tag" label=td_string!(locale, videos.tag)>
                <option value="">{td_string!(locale, videos.every_tag)}</option>
                {choices}
            </Select>
        }
    })
}

#[component]
fn StateSelect(filter: Memo<VideoFilter>) -> impl IntoView {
    let locale = use_locale();
    let choices: Vec<_> = STATES
        .into_iter()
        .map(|(value, state)| {
            let selected = move || filter.get().state == Some(state);
            view! { <option value=value selected=selected>{state_words(locale, state)}</option> }
        })
        .collect();
    view! {
        <Select name="state" label=td_string!(locale, videos.state)>
            <option value="">{td_string!(locale, videos.every_state)}</option>
            {choices}
        </Select>
    }
}

#[component]
fn OrderSelect(filter: Memo<VideoFilter>) -> impl IntoView {
    let locale = use_locale();
    let choices: Vec<_> = ORDERS
        .into_iter()
        .map(|(value, order)| {
            let selected = move || filter.get().order == order;
            view! { <option value=value selected=selected>{order_words(locale, order)}</option> }
        })
        .collect();
    view! { <Select name="order" label=td_string!(locale, videos.order)>{choices}</Select> }
}

/// A choice that sends its form at once.
#[component]
fn Select(name: &'static str, label: &'static str, children: Children) -> impl IntoView {
    let submit = move |event| {
        if let Some(form) = event_target::<web_sys::HtmlSelectElement>(&event).form() {
            let _ = form.request_submit();
        }
    };
    view! {
        <select class="select select-sm w-auto" name=name aria-label=label on:change=submit>
            {children()}
        </select>
    }
}

/// What the address asks for.
pub(super) fn filter_of(parameters: &ParamsMap) -> VideoFilter {
    let order = query::text(parameters, "order");
    let order = value_of(&ORDERS, order.as_deref());
    let state = query::text(parameters, "state");
    VideoFilter {
        search: query::text(parameters, "search"),
        tag: query::text(parameters, "tag"),
        state: value_of(&STATES, state.as_deref()),
        order: order.unwrap_or_default(),
        page: query::value(parameters, "page"),
        per_page: None,
    }
}

fn value_of<T: Copy>(known: &[(&str, T)], name: Option<&str>) -> Option<T> {
    let mut known = known.iter();
    known
        .find(|(value, _)| Some(*value) == name)
        .map(|(_, value)| *value)
}

fn name_of<T: PartialEq>(known: &[(&str, T)], value: &T) -> Option<String> {
    let mut known = known.iter();
    known
        .find(|(_, known)| known == value)
        .map(|(name, _)| (*name).to_owned())
}

/// A page of what a filter finds.
pub(super) fn address(filter: &VideoFilter, page: u64) -> String {
    let state = filter.state.as_ref();
    query::address(
        "/videos",
        &[
            ("search", filter.search.clone()),
            ("tag", filter.tag.clone()),
            ("state", state.and_then(|state| name_of(&STATES, state))),
            ("order", name_of(&ORDERS, &filter.order)),
            ("page", Some(page.to_string())),
        ],
    )
}

fn order_words(locale: Locale, order: VideoOrder) -> &'static str {
    match order {
        VideoOrder::Newest => td_string!(locale, videos.newest),
        VideoOrder::Name => td_string!(locale, videos.by_name),
        VideoOrder::Longest => td_string!(locale, videos.longest),
    }
}

fn state_words(locale: Locale, state: VideoState) -> &'static str {
    match state {
        VideoState::Shown => td_string!(locale, videos.shown),
        VideoState::Unused => td_string!(locale, videos.unused),
    }
}

#[cfg(test)]
mod tests {
    use super::{ParamsMap, VideoFilter, VideoOrder, VideoState, address, filter_of};

    #[test]
    fn a_filter_stands_in_the_address() {
        let mut parameters = ParamsMap::new();
        for (name, value) in [("tag", "Martin"), ("state", "unused"), ("order", "name")] {
            parameters.insert(name, value.to_owned());
        }
        let filter = filter_of(&parameters);
        let expected = VideoFilter {
            tag: Some("Martin".to_owned()),
            state: Some(VideoState::Unused),
            order: VideoOrder::Name,
            ..VideoFilter::default()
        };
        assert_eq!(filter, expected);
        let address = address(&filter, 2);
        for part in ["tag=Martin", "state=unused", "order=name", "page=2"] {
            assert!(address.contains(part), "{address}");
        }
    }
}
