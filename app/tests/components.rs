//! Components, rendered as the server does.

use api::error::{ApiError, ErrorCode};
use api::id::{SiteId, VideoId};
use api::site::{Screen, Site, SiteStatus};
use app::components::{Ago, Figures, Pager, SiteState, StateMark, TextField, Thumb, field_error};
use chrono::DateTime;
use leptos::prelude::*;

/// The markup of a view, without the marks that hydration goes by.
fn render<V: IntoView>(view: impl FnOnce() -> V) -> String {
    let html = Owner::new().with(|| view().into_view().to_html());
    html.replace("<!>", "")
}

fn site(status: SiteStatus, screen: Screen) -> Site {
    Site {
        id: SiteId::new(),
        name: "Gymnase de la Vallée".to_owned(),
        club: String::new(),
        city: String::new(),
        time_zone: "Europe/Paris".to_owned(),
        status,
        last_seen: None,
        is_active: true,
        clone_seen_at: None,
        screen,
        on_screen: None,
        published_version: None,
        applied_version: None,
    }
}

#[test]
fn a_state_is_a_dot_and_a_word() {
    for (status, screen, dot, word) in [
        (
            SiteStatus::Pending,
            Screen::Off,
            "state-pending",
            "Aucun écran relié",
        ),
        (
            SiteStatus::Online,
            Screen::Playing,
            "state-online",
            "En ligne",
        ),
        (
            SiteStatus::Online,
            Screen::Off,
            "state-warning",
            "Écran éteint",
        ),
        (
            SiteStatus::Offline,
            Screen::Playing,
            "state-offline",
            "Hors ligne",
        ),
    ] {
        let html = render(|| view! { <StateMark state=SiteState::of(&site(status, screen))/> });
        assert!(html.contains(dot) && html.contains(word), "{html}");
    }
}

#[test]
fn a_thumbnail_shows_its_picture_or_a_placeholder() {
    let id = VideoId::new();
    let html = render(|| view! { <Thumb id has_thumbnail=true time="0:15"/> });
    assert!(
        html.contains(&format!("src=\"/api/v1/videos/{id}/thumbnail\"")),
        "{html}"
    );
    assert!(html.contains("0:15"), "{html}");
    let html = render(|| view! { <Thumb id has_thumbnail=false/> });
    assert!(
        html.contains("thumb-none") && !html.contains("<img"),
        "{html}"
    );
}

#[test]
fn before_the_page_lives_times_are_exact() {
    let at = DateTime::from_timestamp(1_795_284_120, 0).unwrap();
    let html = render(|| view! { <Ago at/> });
    assert!(html.contains("2026-11-21 18:02 UTC"), "{html}");
    assert!(
        html.contains("datetime=\"2026-11-21T18:02:00+00:00\""),
        "{html}"
    );
}

#[test]
fn a_refused_input_says_so_and_is_described_by_it() {
    let refusal = ApiError::new(ErrorCode::Invalid).with_field("name", ErrorCode::Required);
    let error = field_error(Some(&refusal), "name");
    assert_eq!(field_error(Some(&refusal), "club"), None);
    let html = render(|| {
        view! { <TextField label="Nom du site" id="site-name" name="name" error=Signal::derive(move || error.clone())/> }
    });
    assert!(html.contains("aria-invalid=\"true\""), "{html}");
    assert!(
        html.contains("aria-describedby=\"site-name-error\""),
        "{html}"
    );
    assert!(html.contains("Ce champ est obligatoire."), "{html}");
    assert!(
        html.contains("<label for=\"site-name\">Nom du site</label>"),
        "{html}"
    );
}

#[test]
fn a_pager_leads_to_the_pages_that_exist() {
    let render_page = |page| {
        let href = |number| format!("/sites?page={number}");
        render(move || view! { <Pager page pages=3 href=Callback::new(href)/> })
    };
    let first = render_page(1);
    assert!(
        first.contains("Page 1 sur 3") && first.contains("/sites?page=2"),
        "{first}"
    );
    assert!(!first.contains("rel=\"prev\""), "{first}");
    let last = render_page(3);
    assert!(
        last.contains("/sites?page=2") && !last.contains("rel=\"next\""),
        "{last}"
    );
}

#[test]
fn a_table_has_a_caption_and_heads() {
    let html = render(|| {
        let rows = vec![("21 nov.".to_owned(), None, vec!["3".to_owned()])];
        let head = vec!["Jour".to_owned(), "Diffusions".to_owned()];
        view! { <Figures caption="Par jour" head rows/> }
    });
    assert!(
        html.contains("<caption class=\"visually-hidden\">Par jour</caption>"),
        "{html}"
    );
    assert!(
        html.contains("scope=\"row\"") && html.contains("scope=\"col\""),
        "{html}"
    );
}

/// The content security policy forbids inline styles; a browser would drop them silently.
#[test]
fn no_view_has_an_inline_style() {
    let mut folders = vec![std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let source = std::fs::read_to_string(&path).unwrap();
                assert!(!source.contains(" style="), "{}", path.display());
                assert!(!source.contains("style:"), "{}", path.display());
            }
        }
    }
}
