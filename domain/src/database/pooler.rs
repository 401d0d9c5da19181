//! Recognises a transaction pooler by what it does.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement, TransactionTrait};

use super::address::Door;

/// Looks as often as that: another client of the pooler may come between.
const LOOKS: u32 = 3;

/// Two clients that stay connected have a server process each, unless a pooler lends one process to
/// both in turn. `open` opens a pool of one connection.
#[expect(clippy::disallowed_types, reason = "the wrapper connects")]
pub(super) async fn look_for(
    open: impl AsyncFn() -> Result<sea_orm::DatabaseConnection, DbErr>,
) -> Result<Door, DbErr> {
    let (one, other) = (open().await?, open().await?);
    let mut door = Door::Unknown;
    for _ in 0..LOOKS {
        let processes = (process(&one).await, process(&other).await);
        door = match processes {
            (Ok(one), Ok(other)) if one != other => Door::Unknown,
            (Ok(_), Ok(_)) => Door::Pooler,
            // The other client's statement was already there, under the same name.
            (Err(error), _) | (_, Err(error)) if is_taken_name(&error) => Door::Pooler,
            (Err(error), _) | (_, Err(error)) => return Err(error),
        };
        if door == Door::Pooler {
            break;
        }
    }
    one.close().await?;
    other.close().await?;
    Ok(door)
}

/// The server process of a transaction that ends at once.
#[expect(clippy::disallowed_types, reason = "the wrapper connects")]
async fn process(client: &sea_orm::DatabaseConnection) -> Result<i32, DbErr> {
    let transaction = client.begin().await?;
    let select = Statement::from_string(DbBackend::Postgres, "SELECT pg_backend_pid() AS pid");
    let row = transaction.query_one_raw(select).await?;
    transaction.rollback().await?;
    row.ok_or_else(|| DbErr::RecordNotFound("pg_backend_pid".to_owned()))?
        .try_get("", "pid")
}

/// `duplicate_prepared_statement`.
fn is_taken_name(error: &DbErr) -> bool {
    super::code_of(error).as_deref() == Some("42P05")
}
