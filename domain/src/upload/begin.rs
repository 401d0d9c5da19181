use api::error::ErrorCode;
use api::id::{UploadId, UserId};
use api::limit::{OPEN_UPLOADS, VIDEO_BYTES};
use api::text::line;
use api::upload::{NewUpload, Upload};
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    Select, Set,
};

use super::{KEPT, OPEN, direct, expiry};
use crate::entity::upload;
use crate::{Domain, Error, Result, video};

/// Longest file name that is kept, in characters.
const FILE_NAME_CHARACTERS: usize = 255;

pub(super) async fn begin(domain: &Domain, owner: UserId, new: NewUpload) -> Result<Upload> {
    let limit = domain.inner.settings.video_bytes.unwrap_or(VIDEO_BYTES);
    let new = checked(new, limit)?;
    let now = domain.inner.clock.now();
    let transaction = domain.inner.database.write().await?;
    let own = upload::Entity::find()
        .filter(upload::COLUMN.owner_id.eq(owner.0))
        .filter(upload::COLUMN.expires_at.gt(now));
    if let Some(known) = begun(&transaction, own.clone(), &new).await? {
        drop(transaction);
        return direct::told(domain, known).await;
    }
    let open = own.filter(upload::COLUMN.state.eq(OPEN));
    if open.count(&transaction).await? >= OPEN_UPLOADS {
        return Err(Error::refused(ErrorCode::TooManyUploads));
    }
    // The size was checked: it fits.
    let size = i64::try_from(new.size).map_err(|_| Error::refused(ErrorCode::VideoTooLarge))?;
    let row = upload::ActiveModel {
        id: Set(UploadId::new().0),
        owner_id: Set(owner.0),
        file_name: Set(new.file_name),
        size: Set(size),
        modified_ms: Set(new.modified_ms),
        sha256: Set(new.sha256.map(|sha256| sha256.to_string())),
        received: Set(0),
        state: Set(OPEN.to_owned()),
        refusal: Set(None),
        video_id: Set(None),
        created_at: Set(now),
        expires_at: Set(expiry(now)),
        multipart_id: Set(None),
        parts_sha256: Set(None),
    };
    let mut row = row.insert(&transaction).await?;
    transaction.commit().await?;
    if new.direct {
        row = direct::begin(domain, row).await?;
    }
    direct::told(domain, row).await
}

fn checked(mut new: NewUpload, limit: u64) -> Result<NewUpload> {
    if new.size == 0 {
        return Err(Error::refused(ErrorCode::VideoEmpty));
    }
    if new.size > limit {
        return Err(Error::refused(ErrorCode::VideoTooLarge));
    }
    let name = line(&new.file_name);
    new.file_name = name.chars().take(FILE_NAME_CHARACTERS).collect();
    Ok(new)
}

/// The upload of the same file: unfinished, or ended while its answer was lost.
async fn begun(
    transaction: &impl ConnectionTrait,
    own: Select<upload::Entity>,
    new: &NewUpload,
) -> Result<Option<upload::Model>> {
    let Some(modified_ms) = new.modified_ms else {
        return Ok(None);
    };
    let newest = own
        .filter(upload::COLUMN.file_name.eq(new.file_name.as_str()))
        .filter(
            upload::COLUMN
                .size
                .eq(i64::try_from(new.size).unwrap_or(i64::MAX)),
        )
        .filter(upload::COLUMN.modified_ms.eq(modified_ms))
        .filter(upload::COLUMN.state.is_in([OPEN, KEPT]))
        .order_by_desc(upload::Column::Id)
        .all(transaction)
        .await?
        .into_iter()
        .next();
    match newest {
        // Whose browser does not reach the store cannot go on there.
        Some(row) if row.state == OPEN && row.multipart_id.is_some() && !new.direct => Ok(None),
        Some(row) if is_of_use(transaction, &row).await? => Ok(Some(row)),
        _ => Ok(None),
    }
}

/// Whether an upload can go on, or has its video still in the library.
async fn is_of_use(transaction: &impl ConnectionTrait, row: &upload::Model) -> Result<bool> {
    match row.video_id {
        Some(id) => Ok(!video::by_ids(transaction, [id]).await?.is_empty()),
        None => Ok(true),
    }
}
