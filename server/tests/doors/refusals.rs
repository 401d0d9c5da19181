//! Every refusal is an `ApiError` in the caller's language.

use api::error::ErrorCode;
use axum::body::Body;
use http::{Method, header};
use serde_json::json;

use crate::support::TestApp;

#[tokio::test]
async fn the_switch_decides_else_the_browser_else_french() {
    let app = TestApp::start().await;
    let french = app.stranger().get("/api/v1/sites").await;
    insta::assert_json_snapshot!(french.json(), @r#"
        {
          "code": "unauthenticated",
          "message": "Connectez-vous pour continuer."
        }
        "#);
    assert_eq!(french.header("content-language"), "fr");
    let browser = app
        .stranger()
        .with(header::ACCEPT_LANGUAGE, "en-GB,en;q=0.9");
    let english = browser.get("/api/v1/sites").await;
    assert_eq!(english.json()["message"], "Sign in to continue.");
    let switch = browser
        .with_cookie("neopro-language=fr")
        .get("/api/v1/sites")
        .await;
    assert_eq!(switch.json()["message"], french.json()["message"]);
}

#[tokio::test]
async fn fields_are_named_and_explained() {
    let app = TestApp::start().await;
    let english = app.admin().await.with(header::ACCEPT_LANGUAGE, "en");
    let answer = english.post("/api/v1/sites", &json!({ "name": " " })).await;
    insta::assert_json_snapshot!(answer.json(), @r#"
        {
          "code": "invalid",
          "fields": [
            {
              "code": "required",
              "field": "name",
              "message": "This field is required."
            }
          ],
          "message": "The request is not valid. Check the fields."
        }
        "#);
}

#[tokio::test]
async fn what_is_not_understood_is_refused_in_the_same_words() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let json = admin.clone().with(header::CONTENT_TYPE, "application/json");
    for (answer, expected) in [
        (
            json.send(Method::POST, "/api/v1/sites", Body::from("{"))
                .await,
            (422, ErrorCode::Invalid),
        ),
        (
            admin.upload("/api/v1/sites", "no type").await,
            (422, ErrorCode::Invalid),
        ),
        (
            admin.get("/api/v1/sites?page=abc").await,
            (422, ErrorCode::Invalid),
        ),
        (
            admin.get("/api/v1/sites/abc").await,
            (404, ErrorCode::NotFound),
        ),
        (
            admin.get("/api/v1/nothing").await,
            (404, ErrorCode::NotFound),
        ),
        (admin.get("/fn/nothing").await, (404, ErrorCode::NotFound)),
        (
            admin.delete("/api/v1/sites").await,
            (405, ErrorCode::MethodNotAllowed),
        ),
    ] {
        assert_eq!(answer.refusal(), expected, "{answer:?}");
    }
}

#[tokio::test]
async fn an_oversized_body_is_refused_at_every_door() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let name = "x".repeat(2 * 1024 * 1024);
    let site = json!({ "name": name });
    assert_eq!(
        admin.post("/api/v1/sites", &site).await.refusal(),
        (413, ErrorCode::TooLarge)
    );
    let path = "/fn/app/backend/sites/create_site";
    assert_eq!(
        admin.submit(path, &name).await.refusal(),
        (413, ErrorCode::TooLarge)
    );
    let pieces =
        futures::stream::iter((0..64).map(|_| Ok::<_, std::io::Error>(vec![b'x'; 64 * 1024])));
    let unsized_body = Body::from_stream(pieces);
    let answer = admin
        .send(Method::POST, "/api/v1/sites", unsized_body)
        .await;
    assert_eq!(answer.refusal(), (413, ErrorCode::TooLarge));
}

#[tokio::test]
async fn every_answer_names_its_request_and_never_the_callers_choice() {
    let app = TestApp::start().await;
    let name = http::HeaderName::from_static("x-request-id");
    let answer = app.stranger().with(name, "forged").get("/health").await;
    let id: uuid::Uuid = answer.header("x-request-id").parse().unwrap();
    assert_eq!(id.get_version_num(), 7);
}

/// Refusals change their words on the way out: what compresses them must come after.
#[tokio::test]
async fn a_refusal_is_what_its_content_encoding_says() {
    let app = TestApp::start().await;
    let plain = app.stranger().get("/api/v1/sites").await;
    let browser = app.stranger().with(header::ACCEPT_ENCODING, "br");
    let compressed = browser.get("/api/v1/sites").await;
    assert_eq!(compressed.header("content-encoding"), "br");
    assert_ne!(compressed.body, plain.body);
}
