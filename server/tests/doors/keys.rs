//! The keys of a site's screen, and the password that changing them asks for.

use api::error::ErrorCode;
use api::key::{KeyState, SiteKeys};
use serde_json::json;

use crate::support::app::PASSWORD;
use crate::support::visitor::ORIGIN;
use crate::support::{TestApp, TestScreen};

#[tokio::test]
async fn a_box_is_replaced_put_back_and_revoked_with_the_password_again() {
    let app = TestApp::start().await;
    let site = app.site("Rennes").await;
    let (old, new) = (TestScreen::new(1), TestScreen::new(2));
    old.link(&app, site).await;
    new.link(&app, site).await;
    let admin = app.admin().await;
    let keys = format!("/api/v1/sites/{site}/keys");
    let listed: SiteKeys = admin.get(&keys).await.as_type();
    let pending = listed.in_state(KeyState::Pending).unwrap();
    assert_eq!(pending.key_id, new.key_id());
    assert_eq!(pending.address, "203.0.113.7");

    let accept = format!("{keys}/{}/accept", new.key_id());
    let refused = admin.post(&accept, &json!({})).await.refusal();
    assert_eq!(refused, (403, ErrorCode::StepUpRequired));
    let step_up = "/api/v1/session/step-up";
    let wrong = admin.post(step_up, &json!({ "password": "nope" })).await;
    assert_eq!(wrong.refusal(), (422, ErrorCode::PasswordWrong));
    let right = admin.post(step_up, &json!({ "password": PASSWORD })).await;
    assert_eq!(right.status, 200, "{right:?}");
    assert_eq!(admin.post(&accept, &json!({})).await.status, 200);

    assert_eq!(old.ask_token(&app, ORIGIN).await.status, 200);
    assert_eq!(new.ask_token(&app, ORIGIN).await.status, 200);
    let gone = old.ask_token(&app, ORIGIN).await;
    assert_eq!(gone.refusal(), (401, ErrorCode::PlayerRefused));

    let restore = format!("{keys}/{}/restore", old.key_id());
    assert_eq!(admin.post(&restore, &json!({})).await.status, 200);
    assert_eq!(old.ask_token(&app, ORIGIN).await.status, 200);
    let revoked = admin.delete(&format!("{keys}/{}", old.key_id())).await;
    assert_eq!(revoked.status, 200, "{revoked:?}");
    let told = old.ask_token(&app, ORIGIN).await;
    assert_eq!(told.json()["fields"][0]["code"], "key_revoked");
    let site = admin.get(&format!("/api/v1/sites/{site}")).await.json();
    assert_eq!(site["status"], "pending");
}

#[tokio::test]
async fn people_see_and_end_their_own_sessions() {
    let app = TestApp::start().await;
    let (here, elsewhere) = (app.admin().await, app.admin().await);
    let sessions = here.get("/api/v1/sessions").await.json();
    let sessions = sessions.as_array().unwrap();
    assert_eq!(sessions.len(), 2);
    let other = sessions.iter().find(|one| one["is_current"] == false);
    let other = other.unwrap()["id"].as_str().unwrap();
    let end = format!("/api/v1/sessions/{other}");
    assert_eq!(here.delete(&end).await.status, 204);
    assert_eq!(elsewhere.get("/api/v1/session").await.status, 401);
    assert_eq!(here.delete(&end).await.status, 404);

    let elsewhere = app.admin().await;
    assert_eq!(here.delete("/api/v1/sessions").await.status, 204);
    assert_eq!(elsewhere.get("/api/v1/session").await.status, 401);
    assert_eq!(here.get("/api/v1/session").await.status, 200);
}

#[tokio::test]
async fn another_password_asks_for_the_one_in_use_and_ends_other_sessions() {
    let app = TestApp::start().await;
    let (here, elsewhere) = (app.admin().await, app.admin().await);
    let path = "/api/v1/session/password";
    let change = json!({ "password": "Another-Horse-43" });
    let refused = here.put(path, &change).await.refusal();
    assert_eq!(refused, (403, ErrorCode::StepUpRequired));
    let step_up = json!({ "password": PASSWORD });
    here.post("/api/v1/session/step-up", &step_up).await;
    let weak = here.put(path, &json!({ "password": "court" })).await;
    assert_eq!(weak.json()["fields"][0]["code"], "password_weak");
    assert_eq!(here.put(path, &change).await.status, 204);
    assert_eq!(here.get("/api/v1/session").await.status, 200);
    assert_eq!(elsewhere.get("/api/v1/session").await.status, 401);
    let typed = json!({ "email": crate::support::app::EMAIL, "password": "Another-Horse-43" });
    let again = app.stranger().post("/api/v1/session", &typed).await;
    assert_eq!(again.status, 201);
}
