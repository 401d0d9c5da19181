//! Free labels of videos.

use std::collections::HashMap;

use api::error::{ApiError, ErrorCode};
use api::id::VideoId;
use api::limit::{TAG_CHARACTERS, TAGS_PER_VIDEO};
use api::text::line;
use api::video::VideoTag;
use sea_orm::{
    ConnectionTrait, DbErr, EntityTrait, FromQueryResult, JoinType, QueryFilter, QuerySelect,
    RelationDef, Set,
};
use uuid::Uuid;

use crate::Result;
use crate::entity::{video, video_tag};

#[derive(FromQueryResult)]
struct Counted {
    tag: String,
    videos: i64,
}

/// Every tag of the library with the number of its videos, by name.
pub(super) async fn all(transaction: &impl ConnectionTrait) -> Result<Vec<VideoTag>, DbErr> {
    let video: RelationDef = video_tag::Entity::belongs_to(video::Entity)
        .from(video_tag::Column::VideoId)
        .to(video::Column::Id)
        .into();
    let rows = video_tag::Entity::find()
        .select_only()
        .column(video_tag::Column::Tag)
        .column_as(video_tag::COLUMN.video_id.count(), "videos")
        .join(JoinType::InnerJoin, video)
        .filter(video::COLUMN.deleted_at.is_null())
        .group_by(video_tag::Column::Tag)
        .into_model::<Counted>()
        .all(transaction)
        .await?;
    let mut tags: Vec<VideoTag> = rows
        .into_iter()
        .map(|row| VideoTag {
            tag: row.tag,
            videos: row.videos.unsigned_abs(),
        })
        .collect();
    // Databases disagree on the order of capitals.
    tags.sort_by_cached_key(|tag| tag.tag.to_lowercase());
    Ok(tags)
}

/// The tags of these videos, each by name.
pub(super) async fn of(
    transaction: &impl ConnectionTrait,
    videos: impl IntoIterator<Item = Uuid>,
) -> Result<HashMap<Uuid, Vec<String>>, DbErr> {
    let rows = video_tag::Entity::find()
        .filter(video_tag::COLUMN.video_id.is_in(videos))
        .all(transaction)
        .await?;
    let mut tags: HashMap<Uuid, Vec<String>> = HashMap::new();
    for row in rows {
        tags.entry(row.video_id).or_default().push(row.tag);
    }
    for tags in tags.values_mut() {
        tags.sort_by_cached_key(|tag| tag.to_lowercase());
    }
    Ok(tags)
}

/// The same tags as lines, each once whatever its case; empty ones are left out.
pub(super) fn checked(tags: Vec<String>) -> Result<Vec<String>> {
    let mut kept: Vec<String> = Vec::new();
    for tag in tags {
        let tag = line(&tag);
        let is_new = !kept.iter().any(|known| is_same(known, &tag));
        if !tag.is_empty() && is_new {
            kept.push(tag);
        }
    }
    let too_long = |tag: &String| tag.chars().count() > TAG_CHARACTERS;
    if kept.len() > TAGS_PER_VIDEO || kept.iter().any(too_long) {
        let error = ApiError::new(ErrorCode::Invalid).with_field("tags", ErrorCode::TagsRefused);
        return Err(error.into());
    }
    Ok(kept)
}

/// Gives a video these tags in place of its own, spelt as the library spells them already.
pub(super) async fn replace(
    transaction: &impl ConnectionTrait,
    id: VideoId,
    tags: Vec<String>,
) -> Result<Vec<String>, DbErr> {
    let known = all(transaction).await?;
    let spelt = |tag: String| {
        let known = known.iter().find(|known| is_same(&known.tag, &tag));
        known.map_or(tag, |known| known.tag.clone())
    };
    let tags: Vec<String> = tags.into_iter().map(spelt).collect();
    remove(transaction, id).await?;
    if !tags.is_empty() {
        let rows = tags.iter().map(|tag| video_tag::ActiveModel {
            video_id: Set(id.0),
            tag: Set(tag.clone()),
        });
        video_tag::Entity::insert_many(rows)
            .exec_without_returning(transaction)
            .await?;
    }
    Ok(tags)
}

/// Takes all tags from a video.
pub(super) async fn remove(transaction: &impl ConnectionTrait, id: VideoId) -> Result<(), DbErr> {
    video_tag::Entity::delete_many()
        .filter(video_tag::COLUMN.video_id.eq(id.0))
        .exec(transaction)
        .await?;
    Ok(())
}

fn is_same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}
