//! Makes videos of files that lie in the storage: each is streamed once, for its hash and for what
//! it is. Who asked need not wait; a lost process loses nothing, since the row says what is to do.

use std::io::ErrorKind;
use std::time::Duration;

use api::error::ErrorCode;
use api::event::Event;
use api::foreign::ForeignState;
use api::video::{NewVideo, Uploaded};
use sea_orm::{EntityTrait, QueryFilter, QueryOrder, Set};
use tokio::time::MissedTickBehavior;

use crate::entity::foreign_object;
use crate::error::chain;
use crate::storage::ObjectKey;
use crate::{Actor, Domain, Error, Result, upload, video};

/// Between two looks.
const INTERVAL: Duration = Duration::from_secs(2);

/// Imports what waits, one after the other, while this instance leads.
pub(crate) async fn run(domain: Domain) {
    let mut ticks = tokio::time::interval(INTERVAL);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if domain.inner.lease.is_held()
            && let Err(error) = import_all(&domain).await
        {
            let error = chain(&error);
            tracing::warn!(error, "files of the storage could not be imported");
        }
    }
}

async fn import_all(domain: &Domain) -> Result<()> {
    while let Some(row) = next(domain).await? {
        let outcome = Box::pin(take(domain, &row)).await;
        record(domain, &row, verdict(&row, outcome)).await?;
    }
    Ok(())
}

async fn next(domain: &Domain) -> Result<Option<foreign_object::Model>> {
    let row = foreign_object::Entity::find()
        .filter(
            foreign_object::COLUMN
                .state
                .eq(ForeignState::Waiting.as_str()),
        )
        .order_by_asc(foreign_object::Column::Id)
        .one(&domain.inner.database.read().await?)
        .await?;
    Ok(row)
}

async fn take(domain: &Domain, row: &foreign_object::Model) -> Result<Uploaded> {
    let key = ObjectKey(row.storage_key.clone());
    let storage = &domain.inner.storage;
    let size = storage.size(&key).await?;
    let size = size.ok_or_else(|| Error::refused(ErrorCode::NotFound))?;
    let bytes = storage.stream(&key, size).await?;
    let whole = video::receive(domain, size, bytes).await?;
    if whole.size() != size {
        return Err(Error::refused(ErrorCode::Transport));
    }
    let new = NewVideo {
        file_name: row.storage_key.clone(),
    };
    // Who asked for it is in the audit trail.
    video::take(domain, &Actor::System, new, whole).await
}

/// What becomes of the row.
fn verdict(row: &foreign_object::Model, outcome: Result<Uploaded>) -> foreign_object::ActiveModel {
    let (state, refusal, video) = match outcome {
        Ok(uploaded) => {
            let state = if uploaded.already_known {
                ForeignState::Known
            } else {
                ForeignState::Imported
            };
            tracing::info!(video.id = %uploaded.video.id, "a file of the storage was imported");
            (state, None, Some(uploaded.video.id.0))
        }
        Err(error) => {
            let code = code(&error);
            tracing::info!(foreign.id = %row.id, ?code, "a file of the storage was not imported");
            (ForeignState::Refused, Some(upload::name_of(code)), None)
        }
    };
    foreign_object::ActiveModel {
        state: Set(state.as_str().to_owned()),
        refusal: Set(refusal),
        video_id: Set(video),
        ..Default::default()
    }
}

fn code(error: &Error) -> ErrorCode {
    match error {
        Error::Refused(refusal) => return refusal.code,
        Error::Forbidden(_) => return ErrorCode::Forbidden,
        Error::Storage(cause) if cause.kind() == ErrorKind::StorageFull => {
            return ErrorCode::StorageFull;
        }
        Error::Storage(_) | Error::Database(_) | Error::Internal(_) => {}
    }
    let error = chain(error);
    tracing::error!(error, "a file of the storage could not be read or kept");
    ErrorCode::Unavailable
}

/// Somebody may have decided otherwise meanwhile: then their word stands.
async fn record(
    domain: &Domain,
    row: &foreign_object::Model,
    verdict: foreign_object::ActiveModel,
) -> Result<()> {
    let transaction = domain.inner.database.write().await?;
    foreign_object::Entity::update_many()
        .set(verdict)
        .filter(foreign_object::COLUMN.id.eq(row.id))
        .filter(
            foreign_object::COLUMN
                .state
                .eq(ForeignState::Waiting.as_str()),
        )
        .exec(&transaction)
        .await?;
    transaction.commit().await?;
    domain.inner.bus.publish(Event::StorageChanged);
    Ok(())
}
