//! The library.

mod delete;
mod duration;
pub(crate) mod missing;
mod probe;
mod query;
mod showing;
mod tag;
mod thumbnail;
mod transfer;
pub(crate) mod unclaimed;
mod upload;

use api::error::{ApiError, ErrorCode};
use api::hash::FileHash;
use api::id::VideoId;
use api::limit::NAME_CHARACTERS;
use api::page::Page;
use api::permission::Permission;
use api::text::line;
use api::video::{NewVideo, Uploaded, Video, VideoFilter, VideoSite, VideoTag};
use bytes::Bytes;
use futures::Stream;
use sea_orm::{ActiveModelTrait, ConnectionTrait, IntoActiveModel, QueryFilter, Set};
use serde_json::json;

pub(crate) use probe::Probing;
pub(crate) use query::{alive, by_ids, for_loop, kind, stored};
pub use transfer::Transfer;
pub(crate) use upload::{receive, take};

use crate::audit::{self, Entry};
use crate::entity::video;
use crate::storage::{ObjectKey, StoredFile};
use crate::{Actor, Domain, Error, Result};

/// The library.
pub struct Videos<'a>(pub(crate) &'a Domain);

impl Videos<'_> {
    /// A page of the videos.
    pub async fn list(&self, actor: &Actor, filter: VideoFilter) -> Result<Page<Video>> {
        actor.require(Permission::ViewVideos)?;
        let transaction = self.0.inner.database.read().await?;
        query::page(&transaction, filter).await
    }

    /// One video.
    pub async fn get(&self, actor: &Actor, id: VideoId) -> Result<Video> {
        actor.require(Permission::ViewVideos)?;
        let transaction = self.0.inner.database.read().await?;
        let row = row(&transaction, id).await?;
        query::shown(&transaction, row).await
    }

    /// Takes a file in: streamed to storage, hashed, probed; the same bytes twice are recognised.
    /// Nothing is kept of a refused or interrupted file. `announced` is how many bytes the sender
    /// says will come, 0 where it does not say.
    pub async fn upload(
        &self,
        actor: &Actor,
        new: NewVideo,
        announced: u64,
        bytes: impl Stream<Item = std::io::Result<Bytes>> + Send + Unpin,
    ) -> Result<Uploaded> {
        actor.require(Permission::ManageVideos)?;
        let incoming = receive(self.0, announced, bytes).await?;
        take(self.0, actor, new, incoming).await
    }

    /// Renames a video.
    pub async fn rename(&self, actor: &Actor, id: VideoId, name: String) -> Result<Video> {
        actor.require(Permission::ManageVideos)?;
        let name = checked_name(&name)?;
        let transaction = self.0.inner.database.write().await?;
        let mut change = row(&transaction, id).await?.into_active_model();
        change.name = Set(name.clone());
        let row = change.update(&transaction).await?;
        let entry = Entry {
            action: "video.rename",
            object: Some(id.0),
            details: json!({ "name": name }),
            actor,
        };
        audit::record(&transaction, &self.0.inner.clock, entry).await?;
        let video = query::shown(&transaction, row).await?;
        transaction.commit().await?;
        Ok(video)
    }

    /// Says how long a picture stands on screen, everywhere that shows it; refused of a film.
    pub async fn set_duration(
        &self,
        actor: &Actor,
        id: VideoId,
        duration_ms: u64,
    ) -> Result<Video> {
        actor.require(Permission::ManageVideos)?;
        let duration_ms = duration::checked(duration_ms)?;
        duration::set(self.0, actor, id, duration_ms).await
    }

    /// Every tag of the library, by name.
    pub async fn tags(&self, actor: &Actor) -> Result<Vec<VideoTag>> {
        actor.require(Permission::ViewVideos)?;
        let transaction = self.0.inner.database.read().await?;
        Ok(tag::all(&transaction).await?)
    }

    /// Gives a video these tags in place of its own.
    pub async fn tag(&self, actor: &Actor, id: VideoId, tags: Vec<String>) -> Result<Video> {
        actor.require(Permission::ManageVideos)?;
        let tags = tag::checked(tags)?;
        let transaction = self.0.inner.database.write().await?;
        let row = row(&transaction, id).await?;
        let tags = tag::replace(&transaction, id, tags).await?;
        let entry = Entry {
            action: "video.tag",
            object: Some(id.0),
            details: json!({ "tags": tags }),
            actor,
        };
        audit::record(&transaction, &self.0.inner.clock, entry).await?;
        let video = query::shown(&transaction, row).await?;
        transaction.commit().await?;
        Ok(video)
    }

    /// The sites whose newest loop has a video, by name.
    pub async fn sites(&self, actor: &Actor, id: VideoId) -> Result<Vec<VideoSite>> {
        actor.require(Permission::ViewVideos)?;
        actor.require(Permission::ViewSites)?;
        let transaction = self.0.inner.database.read().await?;
        row(&transaction, id).await?;
        Ok(showing::sites(&transaction, id).await?)
    }

    /// Takes a video out of the library; refused while a site's newest loop has it. Its plays
    /// stay in the reports.
    pub async fn delete(&self, actor: &Actor, id: VideoId) -> Result<()> {
        actor.require(Permission::ManageVideos)?;
        delete::delete(self.0, actor, id).await
    }

    /// Copies the files of the data folder into the bucket that has taken its place, those that are not
    /// there yet; for the command line. `told` hears of each video, and of its size in bytes.
    pub async fn transfer(
        &self,
        actor: &Actor,
        told: impl Fn(&str, u64) + Send,
    ) -> Result<Transfer> {
        transfer::transfer(self.0, actor, told).await
    }

    /// The bytes of a video, for the preview.
    pub async fn file(&self, actor: &Actor, id: VideoId) -> Result<StoredFile> {
        actor.require(Permission::ViewVideos)?;
        let transaction = self.0.inner.database.read().await?;
        let stored = query::stored_row(row(&transaction, id).await?)?;
        drop(transaction);
        stored.open(&self.0.inner.storage).await
    }

    /// The thumbnail of a video, a JPEG picture.
    pub async fn thumbnail(&self, actor: &Actor, id: VideoId) -> Result<Bytes> {
        actor.require(Permission::ViewVideos)?;
        let transaction = self.0.inner.database.read().await?;
        let row = row(&transaction, id).await?;
        drop(transaction);
        if !row.has_thumbnail {
            return Err(Error::refused(ErrorCode::NotFound));
        }
        let key = ObjectKey(row.storage_key).thumbnail();
        Ok(self.0.inner.storage.read(&key).await?)
    }

    /// Keeps a thumbnail drawn by a browser, after decoding and drawing it anew.
    pub async fn set_thumbnail(&self, actor: &Actor, id: VideoId, jpeg: Bytes) -> Result<()> {
        actor.require(Permission::ManageVideos)?;
        let picture = thumbnail::redraw(jpeg).await?;
        let transaction = self.0.inner.database.read().await?;
        let row = row(&transaction, id).await?;
        drop(transaction);
        let key = ObjectKey(row.storage_key).thumbnail();
        self.0.inner.storage.put(&key, picture).await?;
        let transaction = self.0.inner.database.write().await?;
        let mut change = self::row(&transaction, id).await?.into_active_model();
        change.has_thumbnail = Set(true);
        change.update(&transaction).await?;
        let entry = Entry {
            action: "video.set_thumbnail",
            object: Some(id.0),
            details: json!({}),
            actor,
        };
        audit::record(&transaction, &self.0.inner.clock, entry).await?;
        transaction.commit().await?;
        Ok(())
    }
}

async fn row(transaction: &impl ConnectionTrait, id: VideoId) -> Result<video::Model> {
    alive()
        .filter(video::COLUMN.id.eq(id.0))
        .one(transaction)
        .await?
        .ok_or(Error::refused(ErrorCode::NotFound))
}

fn checked_name(name: &str) -> Result<String> {
    let name = line(name);
    let code = match name.chars().count() {
        0 => ErrorCode::Required,
        1..=NAME_CHARACTERS => return Ok(name),
        _ => ErrorCode::TooLong,
    };
    Err(ApiError::new(ErrorCode::Invalid)
        .with_field("name", code)
        .into())
}

/// Where a video's file is.
#[derive(Debug)]
pub(crate) struct StoredVideo {
    key: ObjectKey,
    sha256: FileHash,
    size: u64,
    content_type: &'static str,
}

impl StoredVideo {
    /// Opens it.
    pub(crate) async fn open(&self, storage: &crate::storage::Storage) -> Result<StoredFile> {
        let is = (self.sha256, self.size);
        Ok(storage.open_file(&self.key, is, self.content_type).await?)
    }
}
