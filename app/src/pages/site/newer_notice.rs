use std::sync::Arc;

use api::id::VideoId;
use api::video::Video;
use leptos::prelude::*;
use leptos_i18n::td_string;

use super::comparison::{Compared, comparison};
use super::editing::Editing;
use super::merge::merge;
use super::newer::{Newer, Watch};
use super::place::places;
use super::words;
use crate::components::{Ago, Button, ButtonKind, ButtonSize, Glyph, Icon};
use crate::format::number;
use crate::state::language::use_locale;

/// Tells what others published, and lets choose what becomes of the own changes.
#[component]
pub(super) fn NewerNotice(editing: Editing, waiting: Memo<usize>, watch: Watch) -> impl IntoView {
    let notice = move || {
        let newer = watch.newer.get()?;
        Some(view! { <Notice editing waiting watch newer/> })
    };
    view! { <div role="alert">{notice}</div> }
}

#[component]
fn Notice(editing: Editing, waiting: Memo<usize>, watch: Watch, newer: Newer) -> impl IntoView {
    let locale = use_locale();
    let sentence = editing
        .base
        .with_untracked(|base| newer.sentence(locale, base));
    let title = td_string!(locale, loops.newer, version = newer.published.version);
    let comment = Some(newer.published.comment.clone()).filter(|comment| !comment.is_empty());
    let comment = comment.map(|comment| {
        let comment = td_string!(locale, loops.quoted, name = comment);
        view! { <p class="quiet text-sm wrap-anywhere">{comment}</p> }
    });
    let yours = move || {
        let count = waiting.get() as u64;
        td_string!(
            locale,
            loops.newer_yours,
            count,
            number = number(locale, count)
        )
    };
    view! {
        <div class="panel panel-warning p-4 mb-4 grid gap-3">
            <div class="flex gap-3">
                <Icon glyph=Glyph::Warning class="w-5 h-5 shrink-0 mt-0.5"/>
                <div class="min-w-0 grid gap-1">
                    <h3 class="font-semibold">{title}</h3>
                    <p class="wrap-anywhere">{sentence} ", " <Ago at=newer.published.published_at/> "."</p>
                    {comment}
                    <p class="quiet text-sm">{yours}</p>
                </div>
            </div>
            <Choices editing watch newer=newer.clone()/>
            <Beside editing newer/>
        </div>
    }
}

/// Both, theirs or the own one.
#[component]
fn Choices(editing: Editing, watch: Watch, newer: Newer) -> impl IntoView {
    let locale = use_locale();
    let newer = StoredValue::new(newer);
    let merged = move || newer.with_value(|newer| merged(editing, newer));
    let both = move || match merged() {
        Ok(merged) => {
            let keep = move |_| newer.with_value(|newer| watch.merge(newer, &merged));
            view! {
                <Button
                    label=td_string!(locale, loops.newer_merge).to_owned()
                    kind=ButtonKind::Primary
                    size=ButtonSize::Small
                    on_click=keep
                />
            }
            .into_any()
        }
        Err(names) => {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let names = words::list_names(locale, &names);
            let words = td_string!(locale, loops.newer_collision, names);
            view! { <p class="w-full">{words}</p> }.into_any()
        }
    };
    view! {
        <div class="flex flex-wrap items-center gap-2">
            {both}
            <Button
                label=td_string!(locale, loops.newer_take).to_owned()
                size=ButtonSize::Small
                on_click=move |_| newer.with_value(|newer| watch.take(newer))
            />
            <Button
                label=td_string!(locale, loops.newer_overrule).to_owned()
                size=ButtonSize::Small
                on_click=move |_| newer.with_value(|newer| watch.overrule(newer))
            />
        </div>
    }
}

/// Theirs and the own loop side by side, for who wants to see before choosing.
#[component]
fn Beside(editing: Editing, newer: Newer) -> impl IntoView {
    let locale = use_locale();
    let theirs = places(&newer.videos);
    let head = td_string!(locale, loops.version, version = newer.published.version);
    let both = move || {
        let mine: Vec<_> = editing
            .items
            .with(|items| items.iter().map(|item| item.video.clone()).collect());
        let heads = (head.clone(), td_string!(locale, loops.mine).to_owned());
        comparison(
            locale,
            Compared::TheirsAndMine,
            heads,
            &theirs,
            &places(&mine),
        )
    };
    view! {
        <details>
            <summary class="cursor-pointer text-sm">{td_string!(locale, loops.newer_beside)}</summary>
            <div class="mt-3">{both}</div>
        </details>
    }
}

/// Both changes in one loop, or the names of videos that both touched.
fn merged(editing: Editing, newer: &Newer) -> Result<Vec<Arc<Video>>, Vec<String>> {
    let ids = |videos: &[Arc<Video>]| {
        videos
            .iter()
            .map(|video| video.id)
            .collect::<Vec<VideoId>>()
    };
    let mine: Vec<Arc<Video>> = editing
        .items
        .with(|items| items.iter().map(|item| item.video.clone()).collect());
    let base = editing.base.with_untracked(|base| base.videos.clone());
    // Theirs last: they know the newest names.
    let known = |id: &VideoId| {
        let mut all = base.iter().chain(&mine).chain(&newer.videos).rev();
        all.find(|video| video.id == *id).cloned()
    };
    match merge(&ids(&base), &ids(&newer.videos), &ids(&mine)) {
        Ok(order) => Ok(order.iter().filter_map(known).collect()),
        Err(collisions) => {
            let names = collisions.iter().filter_map(known);
            Err(names.map(|video| video.name.clone()).collect())
        }
    }
}
