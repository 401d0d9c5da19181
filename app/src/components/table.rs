use leptos::prelude::*;
use leptos_i18n::td_string;

use super::{Button, ButtonSize};
use crate::format::number;
use crate::state::language::use_locale;

/// Rows shown before somebody asks for the others.
const FEW: usize = 20;

/// A table of names and figures: the first column names, the others are figures.
#[component]
pub fn Figures(
    /// What the table tells, for who cannot see it.
    #[prop(into)]
    caption: String,
    /// Heads of the columns.
    head: Vec<String>,
    /// For each row its name, where its name leads, and its figures.
    rows: Vec<(String, Option<String>, Vec<String>)>,
    /// Whether somebody asked for all rows, where the table is drawn anew.
    #[prop(default = RwSignal::new(false))]
    all: RwSignal<bool>,
) -> impl IntoView {
    let head: Vec<_> = head
        .into_iter()
        .enumerate()
        .map(|(index, title)| {
            view! { <th scope="col" class=if index == 0 { "" } else { "figure" }>{title}</th> }
        })
        .collect();
    let locale = use_locale();
    let others = rows.len().saturating_sub(FEW);
    let rows: Vec<_> = rows
        .into_iter()
        .enumerate()
        .map(|(index, cells)| row(cells, move || index >= FEW && !all.get()))
        .collect();
    let more = {
        let others = others as u64;
        td_string!(
            locale,
            table.more,
            count = others,
            number = number(locale, others)
        )
    };
    let label = caption.clone();
    view! {
        <div class="table-scroll" tabindex="0" role="group" aria-label=label>
            <table class="table table-sm">
                <caption class="visually-hidden">{caption}</caption>
                <thead>
                    <tr>{head}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <p class="mt-3" hidden=move || others == 0 || all.get()>
            <Button label=more size=ButtonSize::Small on_click=move |_| all.set(true)/>
        </p>
    }
    .into_any()
}

fn row(
    (name, href, figures): (String, Option<String>, Vec<String>),
    hidden: impl Fn() -> bool + Send + Sync + 'static,
) -> impl IntoView {
    let name = match href {
        Some(href) => view! { <a class="link link-hover" href=href>{name}</a> }.into_any(),
        None => name.into_any(),
    };
    let figures: Vec<_> = figures
        .into_iter()
        .map(|figure| view! { <td class="figure">{figure}</td> })
        .collect();
    view! {
        <tr hidden=hidden>
            <th scope="row" class="font-normal text-base-content max-w-36 sm:max-w-80 truncate">
                {name}
            </th>
            {figures}
        </tr>
    }
}
