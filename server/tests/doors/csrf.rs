//! Pages of other origins change nothing here.

use api::error::ErrorCode;
use http::header;
use serde_json::json;

use crate::support::TestApp;

#[tokio::test]
async fn a_cookie_is_worth_nothing_in_the_hands_of_another_page() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let site = json!({ "name": "Rennes" });
    for origin in ["https://evil.example", "http://localhost:3002", "null"] {
        let answer = admin
            .clone()
            .with(header::ORIGIN, origin)
            .post("/api/v1/sites", &site)
            .await;
        assert_eq!(
            answer.refusal(),
            (403, ErrorCode::OriginRefused),
            "{origin}"
        );
    }
    let silent = admin
        .clone()
        .without(header::ORIGIN)
        .post("/api/v1/sites", &site)
        .await;
    assert_eq!(silent.refusal(), (403, ErrorCode::OriginRefused));
    let listed = admin.get("/api/v1/sites").await;
    assert_eq!(listed.json()["total"], 0, "nothing may have changed");
    assert_eq!(admin.post("/api/v1/sites", &site).await.status, 201);
}

#[tokio::test]
async fn nobody_is_signed_in_by_another_page() {
    let app = TestApp::start().await;
    app.create_admin().await;
    let elsewhere = app.stranger().with(header::ORIGIN, "https://evil.example");
    let answer = elsewhere
        .submit("/login", "email=ana%40example.fr&password=Correct-Horse-42")
        .await;
    assert_eq!(answer.refusal(), (403, ErrorCode::OriginRefused));
}

#[tokio::test]
async fn a_name_that_dns_turned_towards_us_is_not_us() {
    let app = TestApp::start().await;
    let rebound = app
        .stranger()
        .with(header::HOST, "evil.example")
        .with(header::ORIGIN, "https://evil.example");
    let answer = rebound.post("/api/v1/session", &json!({})).await;
    assert_eq!(answer.refusal(), (403, ErrorCode::OriginRefused));
}

#[tokio::test]
async fn configured_dashboards_may_and_programs_need_no_origin() {
    let app =
        TestApp::with_variables(&[("ALLOWED_ORIGINS", "https://a.example,https://b.example")])
            .await;
    for origin in ["https://a.example", "https://b.example"] {
        let dashboard = app.stranger().with(header::ORIGIN, origin);
        let answer = dashboard.post("/api/v1/enrol/poll", &json!({})).await;
        assert_eq!(answer.refusal(), (422, ErrorCode::Invalid), "{origin}");
    }
    let program = app.stranger().without(header::ORIGIN);
    let answer = program.post("/api/v1/enrol/poll", &json!({})).await;
    assert_eq!(answer.refusal(), (422, ErrorCode::Invalid));
}
