//! Videos whose file was not seen.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use futures::{StreamExt, TryStreamExt, stream};
use sea_orm::{QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::entity::video as video_row;
use crate::{Domain, Result, video};

/// Rows that are read together.
const PAGE: u64 = 1_000;
/// Objects that are asked for at the same time.
const AT_ONCE: usize = 8;

/// Notes the videos whose file is gone. Each is asked for once more, by its name, before it is told:
/// it may have come after its page was read.
pub(super) async fn note(
    domain: &Domain,
    seen: &HashSet<Uuid>,
    since: DateTime<Utc>,
) -> Result<()> {
    let (mut after, mut count) = (Uuid::nil(), 0);
    loop {
        let rows = page(domain, after).await?;
        let Some(last) = rows.last() else {
            break;
        };
        after = last.id;
        let unseen = rows
            .into_iter()
            .filter(|row| row.missing_since.is_none() && !seen.contains(&row.id));
        let gone = gone(domain, unseen.collect()).await?;
        if !gone.is_empty() {
            count += gone.len();
            video::missing::note(domain, &gone, Some(since)).await?;
        }
    }
    if count > 0 {
        tracing::warn!(
            videos.count = count,
            "files of the library are gone from the storage: the dashboard names their videos"
        );
    }
    Ok(())
}

async fn page(domain: &Domain, after: Uuid) -> Result<Vec<video_row::Model>> {
    let rows = video::alive()
        .filter(video_row::COLUMN.id.gt(after))
        .order_by_asc(video_row::Column::Id)
        .limit(PAGE)
        .all(&domain.inner.database.read().await?)
        .await?;
    Ok(rows)
}

async fn gone(domain: &Domain, rows: Vec<video_row::Model>) -> Result<Vec<Uuid>> {
    let asked = stream::iter(rows).map(|row| async move {
        let there = video::missing::is_there(domain, &row).await?;
        Ok::<_, crate::Error>((!there).then_some(row.id))
    });
    let asked: Vec<Option<Uuid>> = asked.buffer_unordered(AT_ONCE).try_collect().await?;
    Ok(asked.into_iter().flatten().collect())
}
