//! Supabase's own protocol, with the service key alone.
//! Source: <https://supabase.github.io/storage/>.

mod listing;

use std::io::{self, ErrorKind};
use std::ops::Range;
use std::path::Path;
use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures::{StreamExt, TryStreamExt};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use reqwest::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, RANGE};
use reqwest::{Body, Client, Method, RequestBuilder, Response};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::json;
use tokio_util::io::ReaderStream;

use super::s3::content_type;
use super::{Listed, Pieces};
use crate::error::{Error, Result};
use crate::settings::SupabaseProject;
use crate::storage::listing::PAGE;

const TO_CONNECT: Duration = Duration::from_secs(5);
/// Between two pieces of an answer.
const TO_ANSWER: Duration = Duration::from_secs(30);
/// Names that people gave may hold what means something in an address.
const ESCAPED: &AsciiSet = &CONTROLS.add(b' ').add(b'#').add(b'%').add(b'?');
/// Videos never change under their name; in seconds.
const CACHE: &str = "max-age=31536000";

/// A bucket behind this protocol.
#[derive(Clone, Debug)]
pub(in crate::storage) struct Rest {
    client: Client,
    url: String,
    key: SecretString,
    bucket: String,
    public: String,
}

/// What a refusal says: its own status may differ from that of the answer.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Refusal {
    status_code: String,
    error: String,
    message: String,
}

/// An object of a list; folders have no metadata.
#[derive(Deserialize)]
struct Object {
    name: String,
    metadata: Option<Metadata>,
    updated_at: Option<DateTime<Utc>>,
}

#[derive(Deserialize)]
struct Metadata {
    size: u64,
}

impl Rest {
    pub(super) fn new(project: &SupabaseProject, bucket: &str) -> Result<Self> {
        let client = Client::builder()
            .connect_timeout(TO_CONNECT)
            .read_timeout(TO_ANSWER)
            .build()
            .map_err(|error| Error::Internal(format!("no client for Supabase: {error}")))?;
        Ok(Self {
            client,
            url: format!("{}/storage/v1", project.url),
            key: project.service_key.clone(),
            bucket: bucket.to_owned(),
            public: project.public_folder(bucket),
        })
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let key = self.key.expose_secret();
        let request = self.client.request(method, format!("{}/{path}", self.url));
        request.bearer_auth(key).header("apikey", key)
    }

    fn object(&self, method: Method, key: &str) -> RequestBuilder {
        let key = utf8_percent_encode(key, ESCAPED);
        self.request(method, &format!("object/{}/{key}", self.bucket))
    }

    pub(super) async fn probe(&self) -> io::Result<()> {
        let path = format!("bucket/{}", self.bucket);
        answered(self.request(Method::GET, &path)).await.map(drop)
    }

    pub(super) async fn put(&self, key: &str, bytes: Bytes) -> io::Result<()> {
        self.put_body(key, bytes.into()).await
    }

    pub(super) async fn put_file(&self, key: &str, path: &Path, size: u64) -> io::Result<()> {
        let file = tokio::fs::File::open(path).await?;
        let body = Body::wrap_stream(ReaderStream::new(file));
        let put = self.object(Method::POST, key).header(CONTENT_LENGTH, size);
        send(put, key, body).await
    }

    async fn put_body(&self, key: &str, body: Body) -> io::Result<()> {
        send(self.object(Method::POST, key), key, body).await
    }

    pub(super) async fn get(&self, key: &str, range: Option<Range<u64>>) -> io::Result<Pieces> {
        let mut get = self.object(Method::GET, key);
        if let Some(range) = range {
            get = get.header(RANGE, format!("bytes={}-{}", range.start, range.end - 1));
        }
        let answer = answered(get).await?;
        Ok(answer.bytes_stream().map_err(unreached).boxed())
    }

    pub(super) async fn delete(&self, key: &str) -> io::Result<()> {
        match answered(self.object(Method::DELETE, key)).await {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            outcome => outcome.map(drop),
        }
    }

    /// Everything in a folder, which ends with `/`.
    pub(super) async fn list(&self, folder: &str) -> io::Result<Vec<Listed>> {
        let mut listed = Vec::new();
        loop {
            let objects = self.page(folder, listed.len()).await?;
            let is_last = objects.len() < PAGE;
            listed.extend(objects.into_iter().map(|object| {
                let size = object.metadata.map_or(0, |metadata| metadata.size);
                (format!("{folder}{}", object.name), size)
            }));
            if is_last {
                return Ok(listed);
            }
        }
    }

    /// A page of what is right in a folder: objects, and folders, which have no metadata.
    async fn page(&self, folder: &str, offset: usize) -> io::Result<Vec<Object>> {
        let path = format!("object/list/{}", self.bucket);
        let page = json!({ "prefix": folder, "limit": PAGE, "offset": offset });
        let answer = answered(self.request(Method::POST, &path).json(&page)).await?;
        answer.json().await.map_err(unreached)
    }

    pub(super) fn link(&self, key: &str) -> String {
        format!("{}/{key}", self.public)
    }
}

async fn send(put: RequestBuilder, key: &str, body: Body) -> io::Result<()> {
    let put = put
        .header(CONTENT_TYPE, content_type(key))
        .header(CACHE_CONTROL, CACHE)
        .header("x-upsert", "true")
        .body(body);
    answered(put).await.map(drop)
}

async fn answered(request: RequestBuilder) -> io::Result<Response> {
    let answer = request.send().await.map_err(unreached)?;
    if answer.status().is_success() {
        return Ok(answer);
    }
    let status = answer.status().as_u16();
    let refusal: Refusal = answer.json().await.unwrap_or_default();
    let kind = match refusal.status_code.parse().unwrap_or(status) {
        404 if !refusal.error.contains("Bucket") => ErrorKind::NotFound,
        401 | 403 => ErrorKind::PermissionDenied,
        413 => ErrorKind::FileTooLarge,
        507 => ErrorKind::StorageFull,
        _ => ErrorKind::Other,
    };
    let Refusal { error, message, .. } = refusal;
    Err(io::Error::new(kind, format!("{status} {error}: {message}")))
}

/// Without the address: it says nothing, and is long.
fn unreached(error: reqwest::Error) -> io::Error {
    let kind = if error.is_timeout() {
        ErrorKind::TimedOut
    } else {
        ErrorKind::Other
    };
    io::Error::new(kind, error.without_url())
}
