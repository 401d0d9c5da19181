//! The TV's page: the same files in every player, inside the program.

use axum::extract::Path;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName};
use axum::response::{IntoResponse, Redirect, Response};

use super::refusal::Refusal;

const PAGE: &str = include_str!("../../web/tv.html");
const STYLE: &str = include_str!("../../web/tv.css");
const MAIN: &str = include_str!("../../web/tv.js");
const PLAYER: &str = include_str!("../../web/player.js");
const SCENES: &str = include_str!("../../web/scenes.js");
const STAGE: &str = include_str!("../../web/stage.js");
const FILM: &str = include_str!("../../web/film.js");
const PICTURE: &str = include_str!("../../web/picture.js");
/// The product's fonts, as far as French and English need them: 80 kB.
const INTER: &[u8] = include_bytes!("../../../style/public/fonts/inter-400-700-latin-5.2.8.woff2");
const OUTFIT: &[u8] = include_bytes!("../../../style/public/fonts/outfit-600-latin-5.2.8.woff2");

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";
const WOFF2: &str = "font/woff2";

/// Nothing from elsewhere, and nobody frames the screen.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; media-src 'self'; \
    font-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// The page and the program are one version: an update must not meet an old half.
const ALWAYS_ASK: HeaderValue = HeaderValue::from_static("no-store");

pub(super) async fn to_tv() -> Redirect {
    Redirect::temporary("/tv")
}

pub(super) async fn tv() -> Response {
    let mut response = text(HTML, PAGE);
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    response
}

pub(super) async fn asset(Path(file): Path<String>) -> Result<Response, Refusal> {
    match file.as_str() {
        "tv.css" => Ok(text(CSS, STYLE)),
        "tv.js" => Ok(text(JS, MAIN)),
        "player.js" => Ok(text(JS, PLAYER)),
        "scenes.js" => Ok(text(JS, SCENES)),
        "stage.js" => Ok(text(JS, STAGE)),
        "film.js" => Ok(text(JS, FILM)),
        "picture.js" => Ok(text(JS, PICTURE)),
        "inter.woff2" => Ok(answer(WOFF2, INTER)),
        "outfit.woff2" => Ok(answer(WOFF2, OUTFIT)),
        _ => Err(Refusal::NotFound),
    }
}

fn text(kind: &'static str, body: &'static str) -> Response {
    answer(kind, body)
}

fn answer(kind: &'static str, body: impl IntoResponse) -> Response {
    let sniff = HeaderName::from_static("x-content-type-options");
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(kind)),
        (CACHE_CONTROL, ALWAYS_ASK),
        (sniff, HeaderValue::from_static("nosniff")),
    ];
    (headers, body).into_response()
}
