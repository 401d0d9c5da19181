//! States are made of rows again, and stored.

use api::id::SiteId;
use api::player::DesiredState;
use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{derive, rows};
use crate::entity::{desired_state, site};
use crate::{Error, Result};

/// A state that was stored.
pub(crate) struct Renewed {
    pub(crate) site: SiteId,
    /// Whether its player may have another one; not so where the site had none.
    pub(crate) had_another: bool,
}

/// Makes the states of these sites what their rows say; answers with those that are others now.
/// Publications on these sites wait until the end of the transaction.
pub(crate) async fn renew(
    transaction: &impl ConnectionTrait,
    sites: &[SiteId],
    now: DateTime<Utc>,
) -> Result<Vec<Renewed>> {
    lock(transaction, sites).await?;
    let found = rows::read(transaction, sites).await?;
    let (mut rows, mut renewed) = (Vec::new(), Vec::new());
    for (site, of_site) in found.sites {
        if derive::stored(&of_site, &found.videos).is_some() {
            continue;
        }
        let state = derive::state(&of_site, &found.videos);
        rows.push(row(site, &state, of_site.stored.as_ref(), now)?);
        renewed.push(Renewed {
            site,
            had_another: of_site.stored.is_some(),
        });
    }
    store(transaction, rows).await?;
    Ok(renewed)
}

/// All of them before the first is written, and in the same order everywhere: two changes at the
/// same time wait for each other, but never in a circle.
async fn lock(transaction: &impl ConnectionTrait, sites: &[SiteId]) -> Result<()> {
    let _: Vec<Uuid> = site::Entity::find()
        .select_only()
        .column(site::Column::Id)
        .filter(site::COLUMN.id.is_in(sites.iter().map(|site| site.0)))
        .order_by_asc(site::Column::Id)
        .lock_exclusive()
        .into_tuple()
        .all(transaction)
        .await?;
    Ok(())
}

/// The row of a state in place of the one before, whose files may still be fetched.
fn row(
    site: SiteId,
    state: &DesiredState,
    before: Option<&desired_state::Model>,
    now: DateTime<Utc>,
) -> Result<desired_state::ActiveModel> {
    let broken = |error| Error::Internal(format!("a state could not be written: {error}"));
    // Canonical: the fields in the order of their declaration, no spaces.
    let body = serde_json::to_vec(state).map_err(broken)?;
    let files = serde_json::to_value(&state.files).map_err(broken)?;
    let previous_files = match before {
        Some(before) if before.files == files => before.previous_files.clone(),
        Some(before) => before.files.clone(),
        None => serde_json::json!([]),
    };
    Ok(desired_state::ActiveModel {
        site_id: Set(site.0),
        etag: Set(hex::encode(Sha256::digest(&body))),
        body: Set(body),
        configuration_version: Set(state.configuration_version),
        files: Set(files),
        previous_files: Set(previous_files),
        updated_at: Set(now),
    })
}

async fn store(
    transaction: &impl ConnectionTrait,
    rows: Vec<desired_state::ActiveModel>,
) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let mut replace = OnConflict::column(desired_state::Column::SiteId);
    replace.update_columns([
        desired_state::Column::Etag,
        desired_state::Column::Body,
        desired_state::Column::ConfigurationVersion,
        desired_state::Column::Files,
        desired_state::Column::PreviousFiles,
        desired_state::Column::UpdatedAt,
    ]);
    desired_state::Entity::insert_many(rows)
        .on_conflict(replace)
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}
