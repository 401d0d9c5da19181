use leptos::prelude::*;
use leptos_meta::Title;

/// What the browser's tab says.
#[component]
pub fn TabTitle(
    /// The page, without the product's name.
    title: Signal<String>,
) -> impl IntoView {
    let first = title.get_untracked();
    // Leptos writes the tab's title last: among many pages that are drawn at once, what the signal
    // stands in may be gone by then.
    let text = move || title.try_get().unwrap_or_else(|| first.clone());
    view! { <Title text=move || format!("{} · NeoPro", text())/> }
}

/// The head of a page: its title is a sentence or a name, its main action at the right.
#[component]
pub fn PageHead(
    /// The title, in the page and on the tab.
    #[prop(into)]
    title: Signal<String>,
    /// A line above: a date, or where the page belongs.
    #[prop(optional)]
    above: Option<AnyView>,
    /// A line below.
    #[prop(optional)]
    below: Option<AnyView>,
    /// What can be done here.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <TabTitle title/>
        <div class="flex flex-wrap items-end gap-4 mb-6">
            <div class="min-w-0">
                {above.map(|above| view! { <p class="quiet text-sm">{above}</p> })}
                <h1 class="text-3xl font-semibold mt-1 wrap-anywhere">{title}</h1>
                {below.map(|below| view! { <div class="quiet mt-1">{below}</div> })}
            </div>
            {children
                .map(|children| {
                    view! { <div class="ml-auto flex flex-wrap justify-end gap-2">{children()}</div> }
                })}
        </div>
    }
    .into_any()
}

/// A panel with its heading.
#[component]
pub fn Panel(
    /// Id of its heading.
    id: &'static str,
    /// Its heading.
    #[prop(into)]
    title: String,
    /// What stands beside the heading.
    #[prop(optional)]
    aside: Option<AnyView>,
    /// What it holds.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="panel p-5 min-w-0" aria-labelledby=id>
            <div class="flex flex-wrap items-baseline gap-x-3 gap-y-1 mb-3">
                <h2 id=id class="text-lg font-semibold">{title}</h2>
                {aside}
            </div>
            {children()}
        </section>
    }
    .into_any()
}
