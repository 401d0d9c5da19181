//! Dashboards that other sites serve: who may read, who keeps which session.

use axum::body::Body;
use http::{HeaderName, Method, header};
use serde_json::json;

use crate::support::TestApp;
use crate::support::app::{EMAIL, PASSWORD};
use crate::support::visitor::Visitor;

const DASHBOARD: &str = "https://neopro-admin.example.bzh";
const API: &str = "neopro-central.example.com";

async fn server() -> TestApp {
    let app = TestApp::with_variables(&[
        ("ALLOWED_ORIGINS", DASHBOARD),
        ("PUBLIC_URL", &format!("https://{API}")),
    ])
    .await;
    app.create_admin().await;
    app
}

fn page(app: &TestApp, origin: &str) -> Visitor {
    app.stranger()
        .with(header::HOST, API)
        .with(header::ORIGIN, origin)
}

async fn preflight(visitor: Visitor) -> crate::support::answer::Answer {
    let asked = HeaderName::from_static("access-control-request-method");
    let headers = HeaderName::from_static("access-control-request-headers");
    let browser = visitor
        .with(asked, "PUT")
        .with(headers, "authorization,content-type");
    let path = "/api/v1/sites";
    browser.send(Method::OPTIONS, path, Body::empty()).await
}

#[tokio::test]
async fn allowed_pages_may_read_and_send_and_no_others() {
    let app = server().await;
    let allowed = preflight(page(&app, DASHBOARD)).await;
    assert_eq!(allowed.status, 200);
    assert_eq!(allowed.header("access-control-allow-origin"), DASHBOARD);
    assert_eq!(allowed.header("access-control-allow-credentials"), "true");
    assert!(
        allowed
            .header("access-control-allow-headers")
            .contains("authorization")
    );
    for origin in ["https://evil.example", "null", "https://example.bzh"] {
        let refused = preflight(page(&app, origin)).await;
        assert_eq!(
            refused.header("access-control-allow-origin"),
            "",
            "{origin}"
        );
    }
    let told = page(&app, "https://evil.example")
        .get("/api/v1/sites")
        .await;
    assert_eq!(told.header("access-control-allow-origin"), "");
}

#[tokio::test]
async fn refusals_can_be_read_by_allowed_pages_too() {
    let app = server().await;
    let answer = page(&app, DASHBOARD).get("/api/v1/sites").await;
    assert_eq!(answer.status, 401);
    assert_eq!(answer.header("access-control-allow-origin"), DASHBOARD);
}

#[tokio::test]
async fn a_page_that_is_not_allowed_learns_just_that() {
    let app = server().await;
    let answer = page(&app, "https://evil.example")
        .get("/api/v1/dashboard")
        .await;
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert_eq!(answer.json()["is_allowed"], false);
    let answer = page(&app, DASHBOARD).get("/api/v1/dashboard").await;
    assert_eq!(answer.header("access-control-allow-origin"), DASHBOARD);
    assert_eq!(answer.json()["is_allowed"], true);
    assert_eq!(answer.json()["is_signed_in"], false);
}

#[tokio::test]
async fn a_browser_that_brings_cookies_back_gets_one_for_the_two_sites() {
    let app = server().await;
    let page = page(&app, DASHBOARD);
    let probe = page.get("/api/v1/dashboard").await.session_cookie();
    let typed = json!({ "email": EMAIL, "password": PASSWORD });
    let answer = page
        .clone()
        .with_cookie(&probe)
        .post("/api/v1/session", &typed)
        .await;
    assert_eq!(answer.status, 201, "{answer:?}");
    assert!(answer.json().get("tokens").is_none(), "{answer:?}");
    let cookie = answer.header("set-cookie");
    for attribute in ["HttpOnly", "Secure", "SameSite=None", "Partitioned"] {
        assert!(cookie.contains(attribute), "{attribute}: {cookie}");
    }
    let signed_in = page.with_cookie(&answer.session_cookie());
    let reception = signed_in.get("/api/v1/dashboard").await;
    assert_eq!(reception.json()["is_signed_in"], true);
    let site = json!({ "name": "Rennes" });
    assert_eq!(signed_in.post("/api/v1/sites", &site).await.status, 201);
    let out = signed_in.delete("/api/v1/session").await;
    let removed: Vec<_> = out.headers.get_all(header::SET_COOKIE).iter().collect();
    assert!(
        removed
            .iter()
            .any(|line| line.to_str().unwrap().contains("Partitioned")),
        "{removed:?}"
    );
}

#[tokio::test]
async fn a_browser_that_brings_none_back_gets_tokens_that_turn() {
    let app = server().await;
    let page = page(&app, DASHBOARD);
    let typed = json!({ "email": EMAIL, "password": PASSWORD });
    let answer = page.post("/api/v1/session", &typed).await;
    assert_eq!(answer.header("set-cookie"), "");
    let tokens = answer.json()["tokens"].clone();
    assert_eq!(tokens["expires_in_s"], 900);
    let bearer = |tokens: &serde_json::Value| {
        let token = tokens["access_token"].as_str().unwrap();
        page.clone()
            .with(header::AUTHORIZATION, &format!("Bearer {token}"))
    };
    let me = bearer(&tokens).get("/api/v1/session").await;
    assert_eq!(me.json()["email"], EMAIL);
    let site = json!({ "name": "Rennes" });
    let made = bearer(&tokens).post("/api/v1/sites", &site).await;
    assert_eq!(made.status, 201);

    let refresh = async |tokens: &serde_json::Value| {
        let typed = json!({ "refresh_token": tokens["refresh_token"] });
        page.post("/api/v1/session/tokens", &typed).await
    };
    let next = refresh(&tokens).await.json();
    let again = refresh(&tokens).await;
    assert_eq!(again.status, 200, "the answer may have been lost");
    app.clock.advance(chrono::TimeDelta::seconds(61));
    assert_eq!(refresh(&tokens).await.status, 401, "it was used");
    assert_eq!(refresh(&next).await.status, 401, "the session is over");
    assert_eq!(bearer(&next).get("/api/v1/session").await.status, 401);
}

#[tokio::test]
async fn a_refresh_token_opens_nothing_and_an_access_token_renews_nothing() {
    let app = server().await;
    let page = page(&app, DASHBOARD);
    let typed = json!({ "email": EMAIL, "password": PASSWORD });
    let tokens = page.post("/api/v1/session", &typed).await.json()["tokens"].clone();
    let refresh = tokens["refresh_token"].as_str().unwrap();
    let bearer = page
        .clone()
        .with(header::AUTHORIZATION, &format!("Bearer {refresh}"));
    assert_eq!(bearer.get("/api/v1/session").await.status, 401);
    let typed = json!({ "refresh_token": tokens["access_token"] });
    let answer = page.post("/api/v1/session/tokens", &typed).await;
    assert_eq!(answer.status, 401);
}

#[tokio::test]
async fn the_server_hands_out_the_dashboard_with_its_own_address_inside() {
    let site = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = site.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    file("pkg/neopro.js", "script");
    file("pkg/neopro.js.br", "squeezed");
    file("pkg/neopro.wasm", "wasm");
    file("pkg/neopro.css", "styles");
    let app = TestApp::with_site(site.path()).await;
    let answer = app.stranger().get("/dashboard.zip").await;
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (200, "application/zip")
    );
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&answer.body)).unwrap();
    let names: Vec<_> = archive
        .file_names()
        .map(|name| name.unwrap().into_owned())
        .collect();
    for name in [
        "index.html",
        ".htaccess",
        "pkg/neopro.js",
        "pkg/neopro.wasm",
    ] {
        assert!(names.iter().any(|found| found == name), "{name}: {names:?}");
    }
    let squeezed = "pkg/neopro.js.br";
    assert!(names.iter().all(|name| name != squeezed), "{names:?}");
    let page = archive.by_name("index.html").unwrap();
    let page = std::io::read_to_string(page).unwrap();
    assert!(page.contains("http://localhost:3001"), "{page}");
    assert!(!page.contains("unsafe-inline"), "{page}");

    let empty = tempfile::tempdir().unwrap();
    let app = TestApp::with_site(empty.path()).await;
    assert_eq!(app.stranger().get("/dashboard.zip").await.status, 404);
}
