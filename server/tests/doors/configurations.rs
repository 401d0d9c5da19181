//! Versions of a site's loop by REST.

use api::configuration::{ConfigurationVersion, PublishedLoop};
use api::error::ErrorCode;
use api::page::Page;
use serde_json::json;

use crate::support::TestApp;

#[tokio::test]
async fn versions_are_listed_read_and_restored() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let site = app.site("Salle Jean-Moulin").await;
    let video = app.video("silent.mp4").await;
    app.publish(site, vec![video]).await;
    let path = format!("/api/v1/sites/{site}/configurations");
    let emptied = json!({ "base_version": 1, "videos": [], "comment": "Travaux" });
    assert_eq!(admin.post(&path, &emptied).await.status, 201);

    let page = admin.get(&format!("{path}?per_page=1")).await;
    let page: Page<ConfigurationVersion> = page.as_type();
    assert_eq!((page.total, &*page.items[0].comment), (2, "Travaux"));
    let first: PublishedLoop = admin.get(&format!("{path}/1")).await.as_type();
    assert_eq!(first.places[0].video_id, video);

    let restored = admin
        .post(&format!("{path}/1/restore"), &json!({ "base_version": 2 }))
        .await;
    assert_eq!(restored.status, 201, "{restored:?}");
    assert_eq!(restored.as_type::<ConfigurationVersion>().version, 3);
    assert_eq!(
        admin.get(&format!("{path}/9")).await.refusal(),
        (404, ErrorCode::NotFound)
    );
}

#[tokio::test]
async fn who_publishes_second_gets_a_conflict() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let site = app.site("Salle Jean-Moulin").await;
    app.publish(site, vec![]).await;
    let path = format!("/api/v1/sites/{site}/configurations");
    let refusal = (409, ErrorCode::ConfigurationChanged);
    let late = json!({ "base_version": null, "videos": [] });
    assert_eq!(admin.post(&path, &late).await.refusal(), refusal);
    let late = json!({ "base_version": null });
    let restore = format!("{path}/1/restore");
    assert_eq!(admin.post(&restore, &late).await.refusal(), refusal);
}
