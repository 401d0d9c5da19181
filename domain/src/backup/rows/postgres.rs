use sea_orm::{ConnectionTrait, DbBackend, Statement};

use super::{Outcome, Table, Transaction, array};
use crate::backup::table::texts;

/// Gives the cursor's name back.
pub(super) const CLOSE: &str = "CLOSE backup_rows";

/// A cursor over the rows of a table, as JSON.
pub(super) fn cursor(table: &Table) -> String {
    format!(
        "DECLARE backup_rows NO SCROLL CURSOR FOR
        SELECT row_to_json(row)::text AS line FROM \"{}\" AS row",
        table.name
    )
}

pub(super) fn fetch(rows: u32) -> String {
    format!("FETCH {rows} FROM backup_rows")
}

/// Each value is read by the type of its column.
pub(super) async fn put(transaction: &Transaction, table: &Table, lines: &str) -> Outcome<()> {
    let (name, columns) = (&table.name, table.names().join("\", \""));
    let insert = format!(
        "INSERT INTO \"{name}\" (\"{columns}\")
        SELECT \"{columns}\" FROM json_populate_recordset(NULL::\"{name}\", $1::text::json)"
    );
    let values = [array(lines).into()];
    let insert = Statement::from_sql_and_values(DbBackend::Postgres, insert, values);
    transaction.execute_raw(insert).await?;
    Ok(())
}

/// Gives every month that has plays its partition: they were put into the default one.
pub(in crate::backup) async fn part_months(transaction: &Transaction) -> Outcome<()> {
    if transaction.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    // Plays of clocks that were wrong stay where they are.
    let months = "SELECT DISTINCT to_char(played_at AT TIME ZONE 'UTC', 'YYYY-MM-01') AS month
        FROM analytics_default WHERE played_at BETWEEN '2024-01-01Z' AND now() + interval '31 days'";
    for month in texts(transaction, months, "month").await? {
        let ensure = format!("SELECT ensure_analytics_month('{month}')");
        transaction.execute_unprepared(&ensure).await?;
    }
    Ok(())
}
