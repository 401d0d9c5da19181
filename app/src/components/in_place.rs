use std::sync::Arc;

use api::site::Site;
use leptos::prelude::*;

/// Draws each site of a list once and keeps it there: what changes of a site changes inside, and
/// only sites that come or go are drawn or taken away.
#[component]
pub fn SitesInPlace<F, V>(
    /// The sites, in order.
    sites: Signal<Vec<Site>>,
    /// Draws one.
    children: F,
) -> impl IntoView
where
    F: Fn(Memo<Arc<Site>>) -> V + Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    // What every row reads is made once for all of them, and each site once for all who read it.
    let shared = move |sites: &Vec<Site>| sites.iter().cloned().map(Arc::new).collect();
    let sites = Memo::new(move |_| -> Vec<Arc<Site>> { sites.with(shared) });
    let draw = move |first: Arc<Site>| {
        let id = first.id;
        let site = Memo::new(move |before: Option<&Arc<Site>>| {
            let Some(before) = before else {
                sites.track();
                return first.clone();
            };
            let newest = sites.with(|sites| sites.iter().find(|site| site.id == id).cloned());
            // It may be asked a last time while it goes.
            newest.unwrap_or_else(|| before.clone())
        });
        children(site).into_any()
    };
    view! { <For each=move || sites.get() key=|site| site.id children=draw/> }.into_any()
}
