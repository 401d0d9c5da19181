//! Puts a backup back.

use std::path::Path;

use sea_orm::ConnectionTrait;

use super::archive::{Entry, Reader};
use super::manifest::{Manifest, ObjectEntry, PATH, TableEntry};
use super::table::{self, Table, texts};
use super::{BackupFault, Outcome, Place, Progress, object, rows};
use crate::database::Transaction;
use crate::storage::{ObjectKey, ReceiveError};

/// What an installation that is in use has.
const IN_USE: [&str; 3] = ["users", "sites", "videos"];

/// Objects first: where this is interrupted, no row names them yet, and the next try puts them in their
/// own place.
pub(super) async fn restore(
    place: &Place,
    file: &Path,
    manifest: &Manifest,
    told: &impl Fn(Progress<'_>),
) -> Outcome<()> {
    let look = place.database.read().await?;
    fitting(&look, manifest).await?;
    drop(look);
    put_objects(place, file, manifest, told).await?;
    let transaction = place.database.write().await?;
    let tables = fitting(&transaction, manifest).await?;
    for table in tables.iter().rev() {
        let delete = format!("DELETE FROM \"{}\"", table.name);
        transaction.execute_unprepared(&delete).await?;
    }
    put_rows(&transaction, file, &tables, told).await?;
    rows::part_months(&transaction).await?;
    transaction.commit().await.map_err(BackupFault::from)
}

/// The tables of the backup as this database has them, if it has them all and is empty.
async fn fitting(transaction: &Transaction, manifest: &Manifest) -> Outcome<Vec<Table>> {
    if table::schema(transaction).await? != manifest.schema {
        return Err(BackupFault::Version {
            program: manifest.program.clone(),
            schema: manifest.schema.clone(),
        });
    }
    for name in IN_USE {
        let some = format!("SELECT 'x' AS text FROM {name} LIMIT 1");
        if !texts(transaction, &some, "text").await?.is_empty() {
            return Err(BackupFault::NotEmpty);
        }
    }
    let mut here = table::all(transaction).await?;
    let mut tables = Vec::new();
    for saved in &manifest.tables {
        let missing = || BackupFault::Column(saved.name.clone());
        let place = here.iter().position(|table| table.name == saved.name);
        let table = here.remove(place.ok_or_else(missing)?);
        tables.push(with_columns(table, saved)?);
    }
    Ok(tables)
}

/// Columns that the backup does not have keep their defaults.
fn with_columns(mut table: Table, saved: &TableEntry) -> Outcome<Table> {
    let names = table.names();
    if let Some(missing) = saved.columns.iter().find(|name| !names.contains(name)) {
        return Err(BackupFault::Column(format!("{}.{missing}", saved.name)));
    }
    let is_saved = |name: &String| saved.columns.contains(name);
    table.columns.retain(|column| is_saved(&column.name));
    Ok(table)
}

async fn put_rows(
    transaction: &Transaction,
    file: &Path,
    tables: &[Table],
    told: &impl Fn(Progress<'_>),
) -> Outcome<()> {
    let mut reader = Reader::open(file).await?;
    let mut current = "";
    while let Some(entry) = reader.next().await? {
        let Some(name) = table::of_path(&entry.path) else {
            continue;
        };
        let damaged = || BackupFault::Damaged(name.to_owned());
        let table = tables.iter().find(|table| table.name == name);
        let table = table.ok_or_else(damaged)?;
        if current != table.name {
            told(Progress::Table(&table.name));
            current = &table.name;
        }
        let lines = String::from_utf8(reader.bytes(&entry).await?).map_err(|_| damaged())?;
        rows::put(transaction, table, &lines).await?;
    }
    Ok(())
}

async fn put_objects(
    place: &Place,
    file: &Path,
    manifest: &Manifest,
    told: &impl Fn(Progress<'_>),
) -> Outcome<()> {
    let mut reader = Reader::open(file).await?;
    let of = manifest.objects.len();
    let mut objects = manifest.objects.iter().enumerate().peekable();
    while let Some(entry) = reader.next().await? {
        if entry.path == PATH {
            break;
        }
        let key = object::of_path(&entry.path);
        let Some((index, object)) = objects.next_if(|(_, object)| key == Some(&object.key)) else {
            continue;
        };
        let (number, size) = (index + 1, object.size);
        told(Progress::Object { number, of, size });
        put_object(place, &mut reader, &entry, object).await?;
    }
    match objects.next() {
        Some((_, object)) => Err(BackupFault::Damaged(object.key.clone())),
        None => Ok(()),
    }
}

async fn put_object(
    place: &Place,
    reader: &mut Reader,
    entry: &Entry,
    object: &ObjectEntry,
) -> Outcome<()> {
    let incoming = place.storage.receive(reader.pieces(entry), entry.size);
    let incoming = incoming.await.map_err(|error| match error {
        ReceiveError::Interrupted(cause) | ReceiveError::Write(cause) => BackupFault::File(cause),
        ReceiveError::TooLarge(_) => BackupFault::Damaged(object.key.clone()),
    })?;
    if incoming.sha256().to_string() != object.sha256 {
        return Err(BackupFault::Damaged(object.key.clone()));
    }
    let key = ObjectKey(object.key.clone());
    let kept = place.storage.keep(&key, incoming).await;
    kept.map_err(|cause| BackupFault::Failed(cause.into()))
}
