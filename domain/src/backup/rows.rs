//! Rows as JSON, the same on both databases: ids as text, bytes as `\x…` in hexadecimal, times as
//! RFC 3339.

mod postgres;
mod sqlite;

use sea_orm::{ConnectionTrait, DbBackend};

pub(super) use self::postgres::part_months;

use super::Outcome;
use super::table::{Table, texts};
use crate::database::Transaction;

/// Rows that are read and written at a time: with 20 columns each, less than a megabyte.
const ROWS: u32 = 1000;

/// How far a table was read.
pub(super) enum Place {
    /// PostgreSQL remembers it in a cursor of this transaction.
    Cursor,
    /// The primary key of the last row, as literals of SQL.
    Key(Option<String>),
}

impl Place {
    /// Before the first row.
    pub(super) async fn begin(transaction: &Transaction, table: &Table) -> Outcome<Self> {
        if transaction.get_database_backend() == DbBackend::Sqlite {
            return Ok(Self::Key(None));
        }
        let cursor = postgres::cursor(table);
        transaction.execute_unprepared(&cursor).await?;
        Ok(Self::Cursor)
    }

    /// Nothing more is read of this table.
    pub(super) async fn end(self, transaction: &Transaction) -> Outcome<()> {
        if let Self::Cursor = self {
            transaction.execute_unprepared(postgres::CLOSE).await?;
        }
        Ok(())
    }
}

/// The next rows, each a line; none at the end.
pub(super) async fn next(
    transaction: &Transaction,
    table: &Table,
    place: &mut Place,
) -> Outcome<Vec<String>> {
    match place {
        Place::Cursor => texts(transaction, &postgres::fetch(ROWS), "line").await,
        Place::Key(after) => {
            let (lines, last) = sqlite::next(transaction, table, after.as_deref(), ROWS).await?;
            *after = last;
            Ok(lines)
        }
    }
}

/// Puts lines back as rows of these columns.
pub(super) async fn put(transaction: &Transaction, table: &Table, lines: &str) -> Outcome<()> {
    match transaction.get_database_backend() {
        DbBackend::Sqlite => sqlite::put(transaction, table, lines).await,
        _ => postgres::put(transaction, table, lines).await,
    }
}

/// Lines as one JSON array.
fn array(lines: &str) -> String {
    let lines: Vec<&str> = lines.lines().collect();
    format!("[{}]", lines.join(","))
}
