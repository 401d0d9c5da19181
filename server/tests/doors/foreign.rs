//! Files of the storage that no video names, by REST.

use api::error::ErrorCode;
use api::id::ForeignId;
use serde_json::json;

use crate::support::TestApp;

#[tokio::test]
async fn the_list_is_empty_while_nobody_put_a_file_there() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for path in [
        "/api/v1/storage/foreign",
        "/api/v1/storage/foreign?state=found&per_page=1",
    ] {
        let answer = admin.get(path).await;
        assert_eq!((answer.status, &answer.json()["total"]), (200, &json!(0)));
    }
}

#[tokio::test]
async fn what_is_not_there_is_neither_imported_nor_ignored() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for verb in ["import", "ignore"] {
        let path = format!("/api/v1/storage/foreign/{}/{verb}", ForeignId::new());
        let answer = admin.post(&path, &json!({})).await;
        assert_eq!(answer.refusal(), (404, ErrorCode::NotFound), "{path}");
        let stranger = app.stranger().post(&path, &json!({})).await;
        assert_eq!(stranger.refusal().0, 401, "{path}");
    }
}
