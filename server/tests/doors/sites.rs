//! Sites by REST.

use api::error::ErrorCode;
use http::header;
use serde_json::json;

use crate::support::TestApp;

#[tokio::test]
async fn a_site_is_created_found_and_changed() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let new = json!({ "name": "Salle Jean-Moulin", "club": "Rennes TT", "city": "Rennes" });
    let created = admin.post("/api/v1/sites", &new).await;
    assert_eq!(created.status, 201);
    insta::assert_json_snapshot!(created.json(), { ".id" => "[id]" }, @r#"
        {
          "applied_version": null,
          "city": "Rennes",
          "clone_seen_at": null,
          "club": "Rennes TT",
          "id": "[id]",
          "is_active": true,
          "last_seen": null,
          "name": "Salle Jean-Moulin",
          "on_screen": null,
          "published_version": null,
          "screen": "off",
          "status": "pending",
          "time_zone": "Europe/Paris"
        }
        "#);
    let path = format!("/api/v1/sites/{}", created.json()["id"].as_str().unwrap());

    let change = json!({ "name": "Salle Moulin", "time_zone": "Europe/Brussels" });
    assert_eq!(admin.put(&path, &change).await.status, 200);
    let site = admin.get(&path).await.json();
    assert_eq!(
        (&site["name"], &site["time_zone"]),
        (&json!("Salle Moulin"), &json!("Europe/Brussels"))
    );
    let found = admin
        .get("/api/v1/sites?search=moulin&per_page=5")
        .await
        .json();
    assert_eq!(
        (&found["total"], &found["per_page"]),
        (&json!(1), &json!(5))
    );
}

#[tokio::test]
async fn what_does_not_exist_is_not_found() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let path = format!("/api/v1/sites/{}", api::id::SiteId::new());
    assert_eq!(admin.get(&path).await.refusal(), (404, ErrorCode::NotFound));
    let change = json!({ "name": "Rennes" });
    assert_eq!(
        admin.put(&path, &change).await.refusal(),
        (404, ErrorCode::NotFound)
    );
}

#[tokio::test]
async fn an_unknown_time_zone_is_refused_in_english_too() {
    let app = TestApp::start().await;
    let english = app.admin().await.with(header::ACCEPT_LANGUAGE, "en");
    let new = json!({ "name": "Rennes", "time_zone": "Europe/Rennes" });
    let answer = english.post("/api/v1/sites", &new).await;
    assert_eq!(answer.status, 422);
    assert_eq!(answer.json()["fields"][0]["field"], "time_zone");
    assert_eq!(
        answer.json()["fields"][0]["message"],
        "There is no such time zone (example: Europe/Paris)."
    );
}
