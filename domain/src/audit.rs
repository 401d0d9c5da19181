//! Who changed what, and when.

use sea_orm::{ActiveModelTrait, ConnectionTrait, DbErr, Set};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::Actor;
use crate::clock::Clock;
use crate::entity::audit;

/// An entry of the audit trail.
#[derive(Debug)]
pub(crate) struct Entry<'a> {
    /// What was done: `site.create`, `configuration.publish`, …
    pub(crate) action: &'static str,
    /// To what.
    pub(crate) object: Option<Uuid>,
    /// What a reader needs beside; no secrets.
    pub(crate) details: Value,
    /// Who did it.
    pub(crate) actor: &'a Actor,
}

/// Writes an entry; belongs into the transaction of the change.
pub(crate) async fn record(
    transaction: &impl ConnectionTrait,
    clock: &Clock,
    entry: Entry<'_>,
) -> Result<(), DbErr> {
    let (kind, id, name) = match entry.actor {
        Actor::Person { id, name, .. } => ("person", Some(id.0), name.as_str()),
        Actor::Player { site, key_id } => ("player", Some(site.0), key_id.as_str()),
        Actor::System => ("system", None, "system"),
    };
    let details = match entry.details {
        Value::Null => json!({}),
        details => details,
    };
    let row = audit::ActiveModel {
        id: Set(Uuid::now_v7()),
        at: Set(clock.now()),
        actor_kind: Set(kind.to_owned()),
        actor_id: Set(id),
        actor_name: Set(name.to_owned()),
        action: Set(entry.action.to_owned()),
        object_id: Set(entry.object),
        details: Set(details),
    };
    row.insert(transaction).await?;
    Ok(())
}
