//! Figures for Prometheus.

use http::{StatusCode, header};

use crate::support::TestApp;

const TOKEN: &str = "jeton-des-mesures-de-test";

#[tokio::test]
async fn without_a_token_there_are_no_figures() {
    let app = TestApp::start().await;
    assert_eq!(
        app.stranger().get("/metrics").await.status,
        StatusCode::NOT_FOUND
    );
    let admin = app.admin().await;
    assert_eq!(admin.get("/metrics").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn who_shows_the_token_reads_requests_sites_and_dependencies() {
    let app = TestApp::with_variables(&[("METRICS_TOKEN", TOKEN)]).await;
    for wrong in ["", "Bearer autre", TOKEN, "Bearer jeton-des-mesures-de-tes"] {
        let stranger = app.stranger().with(header::AUTHORIZATION, wrong);
        assert_eq!(
            stranger.get("/metrics").await.status,
            StatusCode::UNAUTHORIZED
        );
    }
    app.site("Salle A").await;
    let prometheus = app
        .stranger()
        .with(header::AUTHORIZATION, &format!("Bearer {TOKEN}"));
    let answer = prometheus.get("/metrics").await;
    assert_eq!(answer.status, StatusCode::OK);
    let text = answer.text();
    for line in [
        "neopro_sites{status=\"pending\"} 1",
        "neopro_dependency_up{dependency=\"database\"} 1",
        "neopro_http_answers_total{status=\"4xx\"} 4",
        "neopro_alerts_open 0",
        "# EOF",
    ] {
        assert!(text.contains(line), "{line} is not in {text}");
    }
    assert!(!text.contains(TOKEN), "{text}");
}
