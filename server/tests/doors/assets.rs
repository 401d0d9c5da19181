//! Static files.

use http::header;

use crate::support::TestApp;

#[tokio::test]
async fn hashed_files_are_kept_for_ever_and_sent_as_they_were_compressed() {
    let site = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = site.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    file("pkg/neopro.abc.js", "plain");
    file("pkg/neopro.abc.js.br", "squeezed");
    file("fonts/inter.woff2", "font");
    let app = TestApp::with_site(site.path()).await;
    let stranger = app.stranger();

    let plain = stranger.get("/pkg/neopro.abc.js").await;
    assert_eq!((plain.status, plain.text()), (200, "plain"));
    assert_eq!(
        plain.header("cache-control"),
        "public, max-age=31536000, immutable"
    );
    let squeezed = stranger.clone().with(header::ACCEPT_ENCODING, "gzip, br");
    let squeezed = squeezed.get("/pkg/neopro.abc.js").await;
    assert_eq!(
        (squeezed.text(), squeezed.header("content-encoding")),
        ("squeezed", "br")
    );
    assert_eq!(squeezed.header("content-type"), "text/javascript");

    let font = stranger.get("/fonts/inter.woff2").await;
    assert_eq!(
        (font.status, font.header("content-type")),
        (200, "font/woff2")
    );
    assert_eq!(font.header("cache-control"), "public, max-age=86400");
}

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
