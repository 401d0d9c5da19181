//! The dashboard's pages and server functions.

use api::error::ErrorCode;
use http::header;

use crate::support::TestApp;

#[tokio::test]
async fn pages_render_for_who_is_signed_in_under_a_policy_of_their_own() {
    let app = TestApp::start().await;
    let admin = app.admin().await.with(header::ACCEPT, "text/html");
    app.site("Salle Jean-Moulin").await;
    let page = admin.get("/sites").await;
    assert_eq!(
        (page.status, page.header("content-type")),
        (200, "text/html; charset=utf-8")
    );
    assert!(page.text().contains("Salle Jean-Moulin"));
    let policy = page.header("content-security-policy");
    assert!(
        policy.contains("'nonce-") && policy.contains("'wasm-unsafe-eval'"),
        "{policy}"
    );
    assert!(
        !policy.contains("unsafe-inline") && !policy.contains("ws:"),
        "{policy}"
    );
}

#[tokio::test]
async fn an_unknown_page_is_the_dashboards_own_and_not_found() {
    let app = TestApp::start().await;
    let admin = app.admin().await.with(header::ACCEPT, "text/html");
    let page = admin.get("/no-such-page").await;
    assert_eq!(page.status, 404);
    assert!(page.text().contains("<html"), "{page:?}");
}

#[tokio::test]
async fn server_functions_open_into_the_same_verbs_with_their_own_status() {
    let app = TestApp::start().await;
    let admin = app.admin().await.with(header::ACCEPT_LANGUAGE, "en");
    let path = "/fn/app/backend/sites/create_site";
    let form = "new[name]=%20&new[club]=&new[city]=&new[time_zone]=Europe/Paris";
    let refused = admin.submit(path, form).await;
    assert_eq!(refused.refusal(), (422, ErrorCode::Invalid));
    assert_eq!(
        refused.json()["fields"][0]["message"],
        "This field is required."
    );
    let malformed = admin.submit(path, "rubbish").await;
    assert_eq!(malformed.refusal(), (422, ErrorCode::Invalid));
    let form = form.replace("%20", "Rennes");
    // A page without script follows the redirection.
    let plain = admin.clone().with(header::ACCEPT, "text/html");
    let created = plain.submit(path, &form).await;
    assert_eq!(created.status, 302, "{created:?}");
    assert!(created.header("location").starts_with("/sites/"));
    assert_eq!(admin.get("/api/v1/sites").await.json()["total"], 1);
}

#[tokio::test]
async fn the_sign_in_page_keeps_the_language_that_is_chosen_on_it() {
    let app = TestApp::start().await;
    let stranger = app.stranger();
    let chosen = stranger.get("/login?language=en&next=%2Fsites").await;
    assert_eq!(
        (chosen.status, chosen.header("location")),
        (303, "/login?next=%2Fsites")
    );
    let page = stranger
        .with_cookie(&chosen.session_cookie())
        .get("/login")
        .await;
    assert!(page.text().contains("<html lang=\"en\""), "{page:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_pages_drawn_at_once_are_each_whole_and_carry_their_own_title() {
    let app = TestApp::start().await;
    let admin = app.admin().await.with(header::ACCEPT, "text/html");
    let site = app.site("Salle Jean-Moulin").await;
    let pages = [
        ("/sites".to_owned(), "<title>Sites · NeoPro</title>"),
        (
            format!("/sites/{site}"),
            "<title>Salle Jean-Moulin · NeoPro</title>",
        ),
        ("/videos".to_owned(), "<title>Vidéothèque · NeoPro</title>"),
    ];
    let drawn = (0..300).map(|number| {
        let (path, title) = pages[number % pages.len()].clone();
        let admin = admin.clone();
        tokio::spawn(async move {
            let page = admin.get(&path).await;
            assert_eq!(page.status, 200);
            let text = page.text();
            let found = text
                .find("<title>")
                .map(|at| &text[at..(at + 60).min(text.len())]);
            assert!(text.contains(title), "{path}: {found:?}");
        })
    });
    for page in futures::future::join_all(drawn).await {
        page.unwrap();
    }
}
