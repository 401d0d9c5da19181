//! Pages that the browser fetches when one of their area is first opened. The home page comes
//! with the dashboard itself, so that the first load stays small.

use leptos::prelude::*;
use leptos_router::LazyRoute;

use super::{account, alerts, foreign, messages, pair, plays, sign_in, site, sites, video, videos};

#[derive(Clone, Copy)]
enum SitesArea {
    Sites,
    NewSite,
    Pair,
}

/// The list of the sites and what adds to it.
#[lazy]
fn sites_area(page: SitesArea) -> AnyView {
    match page {
        SitesArea::Sites => view! { <sites::SitesPage/> }.into_any(),
        SitesArea::NewSite => view! { <sites::NewSitePage/> }.into_any(),
        SitesArea::Pair => view! { <pair::PairPage/> }.into_any(),
    }
}

#[derive(Clone, Copy)]
enum SiteArea {
    Site,
    Programme,
    SitePlays,
    SiteKeys,
    SiteHealth,
    Versions,
    EditSite,
}

/// One site and its screen.
#[lazy]
fn site_area(page: SiteArea) -> AnyView {
    match page {
        SiteArea::Site => view! { <site::SitePage/> }.into_any(),
        SiteArea::Programme => view! { <site::ProgrammePage/> }.into_any(),
        SiteArea::SitePlays => view! { <site::SitePlaysPage/> }.into_any(),
        SiteArea::SiteKeys => view! { <site::SiteKeysPage/> }.into_any(),
        SiteArea::SiteHealth => view! { <site::SiteHealthPage/> }.into_any(),
        SiteArea::Versions => view! { <site::VersionsPage/> }.into_any(),
        SiteArea::EditSite => view! { <site::EditSitePage/> }.into_any(),
    }
}

#[derive(Clone, Copy)]
enum LibraryArea {
    Videos,
    Storage,
    Video,
}

/// The library.
#[lazy]
fn library_area(page: LibraryArea) -> AnyView {
    match page {
        LibraryArea::Videos => view! { <videos::VideosPage/> }.into_any(),
        LibraryArea::Storage => view! { <foreign::ForeignPage/> }.into_any(),
        LibraryArea::Video => view! { <video::VideoPage/> }.into_any(),
    }
}

#[derive(Clone, Copy)]
enum PlaysArea {
    Plays,
}

/// What was played.
#[lazy]
fn plays_area(page: PlaysArea) -> AnyView {
    match page {
        PlaysArea::Plays => view! { <plays::PlaysPage/> }.into_any(),
    }
}

#[derive(Clone, Copy)]
enum AlertsArea {
    Alerts,
    Messages,
}

/// What people are told, and by what ways.
#[lazy]
fn alerts_area(page: AlertsArea) -> AnyView {
    match page {
        AlertsArea::Alerts => view! { <alerts::AlertsPage/> }.into_any(),
        AlertsArea::Messages => view! { <messages::MessagesPage/> }.into_any(),
    }
}

#[derive(Clone, Copy)]
enum AccountArea {
    Account,
}

/// One's own account.
#[lazy]
fn account_area(page: AccountArea) -> AnyView {
    match page {
        AccountArea::Account => view! { <account::AccountPage/> }.into_any(),
    }
}

#[derive(Clone, Copy)]
enum SignInArea {
    SignIn,
}

/// The way in, where no server writes it.
#[lazy]
fn sign_in_area(page: SignInArea) -> AnyView {
    match page {
        SignInArea::SignIn => view! { <sign_in::SignInPage/> }.into_any(),
    }
}

/// Fetches the area that a path lies in. The browser does so before it takes over the server's
/// page: taking over must not wait, since what changes meanwhile (the clock, a theme) would no
/// longer be what the server drew, and a page that is not at hand would be drawn twice.
pub async fn fetch_area(path: &str) {
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    match (parts.next(), parts.next()) {
        (Some("sites"), None | Some("new")) | (Some("pair"), _) => Sites::preload().await,
        (Some("sites"), Some(_)) => Site::preload().await,
        (Some("videos"), _) => Videos::preload().await,
        (Some("plays"), _) => Plays::preload().await,
        (Some("alerts" | "messages"), _) => Alerts::preload().await,
        (Some("account"), _) => Account::preload().await,
        (Some("login"), _) => SignIn::preload().await,
        _ => {}
    }
}

/// The route of one page: the router fetches its area first (`$preload` is what `#[lazy]` makes
/// beside the area's function).
macro_rules! lazy_page {
    ($(#[$doc:meta])* $page:ident from $area:ident: $view:ident, $preload:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $page;

        impl LazyRoute for $page {
            fn data() -> Self {
                Self
            }

            async fn view(_page: Self) -> AnyView {
                $view($area::$page).await
            }

            async fn preload() {
                #[cfg(target_arch = "wasm32")]
                $preload().await;
            }
        }
    };
}

lazy_page!(
    /// `/sites`.
    Sites from SitesArea: sites_area, __preload_sites_area
);
lazy_page!(
    /// `/sites/new`.
    NewSite from SitesArea: sites_area, __preload_sites_area
);
lazy_page!(
    /// `/pair`.
    Pair from SitesArea: sites_area, __preload_sites_area
);
lazy_page!(
    /// `/sites/{id}`: what surrounds its tabs.
    Site from SiteArea: site_area, __preload_site_area
);
lazy_page!(
    /// `/sites/{id}`.
    Programme from SiteArea: site_area, __preload_site_area
);
lazy_page!(
    /// `/sites/{id}/plays`.
    SitePlays from SiteArea: site_area, __preload_site_area
);
lazy_page!(
    /// `/sites/{id}/player`.
    SiteKeys from SiteArea: site_area, __preload_site_area
);
lazy_page!(
    /// `/sites/{id}/health`.
    SiteHealth from SiteArea: site_area, __preload_site_area
);
lazy_page!(
    /// `/sites/{id}/versions`.
    Versions from SiteArea: site_area, __preload_site_area
);
lazy_page!(
    /// `/sites/{id}/edit`.
    EditSite from SiteArea: site_area, __preload_site_area
);
lazy_page!(
    /// `/videos`.
    Videos from LibraryArea: library_area, __preload_library_area
);
lazy_page!(
    /// `/videos/storage`.
    Storage from LibraryArea: library_area, __preload_library_area
);
lazy_page!(
    /// `/videos/{id}`.
    Video from LibraryArea: library_area, __preload_library_area
);
lazy_page!(
    /// `/plays`.
    Plays from PlaysArea: plays_area, __preload_plays_area
);
lazy_page!(
    /// `/alerts`.
    Alerts from AlertsArea: alerts_area, __preload_alerts_area
);
lazy_page!(
    /// `/messages`.
    Messages from AlertsArea: alerts_area, __preload_alerts_area
);
lazy_page!(
    /// `/account`.
    Account from AccountArea: account_area, __preload_account_area
);
lazy_page!(
    /// `/login`.
    SignIn from SignInArea: sign_in_area, __preload_sign_in_area
);
