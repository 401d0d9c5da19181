//! A screen becomes a site's player.

use api::enrolment::{EnrolStatus, PendingEnrolment};
use api::error::ErrorCode;
use serde_json::json;

use crate::support::{TestApp, TestScreen};

const FIND: &str = "/api/v1/enrolments/find";

#[tokio::test]
async fn the_admin_sees_what_the_screen_shows_and_accepts_it_once() {
    let app = TestApp::start().await;
    let site = app.site("Rennes").await;
    let shown = TestScreen::new(1).enrol(&app).await;
    assert!(
        shown.link.starts_with("http://localhost:3001/pair?code="),
        "{}",
        shown.link
    );
    let poll = json!({ "poll_secret": shown.poll_secret });
    let pending: EnrolStatus = app
        .stranger()
        .post("/api/v1/enrol/poll", &poll)
        .await
        .as_type();
    assert_eq!(pending, EnrolStatus::Pending);

    let admin = app.admin().await;
    let typed = json!({ "code": shown.code.as_str().to_lowercase().replace('-', " ") });
    let found: PendingEnrolment = admin.post(FIND, &typed).await.as_type();
    assert_eq!(found.words, shown.words);
    assert_eq!(found.address, "203.0.113.7");

    let path = format!("/api/v1/sites/{site}/player");
    assert_eq!(admin.post(&path, &typed).await.status, 200);
    let accepted: EnrolStatus = app
        .stranger()
        .post("/api/v1/enrol/poll", &poll)
        .await
        .as_type();
    let site_name = "Rennes".to_owned();
    assert_eq!(
        accepted,
        EnrolStatus::Accepted {
            site_id: site,
            site_name
        }
    );
    let again = admin.post(FIND, &typed).await;
    assert_eq!(again.refusal(), (404, ErrorCode::PairingCodeUnknown));
}

#[tokio::test]
async fn wrong_and_expired_codes_get_the_same_answer() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let shown = TestScreen::new(1).enrol(&app).await;
    let wrong = admin.post(FIND, &json!({ "code": "KXPT-DRWM" })).await;
    app.clock.advance(chrono::TimeDelta::minutes(16));
    let expired = app
        .admin()
        .await
        .post(FIND, &json!({ "code": shown.code }))
        .await;
    assert_eq!(wrong.refusal(), (404, ErrorCode::PairingCodeUnknown));
    assert_eq!(wrong.json(), expired.json());
}
