//! The OpenAPI document and its page, and `/health`.

use std::path::Path;

use chrono::{DateTime, Utc};
use server::openapi;

use crate::support::TestApp;

/// `UPDATE=1 cargo test …` writes the file anew.
#[test]
fn the_document_is_the_one_that_was_reviewed() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/openapi.json");
    let current = openapi::document().to_pretty_json().unwrap() + "\n";
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&file, &current).unwrap();
    }
    let reviewed = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        current == reviewed,
        "the API has changed: review it with UPDATE=1"
    );
}

#[tokio::test]
async fn the_page_is_served_from_here_alone() {
    let app = TestApp::start().await;
    let stranger = app.stranger();
    assert_eq!(
        stranger.get("/api-docs").await.header("location"),
        "/api-docs/"
    );
    let page = stranger.get("/api-docs/").await;
    assert_eq!(page.status, 200);
    assert!(!page.text().contains("://"), "nothing comes from elsewhere");
    let policy = page.header("content-security-policy");
    assert!(policy.starts_with("default-src 'self'"), "{policy}");
    for file in [
        "swagger-ui.css",
        "swagger-ui-bundle.js",
        "swagger-initializer.js",
    ] {
        assert_eq!(
            stranger.get(&format!("/api-docs/{file}")).await.status,
            200,
            "{file}"
        );
    }
    let document = stranger.get(openapi::DOCUMENT).await.json();
    assert_eq!(document["openapi"], "3.1.0");
}

#[tokio::test]
async fn health_is_what_the_deployment_guide_shows() {
    let app = TestApp::start().await;
    let answer = app.stranger().get("/health").await;
    assert_eq!(answer.status, 200);
    insta::assert_snapshot!(
        answer.text().replace(answer.json()["timestamp"].as_str().unwrap(), "…"),
        @r#"
        {"status":"healthy","timestamp":"…","version":"1.0.0"}
        "#
    );
    assert_eq!(app.stranger().get("/ready").await.status, 200);
    let time: DateTime<Utc> = answer.json()["timestamp"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!((Utc::now() - time).num_seconds().abs() < 5);
}
