//! Files of the storage that no video names.

use api::error::ApiError;
use api::foreign::{ForeignFilter, ForeignObject};
use api::id::ForeignId;
use api::page::Page;
use axum::extract::State;
use domain::Domain;
use http::StatusCode;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Refusal;
use crate::extract::{Json, Path, Query, SignedIn};
use crate::state::AppState;

pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list_foreign_objects))
        .routes(routes!(import_foreign_object))
        .routes(routes!(ignore_foreign_object))
}

/// A page of the files of the storage that no video names, the last noticed first
#[utoipa::path(get, path = "/storage/foreign", tag = "videos", params(ForeignFilter),
    security(("session" = [])), extensions(("x-permission" = json!("manage_videos"))),
    responses((status = OK, body = Page<ForeignObject>), Refusal))]
async fn list_foreign_objects(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Query(filter): Query<ForeignFilter>,
) -> Result<Json<Page<ForeignObject>>, ApiError> {
    Ok(Json(domain.foreign().list(&actor, filter).await?))
}

/// Has a file of the storage read through and made a video, soon; the list tells how it went
#[utoipa::path(post, path = "/storage/foreign/{id}/import", tag = "videos",
    params(("id" = ForeignId, Path)), security(("session" = [])),
    extensions(("x-permission" = json!("manage_videos"))),
    responses((status = NO_CONTENT), Refusal))]
async fn import_foreign_object(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Path(id): Path<ForeignId>,
) -> Result<StatusCode, ApiError> {
    domain.foreign().import(&actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Offers a file of the storage no more; it stays where it is
#[utoipa::path(post, path = "/storage/foreign/{id}/ignore", tag = "videos",
    params(("id" = ForeignId, Path)), security(("session" = [])),
    extensions(("x-permission" = json!("manage_videos"))),
    responses((status = NO_CONTENT), Refusal))]
async fn ignore_foreign_object(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Path(id): Path<ForeignId>,
) -> Result<StatusCode, ApiError> {
    domain.foreign().ignore(&actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
