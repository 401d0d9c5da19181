//! Deny by default, by enumeration: every operation and every server function.

use api::error::ErrorCode;
use axum::body::Body;
use http::{Method, header};
use leptos::server_fn::axum::server_fn_paths;
use server::layer::server_function;
use server::openapi;

use crate::support::TestApp;

/// Operations that strangers may call: they open sessions, or tell nothing.
const PUBLIC: [&str; 10] = [
    "get_health",
    "get_ready",
    "receive_dashboard",
    "sign_in",
    "refresh_session",
    "create_first_admin",
    "request_enrolment",
    "poll_enrolment",
    "create_challenge",
    "create_player_token",
];

/// Operations on the caller's own account and sessions: no permission is needed.
const OWN: [&str; 7] = [
    "find_session",
    "sign_out",
    "step_up",
    "change_password",
    "list_sessions",
    "end_session",
    "end_other_sessions",
];

#[tokio::test]
async fn every_operation_refuses_strangers_unless_it_is_listed() {
    let app = TestApp::start().await;
    let operations = operations();
    assert!(operations.len() >= 28, "{}", operations.len());
    for (method, path, id) in operations {
        let path = path.replace("{id}", "0197f0a0-0000-7000-8000-000000000000");
        let path = path.replace("{key_id}", &"0".repeat(64));
        let path = path.replace("{sha256}", &"0".repeat(64));
        let path = path.replace("{version}", "1");
        let stranger = app
            .stranger()
            .with(header::CONTENT_TYPE, "application/json");
        let answer = stranger.send(method.clone(), &path, Body::empty()).await;
        if PUBLIC.contains(&id.as_str()) {
            assert_ne!(answer.status, 403, "{method} {path}: {answer:?}");
        } else {
            let (status, code) = answer.refusal();
            assert_eq!(status, 401, "{method} {path}: {answer:?}");
            assert!(matches!(
                code,
                ErrorCode::Unauthenticated | ErrorCode::PlayerRefused
            ));
        }
    }
}

#[tokio::test]
async fn every_operation_says_who_may_and_what_it_demands() {
    for (path, item) in openapi::document().paths.paths {
        for operation in serde_json::to_value(item)
            .unwrap()
            .as_object()
            .unwrap()
            .values()
        {
            let Some(id) = operation["operationId"].as_str() else {
                continue;
            };
            let is_public = PUBLIC.contains(&id);
            assert_eq!(
                operation.get("security").is_none(),
                is_public,
                "{path} {id}"
            );
            // Everybody's own: nothing but a session is needed.
            let is_session = OWN.contains(&id);
            let demands = operation.get("x-permission").is_some();
            assert_eq!(demands, !is_public && !is_session, "{path} {id}");
        }
    }
}

#[tokio::test]
async fn every_server_function_refuses_strangers_before_it_reads_anything() {
    let app = TestApp::start().await;
    let mut functions = 0;
    for (path, method) in server_fn_paths() {
        functions += 1;
        let answer = app
            .stranger()
            .send(method, path, Body::from("rubbish"))
            .await;
        if !server_function::PUBLIC.contains(&path) {
            assert_eq!(
                answer.refusal(),
                (401, ErrorCode::Unauthenticated),
                "{path}"
            );
        }
        assert!(path.starts_with("/fn/"), "{path}");
    }
    assert!(functions > 0, "no server function is linked in");
}

fn operations() -> Vec<(Method, String, String)> {
    let mut operations = Vec::new();
    for (path, item) in openapi::document().paths.paths {
        for (method, operation) in serde_json::to_value(item).unwrap().as_object().unwrap() {
            let Some(id) = operation["operationId"].as_str() else {
                continue;
            };
            let method = method.to_uppercase().parse().unwrap();
            operations.push((method, path.clone(), id.to_owned()));
        }
    }
    operations
}
