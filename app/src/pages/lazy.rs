//! Pages that the browser fetches when one of their area is first opened. The home page comes
//! with the dashboard itself, so that the first load stays small.

use leptos::prelude::*;
use leptos_router::LazyRoute;

use super::{pair, plays, site, sites, video, videos};

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
    EditSite,
}

/// One site and its screen.
#[lazy]
fn site_area(page: SiteArea) -> AnyView {
    match page {
        SiteArea::Site => view! { <site::SitePage/> }.into_any(),
        SiteArea::Programme => view! { <site::ProgrammePage/> }.into_any(),
        SiteArea::SitePlays => view! { <site::SitePlaysPage/> }.into_any(),
        SiteArea::EditSite => view! { <site::EditSitePage/> }.into_any(),
    }
}

#[derive(Clone, Copy)]
enum LibraryArea {
    Videos,
    Video,
}

/// The library.
#[lazy]
fn library_area(page: LibraryArea) -> AnyView {
    match page {
        LibraryArea::Videos => view! { <videos::VideosPage/> }.into_any(),
        LibraryArea::Video => view! { <video::VideoPage/> }.into_any(),
    }
}

/// What was played.
#[lazy]
fn plays_area() -> AnyView {
    view! { <plays::PlaysPage/> }.into_any()
}

/// `/sites`.
#[derive(Clone, Copy, Debug)]
pub struct Sites;

impl LazyRoute for Sites {
    fn data() -> Self {
        Self
    }

    async fn view(_page: Self) -> AnyView {
        sites_area(SitesArea::Sites).await
    }
}

/// `/sites/new`.
#[derive(Clone, Copy, Debug)]
pub struct NewSite;

impl LazyRoute for NewSite {
    fn data() -> Self {
        Self
    }

    async fn view(_page: Self) -> AnyView {
        sites_area(SitesArea::NewSite).await
    }
}

/// `/sites/{id}`: what surrounds its tabs.
#[derive(Clone, Copy, Debug)]
pub struct Site;

impl LazyRoute for Site {
    fn data() -> Self {
        Self
    }

    async fn view(_page: Self) -> AnyView {
        site_area(SiteArea::Site).await
    }
}

/// `/sites/{id}`.
#[derive(Clone, Copy, Debug)]
pub struct Programme;

impl LazyRoute for Programme {
    fn data() -> Self {
        Self
    }

    async fn view(_page: Self) -> AnyView {
        site_area(SiteArea::Programme).await
    }
}

/// `/sites/{id}/plays`.
#[derive(Clone, Copy, Debug)]
pub struct SitePlays;

impl LazyRoute for SitePlays {
    fn data() -> Self {
        Self
    }

    async fn view(_page: Self) -> AnyView {
        site_area(SiteArea::SitePlays).await
    }
}

/// `/sites/{id}/edit`.
#[derive(Clone, Copy, Debug)]
pub struct EditSite;

impl LazyRoute for EditSite {
    fn data() -> Self {
        Self
    }

    async fn view(_page: Self) -> AnyView {
        site_area(SiteArea::EditSite).await
    }
}

/// `/pair`.
#[derive(Clone, Copy, Debug)]
pub struct Pair;

impl LazyRoute for Pair {
    fn data() -> Self {
        Self
    }

    async fn view(_page: Self) -> AnyView {
        sites_area(SitesArea::Pair).await
    }
}

/// `/videos`.
#[derive(Clone, Copy, Debug)]
pub struct Videos;

impl LazyRoute for Videos {
    fn data() -> Self {
        Self
    }

    async fn view(_page: Self) -> AnyView {
        library_area(LibraryArea::Videos).await
    }
}

/// `/videos/{id}`.
#[derive(Clone, Copy, Debug)]
pub struct Video;

impl LazyRoute for Video {
    fn data() -> Self {
        Self
    }

    async fn view(_page: Self) -> AnyView {
        library_area(LibraryArea::Video).await
    }
}

/// `/plays`.
#[derive(Clone, Copy, Debug)]
pub struct Plays;

impl LazyRoute for Plays {
    fn data() -> Self {
        Self
    }

    async fn view(_page: Self) -> AnyView {
        plays_area().await
    }
}
