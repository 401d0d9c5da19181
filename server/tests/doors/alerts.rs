//! Alerts and messages by REST.

use api::error::ErrorCode;
use api::id::{AlertId, MessageId, SiteId};
use serde_json::json;

use crate::support::TestApp;

#[tokio::test]
async fn lists_are_empty_while_all_is_well() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for path in ["/api/v1/alerts?open=true", "/api/v1/messages?state=dead"] {
        let answer = admin.get(path).await;
        assert_eq!((answer.status, &answer.json()["total"]), (200, &json!(0)));
    }
    let channels = admin.get("/api/v1/channels").await.json();
    assert_eq!(
        channels,
        json!({ "slack": false, "mail": null, "from": null })
    );
}

#[tokio::test]
async fn a_site_is_muted_and_heard_again() {
    let app = TestApp::start().await;
    let site = app.site("Salle A").await;
    let admin = app.admin().await;
    let path = format!("/api/v1/sites/{site}/mute");
    for hours in [24, 0] {
        let answer = admin.put(&path, &json!({ "hours": hours })).await;
        assert_eq!(answer.status, 204, "{answer:?}");
    }
    let for_ever = json!({ "hours": 10_000 });
    assert_eq!(
        admin.put(&path, &for_ever).await.refusal(),
        (422, ErrorCode::Invalid)
    );
    let nowhere = format!("/api/v1/sites/{}/mute", SiteId::new());
    assert_eq!(
        admin.put(&nowhere, &json!({ "hours": 1 })).await.refusal(),
        (404, ErrorCode::NotFound)
    );
}

#[tokio::test]
async fn what_does_not_exist_is_neither_acknowledged_nor_sent() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for path in [
        format!("/api/v1/alerts/{}/acknowledge", AlertId::new()),
        format!("/api/v1/messages/{}/retry", MessageId::new()),
    ] {
        let answer = admin.post(&path, &json!({})).await;
        assert_eq!(answer.refusal(), (404, ErrorCode::NotFound), "{path}");
    }
}

#[tokio::test]
async fn a_channel_that_is_not_configured_says_so() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for channel in ["slack", "mail"] {
        let tried = admin
            .post("/api/v1/channels/try", &json!({ "channel": channel }))
            .await;
        assert_eq!(tried.json(), json!({ "fault": "not_configured" }));
    }
}
