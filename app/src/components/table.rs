use leptos::prelude::*;

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
) -> impl IntoView {
    let head: Vec<_> = head
        .into_iter()
        .enumerate()
        .map(|(index, title)| {
            view! { <th scope="col" class=if index == 0 { "" } else { "figure" }>{title}</th> }
        })
        .collect();
    let rows: Vec<_> = rows.into_iter().map(row).collect();
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
    }
    .into_any()
}

fn row((name, href, figures): (String, Option<String>, Vec<String>)) -> impl IntoView {
    let name = match href {
        Some(href) => view! { <a class="link link-hover" href=href>{name}</a> }.into_any(),
        None => name.into_any(),
    };
    let figures: Vec<_> = figures
        .into_iter()
        .map(|figure| view! { <td class="figure">{figure}</td> })
        .collect();
    view! {
        <tr>
            <th scope="row" class="font-normal text-base-content max-w-36 sm:max-w-80 truncate">
                {name}
            </th>
            {figures}
        </tr>
    }
}
