//! What browsers are told not to do with our answers.

use http::{HeaderName, header};

use crate::support::TestApp;

#[tokio::test]
async fn answers_cannot_be_framed_sniffed_or_run() {
    let app = TestApp::start().await;
    let answer = app.stranger().get("/health").await;
    for (name, expected) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("strict-transport-security", ""),
    ] {
        assert_eq!(answer.header(name), expected, "{name}");
    }
    let policy = answer.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'"), "{policy}");
}

#[tokio::test]
async fn the_sign_in_page_runs_nothing() {
    let app = TestApp::start().await;
    let page = app.stranger().get("/login").await;
    let policy = page.header("content-security-policy");
    assert!(
        policy.contains("default-src 'none'") && !policy.contains("script-src"),
        "{policy}"
    );
    assert_eq!(page.header("cache-control"), "no-store");
}

#[tokio::test]
async fn transport_security_is_asked_for_over_tls_only() {
    let app = TestApp::with_variables(&[
        ("PUBLIC_URL", "https://tv.example.fr"),
        ("TRUSTED_PROXIES", "203.0.113.0/24"),
    ])
    .await;
    let configured = app
        .stranger()
        .with(header::HOST, "tv.example.fr")
        .get("/health")
        .await;
    let proto = HeaderName::from_static("x-forwarded-proto");
    let proxied = app
        .stranger()
        .with(proto.clone(), "https")
        .get("/health")
        .await;
    for answer in [configured, proxied] {
        assert_eq!(
            answer.header("strict-transport-security"),
            "max-age=31536000"
        );
    }
    let untrusting = TestApp::start().await;
    let forged = untrusting
        .stranger()
        .with(proto, "https")
        .get("/health")
        .await;
    assert_eq!(forged.header("strict-transport-security"), "");
}
