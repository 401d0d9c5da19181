//! The rows that states are made of, for many sites at once.

use std::collections::{HashMap, HashSet};

use api::configuration::Configuration;
use api::id::SiteId;
use sea_orm::sea_query::{Expr, ExprTrait, IntoCondition};
use sea_orm::{
    ConnectionTrait, DbErr, EntityTrait, JoinType, QueryFilter, QuerySelect, RelationDef,
};
use uuid::Uuid;

use crate::entity::{configuration, desired_state, site, video};

/// What is found of sites.
pub(super) struct Found {
    pub(super) sites: HashMap<SiteId, Rows>,
    /// The videos of their loops that are in the library.
    pub(super) videos: HashMap<Uuid, video::Model>,
}

/// What is found of one.
pub(super) struct Rows {
    pub(super) name: String,
    pub(super) published_version: Option<i32>,
    /// What was published under that version, if it can be read.
    pub(super) published: Option<Configuration>,
    pub(super) stored: Option<desired_state::Model>,
}

/// Reads what there is of these sites.
pub(super) async fn read(
    transaction: &impl ConnectionTrait,
    sites: &[SiteId],
) -> Result<Found, DbErr> {
    let ids: Vec<Uuid> = sites.iter().map(|site| site.0).collect();
    let mut documents = documents(transaction, &ids).await?;
    let mut stored = stored(transaction, &ids).await?;
    let places = documents
        .values()
        .flat_map(|document| &document.default_loop);
    let shown: HashSet<Uuid> = places.map(|place| place.video_id.0).collect();
    let videos = crate::video::alive()
        .filter(video::COLUMN.id.is_in(shown))
        .all(transaction)
        .await?;
    let named: Vec<(Uuid, String, Option<i32>)> = site::Entity::find()
        .select_only()
        .columns([
            site::Column::Id,
            site::Column::Name,
            site::Column::PublishedVersion,
        ])
        .filter(site::COLUMN.id.is_in(ids))
        .into_tuple()
        .all(transaction)
        .await?;
    let rows = named.into_iter().map(|(id, name, published_version)| {
        let rows = Rows {
            name,
            published_version,
            published: documents.remove(&id),
            stored: stored.remove(&id),
        };
        (SiteId(id), rows)
    });
    Ok(Found {
        sites: rows.collect(),
        videos: videos.into_iter().map(|row| (row.id, row)).collect(),
    })
}

/// The published documents of sites; those that somebody broke are left out.
async fn documents(
    transaction: &impl ConnectionTrait,
    sites: &[Uuid],
) -> Result<HashMap<Uuid, Configuration>, DbErr> {
    let published: RelationDef = configuration::Entity::belongs_to(site::Entity)
        .from(configuration::Column::SiteId)
        .to(site::Column::Id)
        .on_condition(|configuration, site| {
            Expr::col((site, site::Column::PublishedVersion))
                .equals((configuration, configuration::Column::Version))
                .into_condition()
        })
        .into();
    let rows: Vec<(Uuid, String)> = configuration::Entity::find()
        .select_only()
        .columns([
            configuration::Column::SiteId,
            configuration::Column::Document,
        ])
        .join(JoinType::InnerJoin, published)
        .filter(configuration::COLUMN.site_id.is_in(sites.iter().copied()))
        .into_tuple()
        .all(transaction)
        .await?;
    let parsed = rows.into_iter().filter_map(|(site, document)| {
        serde_json::from_str(&document)
            .inspect_err(|error| {
                tracing::warn!(site.id = %site, %error, "the configuration of a site cannot be read; its player keeps what it had");
            })
            .ok()
            .map(|document| (site, document))
    });
    Ok(parsed.collect())
}

async fn stored(
    transaction: &impl ConnectionTrait,
    sites: &[Uuid],
) -> Result<HashMap<Uuid, desired_state::Model>, DbErr> {
    let rows = desired_state::Entity::find()
        .filter(desired_state::COLUMN.site_id.is_in(sites.iter().copied()))
        .all(transaction)
        .await?;
    Ok(rows.into_iter().map(|row| (row.site_id, row)).collect())
}
