//! `GET /dashboard.zip`: the dashboard to upload to another host, with this server's address inside.

use std::sync::{Arc, OnceLock};

use api::error::{ApiError, ErrorCode};
use axum::Router;
use axum::extract::State;
use axum::response::IntoResponse;
use axum::routing::get;
use bytes::Bytes;
use http::{HeaderValue, header};

use crate::state::AppState;

/// Where it is. For everybody, like the files in it: it is needed before anybody can sign in.
pub const PATH: &str = "/dashboard.zip";

const HEADERS: [(http::HeaderName, HeaderValue); 3] = [
    (
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/zip"),
    ),
    (
        header::CONTENT_DISPOSITION,
        HeaderValue::from_static("attachment; filename=\"dashboard.zip\""),
    ),
    (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
];

/// Packed once, when it is first asked for: nothing in it changes while the server runs.
type Packed = Arc<OnceLock<Bytes>>;

/// The route.
pub(crate) fn router() -> Router<AppState> {
    let packed = Packed::default();
    Router::new().route(PATH, get(move |state| download(state, packed)))
}

async fn download(
    State(state): State<AppState>,
    packed: Packed,
) -> Result<impl IntoResponse, ApiError> {
    let packing = tokio::task::spawn_blocking(move || match packed.get() {
        Some(packed) => Ok(packed.clone()),
        None => pack(&state).map(|bytes| packed.get_or_init(|| bytes).clone()),
    });
    let bytes = packing
        .await
        .map_err(|_| ApiError::new(ErrorCode::Internal))?;
    let bytes = bytes.map_err(|error| {
        tracing::error!(%error, "the dashboard's files were not found beside the server");
        ApiError::new(ErrorCode::NotFound)
    })?;
    Ok((HEADERS, bytes))
}

fn pack(state: &AppState) -> std::io::Result<Bytes> {
    let files = super::files(
        &state.leptos,
        &state.settings.origins.own,
        state.domain.uploads().direct_origin(),
    )?;
    super::zipped(&files).map(Bytes::from)
}
