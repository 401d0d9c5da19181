//! Videos as the library shows them.

use api::error::ErrorCode;
use api::hash::FileHash;
use api::id::VideoId;
use api::page::Page;
use api::video::{Video, VideoFilter, VideoKind, VideoOrder, VideoState};
use sea_orm::sea_query::{Condition, Expr, ExprTrait};
use sea_orm::{
    ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
};
use uuid::Uuid;

use super::{StoredVideo, showing, tag};
use crate::entity::{video, video_tag};
use crate::storage::ObjectKey;
use crate::{Error, Result, database};

/// A page of the library.
pub(super) async fn page(
    transaction: &impl ConnectionTrait,
    filter: VideoFilter,
) -> Result<Page<Video>> {
    let paging = filter.paging();
    let found = ordered(matching(&filter), filter.order);
    database::page(transaction, paging, found, async |transaction, rows| {
        with_sites(transaction, rows.all(transaction).await?).await
    })
    .await
}

/// Videos that are in the library: the others are there for their plays only.
pub(crate) fn alive() -> Select<video::Entity> {
    video::Entity::find().filter(video::COLUMN.deleted_at.is_null())
}

fn matching(filter: &VideoFilter) -> Select<video::Entity> {
    let typed = |text: &Option<String>| {
        let text = text.as_deref().map(str::trim);
        text.filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let in_name = typed(&filter.search).map(|search| {
        let name = (video::Entity, video::Column::Name);
        database::matches(name, &search)
    });
    let id = || Expr::col((video::Entity, video::Column::Id));
    let with_tag = typed(&filter.tag).map(|tag| {
        let tagged = video_tag::Entity::find()
            .select_only()
            .column(video_tag::Column::VideoId)
            .filter(video_tag::COLUMN.tag.eq(tag));
        id().in_subquery(tagged.into_query())
    });
    let of_state = filter.state.map(|state| {
        let shown = showing::anywhere();
        match state {
            VideoState::Shown => id().in_subquery(shown),
            VideoState::Unused => id().not_in_subquery(shown),
        }
    });
    let conditions = Condition::all()
        .add_option(in_name)
        .add_option(with_tag)
        .add_option(of_state);
    alive().filter(conditions)
}

fn ordered(found: Select<video::Entity>, order: VideoOrder) -> Select<video::Entity> {
    match order {
        VideoOrder::Newest => found.order_by_desc(video::Column::CreatedAt),
        VideoOrder::Name => found.order_by_asc(video::Column::Name),
        VideoOrder::Longest => found.order_by_desc(video::Column::DurationMs),
    }
    .order_by_asc(video::Column::Id)
}

/// These videos, in no order; missing ones are left out.
pub(crate) async fn by_ids(
    transaction: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = Uuid>,
) -> Result<Vec<Video>> {
    let rows = alive()
        .filter(video::COLUMN.id.is_in(ids))
        .all(transaction)
        .await?;
    with_sites(transaction, rows).await
}

/// The same, for a loop that is being published: none of them is deleted before the end of the
/// transaction.
pub(crate) async fn for_loop(
    transaction: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = Uuid>,
) -> Result<Vec<Video>> {
    let rows = alive()
        .filter(video::COLUMN.id.is_in(ids))
        .order_by_asc(video::Column::Id)
        .lock_shared()
        .all(transaction)
        .await?;
    with_sites(transaction, rows).await
}

/// One row as the library shows it.
pub(super) async fn shown(transaction: &impl ConnectionTrait, row: video::Model) -> Result<Video> {
    let mut videos = with_sites(transaction, vec![row]).await?;
    videos
        .pop()
        .ok_or(Error::Internal("a video was lost while reading".to_owned()))
}

/// Rows with the number of active sites whose newest configuration shows them.
async fn with_sites(
    transaction: &impl ConnectionTrait,
    rows: Vec<video::Model>,
) -> Result<Vec<Video>> {
    let sites = showing::counts(transaction, rows.iter().map(|row| row.id)).await?;
    let mut tags = tag::of(transaction, rows.iter().map(|row| row.id)).await?;
    rows.into_iter()
        .map(|row| {
            let sites = sites.get(&row.id).copied().unwrap_or(0);
            let tags = tags.remove(&row.id).unwrap_or_default();
            to_video(row, sites, tags)
        })
        .collect()
}

fn to_video(row: video::Model, sites: u64, tags: Vec<String>) -> Result<Video> {
    Ok(Video {
        id: VideoId(row.id),
        kind: kind(&row),
        name: row.name,
        sha256: parsed(&row.sha256)?,
        size: row.size.unsigned_abs(),
        duration_ms: row.duration_ms.unsigned_abs(),
        width: row.width.unsigned_abs(),
        height: row.height.unsigned_abs(),
        frame_rate: row.frame_rate,
        video_codec: row.video_codec,
        audio_codec: row.audio_codec,
        created_at: row.created_at,
        has_thumbnail: row.has_thumbnail,
        sites,
        tags,
        missing_since: row.missing_since,
    })
}

/// What a row is.
pub(crate) fn kind(row: &video::Model) -> VideoKind {
    if row.kind == VideoKind::Picture.as_str() {
        VideoKind::Picture
    } else {
        VideoKind::Film
    }
}

fn parsed(sha256: &str) -> Result<FileHash> {
    sha256
        .parse()
        .map_err(|_| Error::Internal(format!("{sha256} is not a hash")))
}

/// Where the file with these bytes is.
pub(crate) async fn stored(
    transaction: &impl ConnectionTrait,
    sha256: FileHash,
) -> Result<StoredVideo> {
    let row = alive()
        .filter(video::COLUMN.sha256.eq(sha256.to_string()))
        .one(transaction)
        .await?
        .ok_or(Error::refused(ErrorCode::NotFound))?;
    stored_row(row)
}

pub(super) fn stored_row(row: video::Model) -> Result<StoredVideo> {
    Ok(StoredVideo {
        sha256: parsed(&row.sha256)?,
        size: row.size.unsigned_abs(),
        content_type: content_type(&row.video_codec),
        key: ObjectKey(row.storage_key),
    })
}

/// MOV files are served as MP4 too: browsers refuse `video/quicktime` by its name and play the same
/// bytes under this one.
fn content_type(codec: &str) -> &'static str {
    match codec {
        "JPEG" => "image/jpeg",
        "PNG" => "image/png",
        _ => "video/mp4",
    }
}
