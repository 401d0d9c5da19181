//! The files: as the contract has them, and wrong in every way that a test asks for.

use std::time::Duration;

use api::error::ErrorCode;
use api::hash::FileHash;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::header::{AUTHORIZATION, CONTENT_RANGE, ETAG, LOCATION, RANGE, RETRY_AFTER};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Router, serve};
use chrono::{TimeDelta, Utc};
use futures::{StreamExt, stream};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::answers::{Refusal, bearer, refuse};
use super::{Fault, Portal, Shared};

const SIGN_IN: &str = "<!doctype html><title>Wi-Fi du gymnase</title><form>Mot de passe</form>";

/// The hall's network answers in the server's place.
pub async fn portal(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let portal = shared.change(|world| world.portal);
    match portal {
        None => next.run(request).await,
        Some(portal) => {
            shared.change(|world| world.caught += 1);
            match portal {
                Portal::Page => Html(SIGN_IN).into_response(),
                Portal::Redirect => Redirect::to("http://127.0.0.1:9/").into_response(),
            }
        }
    }
}

/// Where the server keeps its files, under another origin.
pub async fn start_storage(shared: Shared) -> (String, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let router = Router::new()
        .route(
            "/expired",
            get(|| async { (StatusCode::FORBIDDEN, "<Error/>") }),
        )
        .route("/file/{sha256}", get(stored))
        .with_state(shared);
    let task = tokio::spawn(async move { serve(listener, router).await.unwrap() });
    (origin, task)
}

async fn stored(
    State(shared): State<Shared>,
    Path(sha256): Path<FileHash>,
    headers: HeaderMap,
) -> Response {
    assert!(!headers.contains_key(AUTHORIZATION), "the token stays ours");
    let bytes = shared.change(|world| world.files.get(&sha256).cloned());
    send(&bytes.unwrap(), from(&headers), sha256, None)
}

pub async fn file(
    State(shared): State<Shared>,
    Path(sha256): Path<FileHash>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let range = headers
        .get(RANGE)
        .map(|range| range.to_str().unwrap().to_owned());
    shared.change(|world| {
        bearer(world, &headers)?;
        world.file_requests.push(range);
        let bytes = world.files.get(&sha256).cloned();
        let bytes = bytes.ok_or_else(|| refuse(ErrorCode::NotFound))?;
        let fault = world.faults.pop_front();
        Ok(match fault {
            Some(Fault::LinkExpired) => elsewhere(&world.storage, "/expired"),
            Some(Fault::Elsewhere) => elsewhere(&world.storage, &format!("/file/{sha256}")),
            fault => send(&bytes, from(&headers), sha256, fault),
        })
    })
}

fn elsewhere(storage: &str, path: &str) -> Response {
    (StatusCode::FOUND, [(LOCATION, format!("{storage}{path}"))]).into_response()
}

fn from(headers: &HeaderMap) -> usize {
    let range = headers.get(RANGE).map(|range| range.to_str().unwrap());
    let from = range.map(|range| range.strip_prefix("bytes=").unwrap());
    from.map_or(0, |from| from.strip_suffix('-').unwrap().parse().unwrap())
}

fn send(bytes: &[u8], from: usize, sha256: FileHash, fault: Option<Fault>) -> Response {
    let etag = (ETAG, format!("\"{sha256}\""));
    let whole = |bytes: Vec<u8>| ([etag.clone()], bytes).into_response();
    let size = bytes.len();
    match fault {
        Some(Fault::Unavailable) => unavailable("0".to_owned()),
        Some(Fault::UnavailableUntil) => {
            let until = Utc::now() + TimeDelta::seconds(2);
            unavailable(until.format("%a, %d %b %Y %H:%M:%S GMT").to_string())
        }
        Some(Fault::WrongBytes) => whole(vec![0; size]),
        Some(Fault::RangeIgnored) => whole(bytes.to_vec()),
        Some(Fault::AnotherSize) => whole(bytes[..size - 1].to_vec()),
        Some(Fault::Page) => Html(SIGN_IN).into_response(),
        Some(Fault::RedirectLoop) => {
            let here = api::path::player_file(sha256);
            (StatusCode::FOUND, [(LOCATION, here)]).into_response()
        }
        Some(Fault::Truncated) => {
            // The half must have left before the connection breaks.
            let broken = async {
                tokio::time::sleep(Duration::from_millis(50)).await;
                Err(std::io::Error::other("broken off"))
            };
            half(bytes, from, etag, stream::once(broken).boxed())
        }
        Some(Fault::Trickle) => {
            let rest = bytes[from..].to_vec();
            let rest = stream::iter(rest.into_iter().skip((size - from) / 2));
            let drops = rest.then(|byte| async move {
                tokio::time::sleep(Duration::from_millis(50)).await;
                Ok(vec![byte])
            });
            half(bytes, from, etag, drops.boxed())
        }
        Some(Fault::Silence) => half(bytes, from, etag, stream::pending().boxed()),
        Some(Fault::AnotherRange) if from > 0 => part(bytes, from - 1, etag),
        _ if from > 0 => part(bytes, from, etag),
        _ => whole(bytes.to_vec()),
    }
}

fn unavailable(until: String) -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, until)]).into_response()
}

type Header = (axum::http::HeaderName, String);

/// Half of what was asked for, and then what `after` does.
fn half(
    bytes: &[u8],
    from: usize,
    etag: Header,
    after: stream::BoxStream<'static, std::io::Result<Vec<u8>>>,
) -> Response {
    let (rest, size) = (&bytes[from..], bytes.len());
    let sent = stream::iter([Ok(rest[..rest.len() / 2].to_vec())]);
    let body = Body::from_stream(sent.chain(after));
    let length = ("content-length".parse().unwrap(), rest.len().to_string());
    if from == 0 {
        return ([etag, length], body).into_response();
    }
    let range = (CONTENT_RANGE, format!("bytes {from}-{}/{size}", size - 1));
    (StatusCode::PARTIAL_CONTENT, [etag, length, range], body).into_response()
}

fn part(bytes: &[u8], start: usize, etag: Header) -> Response {
    let size = bytes.len();
    let range = (CONTENT_RANGE, format!("bytes {start}-{}/{size}", size - 1));
    let rest = bytes[start..].to_vec();
    (StatusCode::PARTIAL_CONTENT, [etag, range], rest).into_response()
}
