//! A backup compared with what it says of itself.

use std::collections::HashMap;
use std::path::Path;

use futures::StreamExt;
use sha2::{Digest, Sha256};

use super::archive::{Entry, Reader};
use super::manifest::{FORMAT, FORMAT_VERSION, Manifest, ObjectEntry, PATH};
use super::{BackupFault, Outcome, Progress, object, table};

/// Rows of a table, and what they hash to.
type Counted = (u64, Sha256);

/// What an archive holds.
#[derive(Default)]
struct Found {
    tables: HashMap<String, Counted>,
    objects: HashMap<String, ObjectEntry>,
}

/// Reads the archive to its end.
pub(super) async fn check(file: &Path, told: impl Fn(Progress<'_>)) -> Outcome<Manifest> {
    let mut reader = Reader::open(file).await?;
    let mut found = Found::default();
    let mut manifest = None;
    while let Some(entry) = reader.next().await? {
        if manifest.is_some() {
            return Err(BackupFault::Damaged(entry.path));
        }
        if entry.path == PATH {
            manifest = Some(read(&reader.bytes(&entry).await?)?);
        } else {
            found.take(&mut reader, &entry, &told).await?;
        }
    }
    let manifest = manifest.ok_or(BackupFault::Truncated)?;
    found.compare(&manifest)?;
    Ok(manifest)
}

fn read(bytes: &[u8]) -> Outcome<Manifest> {
    let damaged = |_| BackupFault::Damaged(PATH.to_owned());
    let manifest: Manifest = serde_json::from_slice(bytes).map_err(damaged)?;
    if manifest.format != FORMAT || manifest.format_version != FORMAT_VERSION {
        return Err(BackupFault::Foreign);
    }
    Ok(manifest)
}

impl Found {
    async fn take(
        &mut self,
        reader: &mut Reader,
        entry: &Entry,
        told: &impl Fn(Progress<'_>),
    ) -> Outcome<()> {
        if let Some(name) = table::of_path(&entry.path) {
            let bytes = reader.bytes(entry).await?;
            let counted = self.tables.entry(name.to_owned()).or_insert_with(|| {
                told(Progress::Table(name));
                (0, Sha256::new())
            });
            counted.0 += bytes.split_inclusive(|byte| *byte == b'\n').count() as u64;
            counted.1.update(&bytes);
            return Ok(());
        }
        let key = object::of_path(&entry.path).ok_or(BackupFault::Foreign)?;
        let (number, size) = (self.objects.len() + 1, entry.size);
        told(Progress::Object {
            number,
            of: 0,
            size,
        });
        let object = ObjectEntry {
            key: key.to_owned(),
            size,
            sha256: hash(reader, entry).await?,
        };
        self.objects.insert(key.to_owned(), object);
        Ok(())
    }

    fn compare(mut self, manifest: &Manifest) -> Outcome<()> {
        for table in &manifest.tables {
            let (rows, hash) = self.tables.remove(&table.name).unwrap_or_default();
            if rows != table.rows || hex::encode(hash.finalize()) != table.sha256 {
                return Err(BackupFault::Damaged(table.name.clone()));
            }
        }
        for object in &manifest.objects {
            if self.objects.get(&object.key) != Some(object) {
                return Err(BackupFault::Damaged(object.key.clone()));
            }
        }
        // Objects that were lost stand there as zeros; tables cannot be.
        match self.tables.into_keys().next() {
            Some(unknown) => Err(BackupFault::Damaged(unknown)),
            None => Ok(()),
        }
    }
}

async fn hash(reader: &mut Reader, entry: &Entry) -> Outcome<String> {
    let (mut size, mut hash) = (0, Sha256::new());
    let mut pieces = reader.pieces(entry);
    while let Some(piece) = pieces.next().await {
        let piece = piece?;
        size += piece.len() as u64;
        hash.update(&piece);
    }
    if size == entry.size {
        Ok(hex::encode(hash.finalize()))
    } else {
        Err(BackupFault::Truncated)
    }
}
