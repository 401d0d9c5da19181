//! The tables of a backup, as the database describes them.

use sea_orm::{ConnectionTrait, DbBackend, Statement};

use super::{BackupFault, Outcome};
use crate::database::Transaction;

/// What belongs to a moment or to this database: who is signed in or tries to, messages and files on their
/// way, what lies in the storage beside them, and what tells one installation from another.
pub(super) const LEFT: [&str; 11] = [
    "changes",
    "enrolments",
    "first_run_code",
    "foreign_objects",
    "installation",
    "login_throttle",
    "messages",
    "password_resets",
    "sessions",
    "unclaimed_files",
    "uploads",
];

const FOLDER: &str = "tables/";

/// A table.
pub(super) struct Table {
    pub(super) name: String,
    pub(super) columns: Vec<Column>,
}

/// A column of it.
pub(super) struct Column {
    pub(super) name: String,
    /// As it was declared, in capitals; known on SQLite only, where it says how values are kept.
    pub(super) declared: String,
    /// Its place in the primary key, from 1; 0 where it has none. On SQLite only.
    pub(super) key: i32,
}

impl Table {
    /// The names of its columns.
    pub(super) fn names(&self) -> Vec<String> {
        self.columns
            .iter()
            .map(|column| column.name.clone())
            .collect()
    }
}

/// Where a piece of a table stands in the archive.
pub(super) fn path(table: &str, number: u32) -> String {
    format!("{FOLDER}{table}/{number:08}.jsonl")
}

/// The table that a piece belongs to.
pub(super) fn of_path(path: &str) -> Option<&str> {
    Some(path.strip_prefix(FOLDER)?.split_once('/')?.0)
}

/// The last migration.
pub(super) async fn schema(transaction: &Transaction) -> Outcome<String> {
    let select = "SELECT max(version) AS text FROM seaql_migrations";
    let texts = texts(transaction, select, "text").await?;
    texts.into_iter().next().ok_or(BackupFault::Foreign)
}

/// Every table that is saved, in the order in which rows may be put back. An operator's own tables
/// are not touched.
pub(super) async fn all(transaction: &Transaction) -> Outcome<Vec<Table>> {
    let mut tables = Vec::new();
    for name in migration::tables() {
        if LEFT.contains(&name.as_str()) {
            continue;
        }
        let columns = columns(transaction, &name).await?;
        if !columns.is_empty() {
            tables.push(Table { name, columns });
        }
    }
    Ok(tables)
}

/// None where there is no such table.
async fn columns(transaction: &Transaction, table: &str) -> Outcome<Vec<Column>> {
    let select = match transaction.get_database_backend() {
        DbBackend::Sqlite => format!(
            "SELECT name, upper(type) AS declared, pk AS key FROM pragma_table_info('{table}') ORDER BY cid"
        ),
        _ => format!(
            "SELECT attname::text AS name, '' AS declared, 0 AS key FROM pg_attribute
            WHERE attrelid = to_regclass('{table}') AND attnum > 0 AND NOT attisdropped ORDER BY attnum"
        ),
    };
    let statement = Statement::from_string(transaction.get_database_backend(), select);
    let rows = transaction.query_all_raw(statement).await?;
    let column = |row: sea_orm::QueryResult| {
        Ok(Column {
            name: row.try_get("", "name")?,
            declared: row.try_get("", "declared")?,
            key: row.try_get("", "key")?,
        })
    };
    rows.into_iter().map(column).collect()
}

/// One column of what a statement gives.
pub(super) async fn texts(
    transaction: &Transaction,
    select: &str,
    column: &str,
) -> Outcome<Vec<String>> {
    let statement = Statement::from_string(transaction.get_database_backend(), select);
    let rows = transaction.query_all_raw(statement).await?;
    let texts = rows.into_iter().map(|row| row.try_get("", column));
    Ok(texts.collect::<Result<_, _>>()?)
}
