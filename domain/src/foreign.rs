//! Files of the storage that no video names: somebody put them there by hand. They are offered for
//! import, and never removed.

pub(crate) mod import;

use api::error::ErrorCode;
use api::event::Event;
use api::foreign::{ForeignFilter, ForeignObject, ForeignState};
use api::id::{ForeignId, VideoId};
use api::page::Page;
use api::permission::Permission;
use sea_orm::{
    ActiveModelTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    Select, Set,
};
use serde_json::{Value, json};

use crate::audit::{self, Entry};
use crate::entity::foreign_object;
use crate::{Actor, Domain, Error, Result, database, reconcile};

/// Files of the storage that no video names.
pub struct ForeignObjects<'a>(pub(crate) &'a Domain);

impl ForeignObjects<'_> {
    /// A page of them, the last noticed first.
    pub async fn list(&self, actor: &Actor, filter: ForeignFilter) -> Result<Page<ForeignObject>> {
        actor.require(Permission::ManageVideos)?;
        let found = foreign_object::Entity::find()
            .order_by_desc(foreign_object::Column::FirstSeenAt)
            .order_by_asc(foreign_object::Column::Id);
        let state = foreign_object::COLUMN.state;
        let found = match filter.state {
            Some(wanted) => found.filter(state.eq(wanted.as_str())),
            None => found.filter(state.ne(ForeignState::Ignored.as_str())),
        };
        let transaction = self.0.inner.database.read().await?;
        let read = async |transaction: &_, rows: Select<foreign_object::Entity>| {
            let rows: Vec<foreign_object::Model> = rows.all(transaction).await?;
            Ok::<_, DbErr>(rows.into_iter().map(shown).collect())
        };
        Ok(database::page(&transaction, filter.paging(), found, read).await?)
    }

    /// Has one read through and made a video, soon, by the instance that leads. What lies in the
    /// storage stays there.
    pub async fn import(&self, actor: &Actor, id: ForeignId) -> Result<()> {
        actor.require(Permission::ManageVideos)?;
        self.set(actor, id, ForeignState::Waiting, "foreign.import")
            .await
    }

    /// Offers one no more.
    pub async fn ignore(&self, actor: &Actor, id: ForeignId) -> Result<()> {
        actor.require(Permission::ManageVideos)?;
        self.set(actor, id, ForeignState::Ignored, "foreign.ignore")
            .await
    }

    /// Compares library and storage now; for the command line. They are compared every ten minutes.
    pub async fn reconcile(&self, actor: &Actor) -> Result<()> {
        if *actor != Actor::System {
            return Err(Error::refused(ErrorCode::Forbidden));
        }
        reconcile::look(self.0).await
    }

    async fn set(
        &self,
        actor: &Actor,
        id: ForeignId,
        state: ForeignState,
        action: &'static str,
    ) -> Result<()> {
        let inner = &self.0.inner;
        let transaction = inner.database.write().await?;
        let row = foreign_object::Entity::find_by_id(id.0)
            .lock_exclusive()
            .one(&transaction)
            .await?;
        let row = row.ok_or_else(|| Error::refused(ErrorCode::NotFound))?;
        let was = ForeignState::from_column(&row.state);
        let is_in = matches!(was, ForeignState::Imported | ForeignState::Known);
        if was == state || (is_in && state == ForeignState::Waiting) {
            return Ok(());
        }
        let key = row.storage_key.clone();
        let mut change = row.into_active_model();
        change.state = Set(state.as_str().to_owned());
        change.refusal = Set(None);
        change.update(&transaction).await?;
        let entry = Entry {
            action,
            object: Some(id.0),
            details: json!({ "key": key }),
            actor,
        };
        audit::record(&transaction, &inner.clock, entry).await?;
        transaction.commit().await?;
        inner.bus.publish(Event::StorageChanged);
        Ok(())
    }
}

fn shown(row: foreign_object::Model) -> ForeignObject {
    let refusal = row.refusal.map(Value::String);
    ForeignObject {
        id: ForeignId(row.id),
        key: row.storage_key,
        size: row.size.unsigned_abs(),
        modified_at: row.modified_at,
        first_seen_at: row.first_seen_at,
        state: ForeignState::from_column(&row.state),
        refusal: refusal.and_then(|name| serde_json::from_value(name).ok()),
        video: row.video_id.map(VideoId),
    }
}
