//! What lies in the bucket. This protocol lists a folder at a time.

use std::collections::VecDeque;
use std::io::{self, ErrorKind};

use chrono::{DateTime, SubsecRound, Utc};
use futures::{StreamExt, stream};
use reqwest::header::{CONTENT_RANGE, RANGE};
use reqwest::{Method, StatusCode};

use super::{Object, Rest, answered};
use crate::storage::listing::{Found, PAGE, Pages, is_ours, is_told};

/// Where a walk through the folders is.
struct Walk {
    rest: Rest,
    /// Folders that are still to be listed, each with `/` at its end but the top.
    folders: VecDeque<String>,
    /// Objects of the first of them that were told.
    offset: usize,
}

impl Rest {
    /// Every object of somebody, in pages.
    pub(in crate::storage::bucket) fn pages(&self) -> Pages {
        let walk = Walk {
            rest: self.clone(),
            folders: VecDeque::from([String::new()]),
            offset: 0,
        };
        stream::try_unfold(walk, async |mut walk| {
            let page = walk.next().await?;
            Ok(page.map(|page| (page, walk)))
        })
        .boxed()
    }

    /// The size of an object; none where there is none. It is asked for its first byte, by the one
    /// request of this protocol that all versions answer.
    pub(in crate::storage::bucket) async fn size(&self, key: &str) -> io::Result<Option<u64>> {
        let get = self.object(Method::GET, key).header(RANGE, "bytes=0-0");
        let answer = match answered(get).await {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            answer => answer?,
        };
        if answer.status() != StatusCode::PARTIAL_CONTENT {
            return Ok(answer.content_length());
        }
        let range = answer.headers().get(CONTENT_RANGE);
        let size = range.and_then(|range| range.to_str().ok()?.rsplit('/').next()?.parse().ok());
        size.map(Some).ok_or_else(|| ErrorKind::InvalidData.into())
    }
}

impl Walk {
    async fn next(&mut self) -> io::Result<Option<Vec<Found>>> {
        let Some(folder) = self.folders.front().cloned() else {
            return Ok(None);
        };
        let objects = self.rest.page(&folder, self.offset).await?;
        if objects.len() < PAGE {
            self.folders.pop_front();
            self.offset = 0;
        } else {
            self.offset += objects.len();
        }
        let mut found = Vec::new();
        for object in objects {
            let key = format!("{folder}{}", object.name);
            if object.metadata.is_none() {
                if !(folder.is_empty() && is_ours(&object.name)) {
                    self.folders.push_back(format!("{key}/"));
                }
            } else if is_told(&key) {
                found.push(of(key, &object));
            }
        }
        Ok(Some(found))
    }
}

fn of(key: String, object: &Object) -> Found {
    // One that does not say when it was written is as new as can be.
    let modified_at: DateTime<Utc> = object.updated_at.unwrap_or_else(Utc::now);
    Found {
        key,
        size: object.metadata.as_ref().map_or(0, |metadata| metadata.size),
        modified_at: modified_at.trunc_subsecs(0),
    }
}
