//! Files of the storage that no video names.

use api::error::ApiError;
use api::foreign::{ForeignFilter, ForeignObject};
use api::id::ForeignId;
use api::page::Page;
use leptos::prelude::*;

use crate::upstream::Upstream;

/// A page of them, the last noticed first.
#[server(client = Upstream)]
pub async fn list_foreign_objects(
    #[server(default)] filter: ForeignFilter,
) -> Result<Page<ForeignObject>, ApiError> {
    crate::ssr::call(async |domain, actor| domain.foreign().list(&actor, filter).await).await
}

/// Has one made a video.
#[server(client = Upstream)]
pub async fn import_foreign_object(id: ForeignId) -> Result<(), ApiError> {
    crate::ssr::call(async |domain, actor| domain.foreign().import(&actor, id).await).await
}

/// Offers one no more.
#[server(client = Upstream)]
pub async fn ignore_foreign_object(id: ForeignId) -> Result<(), ApiError> {
    crate::ssr::call(async |domain, actor| domain.foreign().ignore(&actor, id).await).await
}
