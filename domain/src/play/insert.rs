//! Rows of plays on their way into the table, each once.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Query;
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, Iden,
    IntoActiveModel, Iterable, QueryResult, QueryTrait, Statement,
};
use uuid::Uuid;

use super::store::{Key, key};
use crate::entity::play;
use crate::{Error, Result};

/// Rows of one statement on SQLite: always as many, so that it knows the statement already.
const ROWS: usize = 100;

#[derive(FromQueryResult)]
struct Inserted {
    site_id: Uuid,
    played_at: DateTime<Utc>,
    id: Uuid,
}

/// Inserts what is not there; returns the keys of what was inserted.
pub(super) async fn new<'a>(
    transaction: &impl ConnectionTrait,
    rows: impl Iterator<Item = &'a play::Model>,
) -> Result<HashSet<Key>> {
    let mut rows: Vec<&play::Model> = rows.collect();
    // Ordered: two instances that get the same plays take their rows in the same order.
    rows.sort_unstable_by_key(|row| key(row));
    if rows.is_empty() {
        return Ok(HashSet::new());
    }
    let inserted = match transaction.get_database_backend() {
        DbBackend::Postgres => all_at_once(transaction, &rows).await?,
        _ => piece_by_piece(transaction, &rows).await?,
    };
    let keys = inserted.iter().map(|row| {
        let row = Inserted::from_query_result(row, "")?;
        Ok((row.site_id, row.played_at, row.id))
    });
    keys.collect()
}

/// PostgreSQL reads all rows from one value: nothing has to be planned for each of them, and behind a
/// pooler no statement is kept. Columns are named: what a newer server or a person added has its default.
async fn all_at_once(
    transaction: &impl ConnectionTrait,
    rows: &[&play::Model],
) -> Result<Vec<QueryResult>> {
    let rows = serde_json::to_string(rows).map_err(|error| Error::Internal(error.to_string()))?;
    let columns: Vec<String> = play::Column::iter()
        .map(|column| column.to_string())
        .collect();
    let columns = columns.join(", ");
    let insert = format!(
        "INSERT INTO analytics ({columns})
        SELECT {columns} FROM json_populate_recordset(NULL::analytics, $1::text::json)
        ON CONFLICT DO NOTHING RETURNING site_id, played_at, id"
    );
    let insert = Statement::from_sql_and_values(DbBackend::Postgres, insert, [rows.into()]);
    Ok(transaction.query_all_raw(insert).await?)
}

async fn piece_by_piece(
    transaction: &impl ConnectionTrait,
    rows: &[&play::Model],
) -> Result<Vec<QueryResult>> {
    let mut inserted = Vec::with_capacity(rows.len());
    for rows in rows.chunks(ROWS) {
        let rows = rows.iter().map(|row| (*row).clone());
        let rows = rows.map(|row| row.into_active_model().reset_all());
        let mut insert = play::Entity::insert_many(rows)
            .on_conflict_do_nothing()
            .into_query();
        insert.returning(Query::returning().columns([
            play::Column::SiteId,
            play::Column::PlayedAt,
            play::Column::Id,
        ]));
        inserted.extend(transaction.query_all(&insert).await?);
    }
    Ok(inserted)
}
