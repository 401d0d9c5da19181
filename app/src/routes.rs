use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::{Lazy, SsrMode, path};

use crate::pages::layout::Layout;
use crate::pages::missing::Missing;
use crate::pages::{home, lazy};
use crate::{state, upstream};

/// The dashboard.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    state::language::provide_language();
    state::theme::provide_theme();
    state::clock::provide_clock();
    state::toasts::provide_toasts();
    state::uploads::provide_uploads();
    upstream::provide_sign();
    view! {
        <Router>
            <Routes fallback=Missing>
                // Where the pages are files of another site; the server has its own, without script.
                <Route path=path!("login") view={Lazy::<lazy::SignIn>::new()}/>
                // Whole pages at once: they work without script and carry their true status.
                <ParentRoute path=path!("") view=Layout ssr=SsrMode::Async>
                    <Route path=path!("") view=home::HomePage/>
                    <Route path=path!("sites") view={Lazy::<lazy::Sites>::new()}/>
                    <Route path=path!("sites/new") view={Lazy::<lazy::NewSite>::new()}/>
                    <ParentRoute path=path!("sites/:id") view={Lazy::<lazy::Site>::new()}>
                        <Route path=path!("") view={Lazy::<lazy::Programme>::new()}/>
                        <Route path=path!("plays") view={Lazy::<lazy::SitePlays>::new()}/>
                        <Route path=path!("health") view={Lazy::<lazy::SiteHealth>::new()}/>
                        <Route path=path!("player") view={Lazy::<lazy::SiteKeys>::new()}/>
                        <Route path=path!("versions") view={Lazy::<lazy::Versions>::new()}/>
                        <Route path=path!("edit") view={Lazy::<lazy::EditSite>::new()}/>
                    </ParentRoute>
                    <Route path=path!("pair") view={Lazy::<lazy::Pair>::new()}/>
                    <Route path=path!("videos") view={Lazy::<lazy::Videos>::new()}/>
                    <Route path=path!("videos/storage") view={Lazy::<lazy::Storage>::new()}/>
                    <Route path=path!("videos/:id") view={Lazy::<lazy::Video>::new()}/>
                    <Route path=path!("plays") view={Lazy::<lazy::Plays>::new()}/>
                    <Route path=path!("alerts") view={Lazy::<lazy::Alerts>::new()}/>
                    <Route path=path!("messages") view={Lazy::<lazy::Messages>::new()}/>
                    <Route path=path!("account") view={Lazy::<lazy::Account>::new()}/>
                    <Route path=path!("*any") view=Missing/>
                </ParentRoute>
            </Routes>
        </Router>
    }
}
