//! The library's entries.

use api::error::ErrorCode;
use serde_json::json;

use crate::support::TestApp;

#[tokio::test]
async fn tags_are_given_and_filtered_by() {
    let app = TestApp::start().await;
    let id = app.video("sound.mp4").await;
    let admin = app.admin().await;
    let tags = json!({ "tags": ["Saison 2026", "Martin"] });
    let tagged = admin.put(&format!("/api/v1/videos/{id}/tags"), &tags).await;
    assert_eq!(tagged.json()["tags"], json!(["Martin", "Saison 2026"]));
    let all = admin.get("/api/v1/video-tags").await;
    assert_eq!(all.json()[0], json!({ "tag": "Martin", "videos": 1 }));
    for (query, total) in [
        ("tag=Martin", 1),
        ("tag=Autre", 0),
        ("state=shown", 0),
        ("state=unused&tag=Saison%202026", 1),
    ] {
        let page = admin.get(&format!("/api/v1/videos?{query}")).await;
        assert_eq!(page.json()["total"], total, "{query}");
    }
}

#[tokio::test]
async fn a_video_is_deleted_unless_a_site_shows_it() {
    let app = TestApp::start().await;
    let (id, site) = (app.video("sound.mp4").await, app.site("Salle A").await);
    app.publish(site, vec![id]).await;
    let admin = app.admin().await;
    let path = format!("/api/v1/videos/{id}");
    let refused = admin.delete(&path).await;
    assert_eq!(refused.refusal(), (409, ErrorCode::VideoInUse));
    let shown = admin.get(&format!("{path}/sites")).await;
    assert_eq!(shown.json()[0]["name"], "Salle A");
    assert_eq!(refused.json()["sites"], shown.json());
    let other = app.video("silent.mp4").await;
    let path = format!("/api/v1/videos/{other}");
    assert_eq!(admin.delete(&path).await.status, 204);
    assert_eq!(admin.get(&path).await.refusal(), (404, ErrorCode::NotFound));
}
