//! The files that a site's player needs.

use api::error::ApiError;
use api::hash::FileHash;
use axum::extract::State;
use axum::response::Response;
use domain::Domain;
use http::HeaderMap;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Refusal;
use crate::extract::{Path, PlayerAuth};
use crate::file;
use crate::state::AppState;

pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(get_player_file))
}

/// A file of the current or the previous manifest of the player's site, whole or a range
#[utoipa::path(get, path = "/player/files/{sha256}", tag = "player",
    params(
        ("sha256" = FileHash, Path),
        ("Range" = Option<String>, Header, description = "One range of bytes."),
        ("If-Range" = Option<String>, Header, description = "The range counts for this `ETag` only."),
    ),
    security(("player" = [])), extensions(("x-permission" = json!("run_site"))),
    responses(
        (status = OK, content((Vec<u8> = "video/mp4"), (Vec<u8> = "image/jpeg"), (Vec<u8> = "image/png"))),
        (status = PARTIAL_CONTENT,
            content((Vec<u8> = "video/mp4"), (Vec<u8> = "image/jpeg"), (Vec<u8> = "image/png"))),
        (status = FOUND, description = "The same bytes, from the storage: ask again when that refuses."),
        (status = NOT_MODIFIED),
        Refusal,
    ))]
async fn get_player_file(
    State(domain): State<Domain>,
    PlayerAuth(actor): PlayerAuth,
    Path(sha256): Path<FileHash>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    file::refer(domain.players().file(&actor, sha256).await?, &headers).await
}
