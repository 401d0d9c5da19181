//! The keys of a site's screen: replacing a box, putting the old one back, revoking.

use api::error::ApiError;
use api::id::SiteId;
use api::key::SiteKeys;
use axum::extract::State;
use domain::Domain;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Refusal;
use crate::extract::{Json, Path, SignedIn};
use crate::state::AppState;

pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list_site_keys))
        .routes(routes!(revoke_site_key))
        .routes(routes!(accept_site_key))
        .routes(routes!(restore_site_key))
}

/// The keys of a site, and what happened to them
#[utoipa::path(get, path = "/sites/{id}/keys", tag = "keys", params(("id" = SiteId, Path)),
    security(("session" = [])), extensions(("x-permission" = json!("view_sites"))),
    responses((status = OK, body = SiteKeys), Refusal))]
async fn list_site_keys(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Path(site): Path<SiteId>,
) -> Result<Json<SiteKeys>, ApiError> {
    Ok(Json(domain.linked_keys().list(&actor, site).await?))
}

/// Accepts a pending key: its box takes over at its first use
///
/// Asks for step-up. The key before it retires, and can be put back for seven days.
#[utoipa::path(post, path = "/sites/{id}/keys/{key_id}/accept", tag = "keys",
    params(("id" = SiteId, Path), ("key_id" = String, Path)),
    security(("session" = [])), extensions(("x-permission" = json!("pair_players"))),
    responses((status = OK, body = SiteKeys), Refusal))]
async fn accept_site_key(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Path((site, key_id)): Path<(SiteId, String)>,
) -> Result<Json<SiteKeys>, ApiError> {
    let accepted = domain.linked_keys().accept(&actor, site, &key_id).await?;
    Ok(Json(accepted))
}

/// Puts a retiring key back; the current one retires
///
/// Asks for step-up.
#[utoipa::path(post, path = "/sites/{id}/keys/{key_id}/restore", tag = "keys",
    params(("id" = SiteId, Path), ("key_id" = String, Path)),
    security(("session" = [])), extensions(("x-permission" = json!("pair_players"))),
    responses((status = OK, body = SiteKeys), Refusal))]
async fn restore_site_key(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Path((site, key_id)): Path<(SiteId, String)>,
) -> Result<Json<SiteKeys>, ApiError> {
    let restored = domain.linked_keys().restore(&actor, site, &key_id).await?;
    Ok(Json(restored))
}

/// Revokes a key for ever, or refuses a pending one
///
/// Revoking asks for step-up; on every instance within seconds the key opens nothing. A site
/// whose current key is revoked has no screen any more.
#[utoipa::path(delete, path = "/sites/{id}/keys/{key_id}", tag = "keys",
    params(("id" = SiteId, Path), ("key_id" = String, Path)),
    security(("session" = [])), extensions(("x-permission" = json!("pair_players"))),
    responses((status = OK, body = SiteKeys), Refusal))]
async fn revoke_site_key(
    State(domain): State<Domain>,
    SignedIn(actor): SignedIn,
    Path((site, key_id)): Path<(SiteId, String)>,
) -> Result<Json<SiteKeys>, ApiError> {
    let revoked = domain.linked_keys().revoke(&actor, site, &key_id).await?;
    Ok(Json(revoked))
}
