//! A stand-in for a Supabase project's storage: its own protocol over memory, and, where it is open,
//! the door by which one is told that the other protocol works too.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, head, post};
use axum::{Json, Router};
use parking_lot::Mutex;
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// A key that opens the storage's own protocol only.
pub const KEY: &str = "sb_secret_0123456789012345678901234567890123456789";
/// A key that opens both.
pub const TOKEN: &str = "eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoic2VydmljZV9yb2xlIn0.c2lnbmF0dXJl";

/// What the stand-in holds.
#[derive(Clone, Default)]
pub struct Supabase {
    /// Its address.
    pub url: String,
    /// The bucket `software-updates`, if it is there.
    other: Option<Value>,
    objects: Arc<Mutex<BTreeMap<String, Bytes>>>,
}

impl Supabase {
    /// Starts one whose second bucket is as given.
    pub async fn start(other: Option<Value>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let this = Self {
            url,
            other,
            ..Self::default()
        };
        let router = Router::new()
            .route("/storage/v1/bucket/{name}", get(bucket))
            .route("/storage/v1/object/list/videos", post(list))
            .route("/storage/v1/object/public/videos/{*key}", get(public))
            .route(
                "/storage/v1/object/videos/{*key}",
                post(put).get(read).delete(remove),
            )
            .route("/storage/v1/s3/videos/", head(s3))
            .layer(DefaultBodyLimit::disable())
            .with_state(this.clone());
        tokio::spawn(async { axum::serve(listener, router).await });
        this
    }

    /// Puts an object there as a person does on the project's page.
    pub fn put_by_hand(&self, key: &str, bytes: Vec<u8>) {
        self.objects.lock().insert(key.to_owned(), bytes.into());
    }

    /// Removes one as a person does.
    pub fn remove_by_hand(&self, key: &str) {
        self.objects.lock().remove(key);
    }

    /// The names of what it holds.
    pub fn names(&self) -> Vec<String> {
        self.objects.lock().keys().cloned().collect()
    }
}

fn refusal(status: &str, error: &str) -> Response {
    let body = json!({ "statusCode": status, "error": error, "message": error });
    (StatusCode::BAD_REQUEST, Json(body)).into_response()
}

fn is_known(headers: &HeaderMap) -> bool {
    let says = |name: &str, value: &str| headers.get(name).is_some_and(|said| said == value);
    [KEY, TOKEN]
        .iter()
        .any(|key| says("authorization", &format!("Bearer {key}")) && says("apikey", key))
}

async fn bucket(
    State(this): State<Supabase>,
    Path(name): Path<String>,
    head: HeaderMap,
) -> Response {
    match (name.as_str(), this.other) {
        _ if !is_known(&head) => refusal("403", "Unauthorized"),
        ("videos", _) => Json(json!({ "name": name, "public": true })).into_response(),
        (_, Some(bucket)) => Json(bucket).into_response(),
        (_, None) => refusal("404", "Bucket not found"),
    }
}

async fn list(State(this): State<Supabase>, head: HeaderMap, Json(asked): Json<Value>) -> Response {
    if !is_known(&head) {
        return refusal("403", "Unauthorized");
    }
    let folder = asked["prefix"].as_str().unwrap_or_default();
    let objects = this.objects.lock();
    // What is right in the folder: objects, and folders, which have no metadata.
    let mut listed = BTreeMap::new();
    for (key, bytes) in objects.iter() {
        let Some(below) = key.strip_prefix(folder) else {
            continue;
        };
        let (name, is_folder) = match below.split_once('/') {
            Some((name, _)) => (name, true),
            None => (below, false),
        };
        let object = json!({ "name": name, "metadata": { "size": bytes.len() },
            "updated_at": "2026-01-31T10:00:00.123Z" });
        let folder = json!({ "name": name, "metadata": null, "updated_at": null });
        listed.insert(name, if is_folder { folder } else { object });
    }
    let number = |name: &str| usize::try_from(asked[name].as_u64().unwrap()).unwrap();
    let page = listed.into_values();
    let page = page.skip(number("offset")).take(number("limit"));
    Json(page.collect::<Vec<_>>()).into_response()
}

async fn put(
    State(this): State<Supabase>,
    Path(key): Path<String>,
    head: HeaderMap,
    bytes: Bytes,
) -> Response {
    if !is_known(&head) {
        return refusal("403", "Unauthorized");
    }
    this.objects.lock().insert(key, bytes);
    Json(json!({})).into_response()
}

async fn read(State(this): State<Supabase>, Path(key): Path<String>, head: HeaderMap) -> Response {
    if !is_known(&head) {
        return refusal("403", "Unauthorized");
    }
    public(State(this), Path(key), head).await
}

async fn public(
    State(this): State<Supabase>,
    Path(key): Path<String>,
    head: HeaderMap,
) -> Response {
    let Some(bytes) = this.objects.lock().get(&key).cloned() else {
        return refusal("404", "not_found");
    };
    let range = head.get(header::RANGE).and_then(|range| {
        let (first, last) = range
            .to_str()
            .ok()?
            .strip_prefix("bytes=")?
            .split_once('-')?;
        Some(first.parse::<usize>().ok()?..last.parse::<usize>().ok()? + 1)
    });
    match range {
        Some(range) => {
            let (last, size) = (range.end - 1, bytes.len());
            let said = format!("bytes {}-{last}/{size}", range.start);
            let head = [(header::CONTENT_RANGE, said)];
            (StatusCode::PARTIAL_CONTENT, head, bytes.slice(range)).into_response()
        }
        None => bytes.into_response(),
    }
}

async fn remove(
    State(this): State<Supabase>,
    Path(key): Path<String>,
    head: HeaderMap,
) -> Response {
    if !is_known(&head) {
        return refusal("403", "Unauthorized");
    }
    match this.objects.lock().remove(&key) {
        Some(_) => Json(json!({})).into_response(),
        None => refusal("404", "not_found"),
    }
}

/// Signed with the project's name, and opened by the token.
async fn s3(head: HeaderMap) -> StatusCode {
    let is_signed = head
        .get("authorization")
        .and_then(|said| said.to_str().ok())
        .is_some_and(|said| said.contains("Credential=127/"));
    match head.get("x-amz-security-token") {
        Some(token) if token == TOKEN && is_signed => StatusCode::OK,
        _ => StatusCode::FORBIDDEN,
    }
}
