//! Static files.

use http::header;

use crate::support::TestApp;

#[tokio::test]
async fn a_missing_file_is_refused_and_never_a_page() {
    let app = TestApp::start().await;
    for path in [
        "/pkg/nothing.js",
        "/nothing.png",
        "/pkg/../Cargo.toml",
        "/..%2fCargo.toml",
    ] {
        let answer = app.stranger().with(header::ACCEPT, "*/*").get(path).await;
        assert_eq!(answer.status, 404, "{path}");
    }
}
