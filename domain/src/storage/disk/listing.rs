//! What lies in the folder.

use std::io;
use std::path::PathBuf;

use chrono::{DateTime, SubsecRound, Utc};
use futures::{StreamExt, stream};
use tokio::fs::{self, ReadDir};

use super::Disk;
use crate::storage::ObjectKey;
use crate::storage::listing::{Found, PAGE, Pages, is_told};

/// Where a walk through the folders is.
struct Walk {
    root: PathBuf,
    folders: Vec<PathBuf>,
    open: Option<ReadDir>,
}

impl Disk {
    /// Every file of somebody, in pages.
    pub(in crate::storage) fn pages(&self) -> Pages {
        let walk = Walk {
            root: self.root.clone(),
            folders: vec![self.root.clone()],
            open: None,
        };
        stream::try_unfold(walk, async |mut walk| {
            let page = walk.next().await?;
            Ok((!page.is_empty()).then_some((page, walk)))
        })
        .boxed()
    }

    /// The size of a file; none where there is none.
    pub(in crate::storage) async fn size(&self, key: &ObjectKey) -> io::Result<Option<u64>> {
        match fs::metadata(self.path(key)).await {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            metadata => Ok(Some(metadata?.len())),
        }
    }
}

impl Walk {
    /// Nothing at the end.
    async fn next(&mut self) -> io::Result<Vec<Found>> {
        let mut page = Vec::new();
        while page.len() < PAGE {
            let Some(open) = &mut self.open else {
                let Some(folder) = self.folders.pop() else {
                    break;
                };
                self.open = Some(fs::read_dir(folder).await?);
                continue;
            };
            match open.next_entry().await? {
                None => self.open = None,
                Some(entry) => page.extend(self.found(&entry).await?),
            }
        }
        Ok(page)
    }

    /// A file; a folder is kept for later. Links lead anywhere: they are passed over.
    async fn found(&mut self, entry: &fs::DirEntry) -> io::Result<Option<Found>> {
        let path = entry.path();
        let below = path.strip_prefix(&self.root).ok();
        let Some(key) = below.and_then(|below| below.to_str()).map(str::to_owned) else {
            return Ok(None);
        };
        let kind = entry.file_type().await?;
        if kind.is_dir() && is_told(&format!("{key}/file")) {
            self.folders.push(path);
        }
        if !kind.is_file() || !is_told(&key) {
            return Ok(None);
        }
        let metadata = match entry.metadata().await {
            // Removed meanwhile.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            metadata => metadata?,
        };
        let modified_at = DateTime::<Utc>::from(metadata.modified()?).trunc_subsecs(0);
        let size = metadata.len();
        Ok(Some(Found {
            key,
            size,
            modified_at,
        }))
    }
}
