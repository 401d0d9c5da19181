use api::configuration::PublishedLoop;
use api::error::ApiError;
use api::id::SiteId;
use leptos::prelude::*;
use leptos_i18n::td_string;
use leptos_router::hooks::use_query_map;

use super::comparison::{self, comparison};
use super::frame::use_site;
use super::place::{Place, compared};
use super::words;
use crate::backend::configurations::get_version;
use crate::components::{Button, ButtonSize, Load, Panel, Place as Leads, QueryForm};
use crate::fetch::fetch;
use crate::format::{number, span};
use crate::i18n::Locale;
use crate::pages::query;
use crate::state::language::use_locale;

/// Two versions of the address, compared; nothing where it names none.
#[component]
pub(super) fn ComparePanel() -> impl IntoView {
    let site = use_site();
    let parameters = use_query_map();
    let pair = move || {
        parameters.with(|query| query::value(query, "before").zip(query::value(query, "after")))
    };
    let both = fetch(move || {
        let (id, pair) = (site.id(), pair());
        async move {
            match pair {
                Some(pair) => ask(id?, pair).await.map(Some),
                None => Ok(None),
            }
        }
    });
    view! {
        <Load resource=both let:both>
            {both.map(|(before, after)| view! { <Compared before after/> })}
        </Load>
    }
}

async fn ask(
    site: SiteId,
    (before, after): (i32, i32),
) -> Result<(PublishedLoop, PublishedLoop), ApiError> {
    let before = get_version(site, before).await?;
    Ok((before, get_version(site, after).await?))
}

#[component]
fn Compared(before: PublishedLoop, after: PublishedLoop) -> impl IntoView {
    let locale = use_locale();
    let (from, to) = (before.published.version, after.published.version);
    let title = td_string!(locale, loops.compared, before = from, after = to);
    let turns = turns(locale, &before, &after);
    let places = |loop_: PublishedLoop| {
        loop_
            .places
            .into_iter()
            .map(Place::from)
            .collect::<Vec<_>>()
    };
    let (before, after) = (places(before), places(after));
    let lines: Vec<_> = sentences(locale, &before, &after)
        .into_iter()
        .map(|line| view! { <li>{line}</li> })
        .collect();
    let head = move |version: i32| td_string!(locale, loops.version, version);
    view! {
        <Panel id="compared" title>
            <ul class="grid gap-1 mb-4">
                {lines}
                <li>{turns}</li>
            </ul>
            {comparison(locale, comparison::Compared::Versions, (head(from), head(to)), &before, &after)}
        </Panel>
    }
}

/// What was added, removed, moved, and how much stays.
fn sentences(locale: Locale, before: &[Place], after: &[Place]) -> Vec<String> {
    let changes = compared(before, after);
    let moved: Vec<usize> = changes.moved.iter().map(|pair| pair.1).collect();
    let names = |all: &[Place], places: &[usize]| {
        let names: Vec<&str> = places
            .iter()
            .map(|place| all[*place].name.as_str())
            .collect();
        (!names.is_empty()).then(|| words::list_names(locale, &names))
    };
    let kept = changes.kept.len() as u64;
    let kept = (kept > 0).then(|| {
        td_string!(
            locale,
            loops.compared_kept,
            count = kept,
            number = number(locale, kept)
        )
    });
    [
        names(after, &changes.added).map(|names| td_string!(locale, loops.compared_added, names)),
        names(before, &changes.removed)
            .map(|names| td_string!(locale, loops.compared_removed, names)),
        names(after, &moved).map(|names| td_string!(locale, loops.compared_moved, names)),
        kept,
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn turns(locale: Locale, before: &PublishedLoop, after: &PublishedLoop) -> String {
    let turn = |loop_: &PublishedLoop| {
        let seconds = loop_.published.duration_ms.div_ceil(1000);
        span(locale, i64::try_from(seconds).unwrap_or(i64::MAX))
    };
    let (before, after) = (turn(before), turn(after));
    if before == after {
        td_string!(locale, loops.compared_same_turn, after)
    } else {
        td_string!(locale, loops.compared_turn, before, after)
    }
}

/// Chooses the two versions that are compared.
#[component]
pub(super) fn CompareForm(
    /// The newest version; the first is 1.
    newest: i32,
) -> impl IntoView {
    let locale = use_locale();
    let site = use_site();
    let parameters = use_query_map();
    let action = move || {
        site.id()
            .map(|id| format!("/sites/{id}/versions"))
            .unwrap_or_default()
    };
    let chosen = move |name: &str| parameters.with(|query| query::value(query, name));
    let before = Signal::derive(move || chosen("before").unwrap_or((newest - 1).max(1)));
    let after = Signal::derive(move || chosen("after").unwrap_or(newest));
    view! {
        <QueryForm action=action() place=Leads::Same>
            <fieldset class="flex flex-wrap items-end gap-3 mb-4">
                <legend class="visually-hidden">{td_string!(locale, loops.compare_two)}</legend>
                <VersionSelect id="compare-before" name="before" label=td_string!(locale, loops.compare_before) newest value=before/>
                <VersionSelect id="compare-after" name="after" label=td_string!(locale, loops.compare_after) newest value=after/>
                <Button label=td_string!(locale, loops.compare).to_owned() role="submit" size=ButtonSize::Small/>
            </fieldset>
        </QueryForm>
    }
}

#[component]
fn VersionSelect(
    id: &'static str,
    name: &'static str,
    label: &'static str,
    newest: i32,
    value: Signal<i32>,
) -> impl IntoView {
    let locale = use_locale();
    let options: Vec<_> = (1..=newest)
        .rev()
        .map(|version| {
            let words = td_string!(locale, loops.version, version);
            view! { <option value=version.to_string() selected=move || value.get() == version>{words}</option> }
        })
        .collect();
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <select class="select select-sm" id=id name=name>{options}</select>
        </div>
    }
}
