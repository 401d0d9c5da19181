//! SQLite keeps ids and bytes as blobs, times and JSON as text: the declared type says which.

use chrono::{DateTime, SecondsFormat};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde_json::Value;

use super::{Outcome, Table, Transaction, array};
use crate::backup::BackupFault;
use crate::backup::table::Column;

/// The rows behind a primary key, and the key of the last of them.
pub(super) async fn next(
    transaction: &Transaction,
    table: &Table,
    after: Option<&str>,
    rows: u32,
) -> Outcome<(Vec<String>, Option<String>)> {
    let mut key: Vec<&Column> = table
        .columns
        .iter()
        .filter(|column| column.key > 0)
        .collect();
    key.sort_by_key(|column| column.key);
    let names: Vec<_> = key
        .iter()
        .map(|column| format!("\"{}\"", column.name))
        .collect();
    let quoted: Vec<_> = names.iter().map(|name| format!("quote({name})")).collect();
    let (names, quoted) = (names.join(", "), quoted.join(" || ',' || "));
    let behind = after.map_or_else(String::new, |after| format!("WHERE ({names}) > ({after})"));
    let values: Vec<_> = table.columns.iter().map(read).collect();
    let (values, table) = (values.join(", "), &table.name);
    let select = format!(
        "SELECT json_object({values}) AS line, {quoted} AS place
        FROM \"{table}\" {behind} ORDER BY {names} LIMIT {rows}"
    );
    let select = Statement::from_string(DbBackend::Sqlite, select);
    let found = transaction.query_all_raw(select).await?;
    let mut lines = Vec::with_capacity(found.len());
    let mut last = None;
    for row in found {
        lines.push(row.try_get("", "line")?);
        last = Some(row.try_get("", "place")?);
    }
    Ok((lines, last))
}

/// Puts lines back as rows.
pub(super) async fn put(transaction: &Transaction, table: &Table, lines: &str) -> Outcome<()> {
    let values: Vec<_> = table.columns.iter().map(written).collect();
    let (values, columns) = (values.join(", "), table.names().join("\", \""));
    let name = &table.name;
    let insert =
        format!("INSERT INTO \"{name}\" (\"{columns}\") SELECT {values} FROM json_each(?)");
    let rows = with_times(table, lines)?;
    let insert = Statement::from_sql_and_values(DbBackend::Sqlite, insert, [rows.into()]);
    transaction.execute_raw(insert).await?;
    Ok(())
}

/// A name and a value for `json_object`.
fn read(Column { name, declared, .. }: &Column) -> String {
    let value = match declared.as_str() {
        "UUID" => {
            let parts = [(1, 8), (9, 4), (13, 4), (17, 4), (21, 12)];
            let parts =
                parts.map(|(from, length)| format!("substr(hex(\"{name}\"), {from}, {length})"));
            let text = parts.join(" || '-' || ");
            format!("CASE WHEN \"{name}\" IS NULL THEN NULL ELSE lower({text}) END")
        }
        "BYTEA" | "BLOB" => {
            format!(
                "CASE WHEN \"{name}\" IS NULL THEN NULL ELSE '\\x' || lower(hex(\"{name}\")) END"
            )
        }
        "BOOLEAN" => {
            format!("json(CASE \"{name}\" WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END)")
        }
        "JSONB" => format!("json(\"{name}\")"),
        _ => format!("\"{name}\""),
    };
    format!("'{name}', {value}")
}

/// A value of the column, out of an object.
fn written(Column { name, declared, .. }: &Column) -> String {
    match declared.as_str() {
        "UUID" => format!("unhex(replace(value ->> '$.{name}', '-', ''))"),
        "BYTEA" | "BLOB" => format!("unhex(substr(value ->> '$.{name}', 3))"),
        "JSONB" => format!("nullif(value -> '$.{name}', 'null')"),
        _ => format!("value ->> '$.{name}'"),
    }
}

/// Times in the form in which the driver writes them, so that texts compare like times.
fn with_times(table: &Table, lines: &str) -> Outcome<String> {
    let times: Vec<&str> = table
        .columns
        .iter()
        .filter(|column| column.declared == "TIMESTAMPTZ")
        .map(|column| column.name.as_str())
        .collect();
    if times.is_empty() {
        return Ok(array(lines));
    }
    let damaged = || BackupFault::Damaged(table.name.clone());
    let mut rows: Vec<Value> = serde_json::from_str(&array(lines)).map_err(|_| damaged())?;
    for row in &mut rows {
        for name in &times {
            let Some(Value::String(text)) = row.get_mut(*name) else {
                continue;
            };
            let time = DateTime::parse_from_rfc3339(text).map_err(|_| damaged())?;
            *text = time.to_utc().to_rfc3339_opts(SecondsFormat::AutoSi, false);
        }
    }
    Ok(Value::Array(rows).to_string())
}
