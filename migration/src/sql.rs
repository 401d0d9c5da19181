//! SQL that PostgreSQL and SQLite both read.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

/// Runs statements separated by `;`. Words in braces differ between the databases:
/// `{new_id}` a fresh id and `{now}` the time of day, both as defaults of columns.
pub(crate) async fn run(manager: &SchemaManager<'_>, statements: &str) -> Result<(), DbErr> {
    let (new_id, now) = match manager.get_database_backend() {
        DbBackend::Sqlite => (
            "(randomblob(16))",
            // The form in which sea-orm writes times, so that texts compare like times.
            "(strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now'))",
        ),
        _ => ("gen_random_uuid()", "now()"),
    };
    let statements = statements.replace("{new_id}", new_id).replace("{now}", now);
    manager
        .get_connection()
        .execute_unprepared(&statements)
        .await?;
    Ok(())
}

/// Runs statements on PostgreSQL only.
pub(crate) async fn on_postgres(
    manager: &SchemaManager<'_>,
    statements: &str,
) -> Result<(), DbErr> {
    match manager.get_database_backend() {
        DbBackend::Postgres => run(manager, statements).await,
        _ => Ok(()),
    }
}

/// Closes tables to the REST doors that hosts such as Supabase put before the schema `public`:
/// without a policy, row security lets only the tables' owner in.
pub(crate) async fn close_to_others(
    manager: &SchemaManager<'_>,
    tables: &[&str],
) -> Result<(), DbErr> {
    for table in tables {
        let statement = format!("ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;");
        on_postgres(manager, &statement).await?;
    }
    Ok(())
}

/// Makes every insert, delete and update of `columns` in `table` bump the row `topic` of `changes`,
/// whoever makes it: rows may be edited by hand.
pub(crate) async fn watch(
    manager: &SchemaManager<'_>,
    table: &str,
    columns: &str,
    topic: &str,
) -> Result<(), DbErr> {
    for (event, suffix) in [
        ("INSERT".to_owned(), "insert"),
        ("DELETE".to_owned(), "delete"),
        (format!("UPDATE OF {columns}"), "update"),
    ] {
        let statement = match manager.get_database_backend() {
            DbBackend::Sqlite => format!(
                "CREATE TRIGGER {table}_changed_by_{suffix} AFTER {event} ON {table} BEGIN
                     UPDATE changes SET version = version + 1 WHERE topic = '{topic}';
                 END;"
            ),
            _ => format!(
                "CREATE TRIGGER {table}_changed_by_{suffix} AFTER {event} ON {table}
                     FOR EACH STATEMENT EXECUTE FUNCTION bump_changes('{topic}');"
            ),
        };
        run(manager, &statement).await?;
    }
    Ok(())
}
