use leptos::prelude::*;
use leptos_i18n::td_string;

use super::place::{Place, compared};
use super::side_by_side::{Cell, Mark, lines};
use crate::components::Thumb;
use crate::format::length;
use crate::i18n::Locale;

/// What two loops are to each other.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Compared {
    /// The second came after the first.
    Versions,
    /// The first is published, the second one's own.
    TheirsAndMine,
}

/// Two loops side by side under what they are called; what differs says how.
pub(super) fn comparison(
    locale: Locale,
    what: Compared,
    heads: (String, String),
    before: &[Place],
    after: &[Place],
) -> AnyView {
    let changes = compared(before, after);
    let rows: Vec<_> = lines(&changes, before.len(), after.len())
        .into_iter()
        .map(|(left, right)| {
            view! {
                <tr>
                    {cell(locale, what, before, (left, Column::Before))}
                    {cell(locale, what, after, (right, Column::After))}
                </tr>
            }
        })
        .collect();
    let caption = td_string!(
        locale,
        loops.side_by_side,
        before = heads.0.clone(),
        after = heads.1.clone()
    );
    view! {
        <table class="side-by-side">
            <caption class="visually-hidden">{caption}</caption>
            <thead>
                <tr>
                    <th scope="col">{heads.0}</th>
                    <th scope="col">{heads.1}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

#[derive(Clone, Copy)]
enum Column {
    Before,
    After,
}

fn cell(
    locale: Locale,
    what: Compared,
    places: &[Place],
    (cell, column): (Cell, Column),
) -> AnyView {
    let Some((index, mark)) = cell else {
        return view! { <td class="side-none"></td> }.into_any();
    };
    let place = &places[index];
    let gone = (!place.in_library).then(|| td_string!(locale, loops.gone));
    let words = mark_words(locale, what, (mark, column));
    let class = if mark == Mark::Kept {
        ""
    } else {
        "side-changed"
    };
    view! {
        <td class=class>
            <div class="flex items-center gap-3">
                <span class="w-5 text-right quiet text-sm figure">{index + 1}</span>
                <Thumb id=place.id has_thumbnail=place.has_thumbnail class="w-16 shrink-0 hidden sm:grid"/>
                <span class="min-w-0">
                    <span class="font-medium block wrap-anywhere">{place.name.clone()}</span>
                    <span class="quiet text-sm">{length(place.duration_ms)}</span>
                    {words.map(|words| view! { " " <span class="side-mark">{words}</span> })}
                    {gone.map(|gone| view! { <span class="block quiet text-sm">{gone}</span> })}
                </span>
            </div>
        </td>
    }
    .into_any()
}

fn mark_words(locale: Locale, what: Compared, (mark, column): (Mark, Column)) -> Option<String> {
    Some(match (mark, column) {
        (Mark::Kept, _) => return None,
        (Mark::Added | Mark::Removed, _) if what == Compared::TheirsAndMine => {
            td_string!(locale, loops.mark_only).to_owned()
        }
        (Mark::Added, _) => td_string!(locale, loops.mark_added).to_owned(),
        (Mark::Removed, _) => td_string!(locale, loops.mark_removed).to_owned(),
        (Mark::Moved(to), Column::Before) => td_string!(locale, loops.mark_to, place = to + 1),
        (Mark::Moved(from), Column::After) => td_string!(locale, loops.mark_from, place = from + 1),
    })
}
