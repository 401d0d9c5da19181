use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::{SsrMode, path};

use crate::pages::layout::Layout;
use crate::pages::missing::Missing;
use crate::pages::{home, pair, plays, site, sites, video, videos};
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
    state::drafts::provide_drafts();
    view! {
        <Router>
            <Routes fallback=Missing>
                // Whole pages at once: they work without script and carry their true status.
                <ParentRoute path=path!("") view=Layout ssr=SsrMode::Async>
                    <Route path=path!("") view=home::HomePage/>
                    <Route path=path!("sites") view=sites::SitesPage/>
                    <Route path=path!("sites/new") view=sites::NewSitePage/>
                    <ParentRoute path=path!("sites/:id") view=site::SitePage>
                        <Route path=path!("") view=site::ProgrammePage/>
                        <Route path=path!("plays") view=site::SitePlaysPage/>
                        <Route path=path!("edit") view=site::EditSitePage/>
                    </ParentRoute>
                    <Route path=path!("pair") view=pair::PairPage/>
                    <Route path=path!("videos") view=videos::VideosPage/>
                    <Route path=path!("videos/:id") view=video::VideoPage/>
                    <Route path=path!("plays") view=plays::PlaysPage/>
                    <Route path=path!("*any") view=Missing/>
                </ParentRoute>
            </Routes>
        </Router>
    }
}
