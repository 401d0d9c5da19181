//! Signing in and out, by page and by API.

use http::header;
use serde_json::json;

use crate::support::TestApp;
use crate::support::app::{EMAIL, PASSWORD};

const FORM: &str = "email=ana%40example.fr&password=Correct-Horse-42&next=%2Fsites%3Fpage%3D2";

#[tokio::test]
async fn the_page_signs_in_and_goes_on_to_what_was_asked_for() {
    let app = TestApp::start().await;
    app.create_admin().await;
    let answer = app.stranger().submit("/login", FORM).await;
    assert_eq!(
        (answer.status, answer.header("location")),
        (303, "/sites?page=2")
    );
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-session="), "{cookie}");
    for attribute in [
        "HttpOnly",
        "Secure",
        "SameSite=Lax",
        "Path=/",
        "Max-Age=6047",
    ] {
        assert!(cookie.contains(attribute), "{attribute}: {cookie}");
    }
    let me = app
        .stranger()
        .with_cookie(&answer.session_cookie())
        .get("/api/v1/session")
        .await;
    assert_eq!(me.json()["email"], EMAIL);
}

#[tokio::test]
async fn a_wrong_password_shows_the_page_again_with_the_refusal_and_without_the_password() {
    let app = TestApp::start().await;
    app.create_admin().await;
    let form = FORM.replace("Horse", "Zebra");
    let answer = app.stranger().submit("/login", &form).await;
    assert_eq!(answer.status, 401);
    assert!(answer.text().contains("Invalid credentials"), "{answer:?}");
    assert!(answer.text().contains(EMAIL) && !answer.text().contains("Zebra"));
    assert!(!answer.text().contains("<script"));
}

#[tokio::test]
async fn next_never_leaves_the_dashboard() {
    let app = TestApp::start().await;
    app.create_admin().await;
    let form = "email=ana%40example.fr&password=Correct-Horse-42&next=%2F%2Fevil.example";
    let answer = app.stranger().submit("/login", form).await;
    assert_eq!((answer.status, answer.header("location")), (303, "/"));
}

#[tokio::test]
async fn pages_lead_strangers_to_the_sign_in_page_and_back() {
    let app = TestApp::start().await;
    let stranger = app.stranger().with(header::ACCEPT, "text/html");
    for (page, expected) in [
        ("/", "/login"),
        ("/sites?page=2", "/login?next=%2Fsites%3Fpage%3D2"),
        ("/no-such-page", "/login?next=%2Fno-such-page"),
    ] {
        let answer = stranger.get(page).await;
        assert_eq!(
            (answer.status, answer.header("location")),
            (303, expected),
            "{page}"
        );
    }
}

#[tokio::test]
async fn signing_out_ends_the_session_for_good() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    assert_eq!(admin.get("/login").await.status, 303);
    let answer = admin.submit("/logout", "").await;
    assert_eq!((answer.status, answer.header("location")), (303, "/login"));
    assert!(answer.header("set-cookie").starts_with("__Host-session=;"));
    assert_eq!(admin.get("/api/v1/session").await.status, 401);

    let admin = app.admin().await;
    assert_eq!(admin.delete("/api/v1/session").await.status, 204);
    assert_eq!(admin.get("/api/v1/session").await.status, 401);
}

#[tokio::test]
async fn an_address_where_browsers_keep_no_cookie_is_refused_with_what_to_do() {
    let app = TestApp::start().await;
    app.create_admin().await;
    let far = app
        .stranger()
        .with(header::HOST, "192.168.1.5:3001")
        .with(header::ORIGIN, "http://192.168.1.5:3001");
    let answer = far.submit("/login", FORM).await;
    assert_eq!(answer.status, 400);
    assert!(answer.text().contains("http://localhost"), "{answer:?}");

    let named = app
        .stranger()
        .with(header::HOST, "neopro.lan:3001")
        .with(header::ORIGIN, "http://neopro.lan:3001")
        .with(header::ACCEPT, "text/html");
    let answer = named.submit("/login", FORM).await;
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (400, "text/html; charset=utf-8")
    );
    assert!(answer.text().contains("http://localhost"), "{answer:?}");

    let app = TestApp::with_variables(&[("NEOPRO_ENV", "development")]).await;
    app.create_admin().await;
    let far = app
        .stranger()
        .with(header::HOST, "192.168.1.5:3001")
        .with(header::ORIGIN, "http://192.168.1.5:3001");
    let answer = far.submit("/login", FORM).await;
    assert!(
        answer.header("set-cookie").starts_with("neopro-dev="),
        "{answer:?}"
    );
}

#[tokio::test]
async fn the_first_administrator_needs_the_code_of_the_log() {
    use secrecy::ExposeSecret;
    let app = TestApp::start().await;
    let code = app
        .domain
        .accounts()
        .first_run_code()
        .await
        .unwrap()
        .unwrap();
    let first = |code: &str| json!({ "code": code, "email": EMAIL, "full_name": "Ana", "password": PASSWORD });
    let wrong = app
        .stranger()
        .post("/api/v1/first-run", &first("0000"))
        .await;
    assert_eq!(wrong.status, 401, "{wrong:?}");
    let weak = format!(
        "code={}&email=ana%40example.fr&full_name=Ana&password=court",
        code.expose_secret()
    );
    let answer = app.stranger().submit("/first-run", &weak).await;
    assert_eq!(answer.status, 422, "{answer:?}");
    let right = app
        .stranger()
        .post("/api/v1/first-run", &first(code.expose_secret()))
        .await;
    assert_eq!(right.status, 201, "{right:?}");
    let again = app
        .stranger()
        .post("/api/v1/first-run", &first(code.expose_secret()))
        .await;
    assert_eq!(again.status, 401);
}

#[tokio::test]
async fn failures_are_throttled_and_say_when_to_come_back() {
    let app = TestApp::start().await;
    app.create_admin().await;
    let wrong = json!({ "email": EMAIL, "password": "Wrong-Horse-42" });
    let mut last = app.stranger().post("/api/v1/session", &wrong).await;
    for _ in 0..30 {
        if last.status == 429 {
            break;
        }
        last = app.stranger().post("/api/v1/session", &wrong).await;
    }
    assert_eq!(last.status, 429);
    assert_eq!(last.header("retry-after"), "60");
}
