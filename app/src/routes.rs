use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::{SsrMode, path};

use crate::pages::layout::Layout;
use crate::pages::missing::Missing;
use crate::pages::sites;
use crate::state;

/// The dashboard.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    state::language::provide_language();
    state::theme::provide_theme();
    state::clock::provide_clock();
    state::toasts::provide_toasts();
    state::uploads::provide_uploads();
    view! {
        <Router>
            <Routes fallback=Missing>
                // Whole pages at once: they work without script and carry their true status.
                <ParentRoute path=path!("") view=Layout ssr=SsrMode::Async>
                    <Route path=path!("sites") view=sites::SitesPage/>
                    <Route path=path!("sites/new") view=sites::NewSitePage/>
                    <Route path=path!("*any") view=Missing/>
                </ParentRoute>
            </Routes>
        </Router>
    }
}
