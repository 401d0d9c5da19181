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

#[tokio::test]
async fn a_picture_is_given_a_duration_and_a_film_is_not() {
    let app = TestApp::start().await;
    let (picture, film) = (app.video("picture.png").await, app.video("sound.mp4").await);
    let admin = app.admin().await;
    let put = async |id, duration_ms: i64| {
        let path = format!("/api/v1/videos/{id}/duration");
        let duration = json!({ "duration_ms": duration_ms });
        admin.put(&path, &duration).await
    };
    let changed = put(picture, 3_000).await.json();
    assert_eq!(
        (&changed["kind"], &changed["duration_ms"]),
        (&json!("picture"), &json!(3_000))
    );
    let refused = put(picture, 500).await;
    assert_eq!(refused.refusal(), (422, ErrorCode::Invalid));
    assert_eq!(refused.json()["fields"][0]["code"], "duration_refused");
    assert_eq!(put(picture, -1).await.refusal(), (422, ErrorCode::Invalid));
    assert_eq!(
        put(film, 3_000).await.refusal(),
        (409, ErrorCode::DurationFixed)
    );
}
