//! Makes a backup.

use std::io;
use std::path::{Path, PathBuf};

use chrono::Utc;
use sea_orm::QueryOrder;
use sha2::{Digest, Sha256};

use super::archive::Writer;
use super::manifest::{FORMAT, FORMAT_VERSION, Manifest, PATH, TableEntry};
use super::rows::{self, Place as RowPlace};
use super::table::{self, Table};
use super::{Outcome, Place, Progress, object};
use crate::Error;
use crate::database::Transaction;
use crate::entity::video;

/// Writes beside `file` first.
pub(super) async fn create(
    place: &Place,
    file: &Path,
    told: impl Fn(Progress<'_>) + Send,
) -> Outcome<Manifest> {
    let part = part_of(file);
    let mut writer = Writer::create(&part).await?;
    let snapshot = place.database.snapshot().await?;
    let mut manifest = Manifest {
        format: FORMAT.to_owned(),
        format_version: FORMAT_VERSION,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        schema: table::schema(&snapshot).await?,
        made_at: Utc::now(),
        tables: Vec::new(),
        objects: Vec::new(),
        lost: Vec::new(),
    };
    for table in table::all(&snapshot).await? {
        told(Progress::Table(&table.name));
        let entry = add_table(&snapshot, &table, &mut writer).await?;
        manifest.tables.push(entry);
    }
    let videos = crate::video::alive().order_by_asc(video::Column::CreatedAt);
    let videos = videos.all(&snapshot).await?;
    // Nobody should wait for a transaction that lasts as long as the files do.
    drop(snapshot);
    object::add_all(&place.storage, videos, &mut writer, &mut manifest, told).await?;
    let text = serde_json::to_vec(&manifest).map_err(|cause| Error::Internal(cause.to_string()))?;
    writer.add(PATH, &text).await?;
    writer.finish().await?;
    settle(&part, file).await?;
    Ok(manifest)
}

async fn add_table(
    snapshot: &Transaction,
    table: &Table,
    writer: &mut Writer,
) -> Outcome<TableEntry> {
    let (mut rows, mut hash, mut number) = (0, Sha256::new(), 0);
    let mut place = RowPlace::begin(snapshot, table).await?;
    loop {
        let lines = rows::next(snapshot, table, &mut place).await?;
        if lines.is_empty() {
            break;
        }
        number += 1;
        rows += lines.len() as u64;
        let mut bytes = lines.join("\n").into_bytes();
        bytes.push(b'\n');
        hash.update(&bytes);
        let path = table::path(&table.name, number);
        writer.add(&path, &bytes).await?;
    }
    place.end(snapshot).await?;
    Ok(TableEntry {
        name: table.name.clone(),
        rows,
        sha256: hex::encode(hash.finalize()),
        columns: table.names(),
    })
}

fn part_of(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".part");
    name.into()
}

/// Gives the finished file its name, which survives a power cut once its folder is on the disk.
async fn settle(part: &Path, file: &Path) -> io::Result<()> {
    tokio::fs::rename(part, file).await?;
    let folder = match file.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    tokio::fs::File::open(folder).await?.sync_all().await
}
