//! An object store that speaks the protocol of Amazon S3, over a folder of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use domain::settings::{BucketAddress, S3Address};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use s3s::Body;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use s3s_fs::FileSystem;
use tempfile::TempDir;
use tokio::net::TcpListener;

/// The bucket.
pub const BUCKET: &str = "videos";
const KEY_ID: &str = "neopro-test";
const SECRET: &str = "secret-du-stockage";

/// A store that lasts as long as its test.
pub struct Store {
    folder: TempDir,
    endpoint: String,
    is_down: Arc<AtomicBool>,
}

impl Store {
    /// Starts one with an empty bucket.
    pub async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(BUCKET)).unwrap();
        let files = FileSystem::new(folder.path()).unwrap();
        let mut service = S3ServiceBuilder::new(files);
        service.set_auth(SimpleAuth::from_single(KEY_ID, SECRET));
        let service = service.build();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let is_down = Arc::new(AtomicBool::new(false));
        let refuses = Arc::clone(&is_down);
        tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                let (service, refuses) = (service.clone(), Arc::clone(&refuses));
                let answer = service_fn(move |request: Request<Incoming>| {
                    let service = service.clone();
                    let is_down = refuses.load(Ordering::Relaxed);
                    async move {
                        if !is_down {
                            return service.call(request.map(Body::from)).await;
                        }
                        let mut unavailable = Response::new(Body::empty());
                        *unavailable.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
                        Ok(unavailable)
                    }
                });
                tokio::spawn(async move {
                    let server = Builder::new(TokioExecutor::new());
                    let connection = TokioIo::new(connection);
                    let _ = server.serve_connection(connection, answer).await;
                });
            }
        });
        Self {
            folder,
            endpoint,
            is_down,
        }
    }

    /// From now on, every request is answered 503, or none is any more.
    pub fn set_down(&self, is_down: bool) {
        self.is_down.store(is_down, Ordering::Relaxed);
    }

    /// Where it is, with the keys that open it.
    pub fn address(&self) -> S3Address {
        S3Address {
            endpoint: self.endpoint.clone(),
            region: "us-east-1".to_owned(),
            access_key_id: KEY_ID.to_owned(),
            secret_access_key: SECRET.into(),
            force_path_style: true,
        }
    }

    /// The same, as a setting.
    pub fn setting(&self) -> BucketAddress {
        BucketAddress::S3(self.address())
    }

    /// The folder behind the bucket.
    pub fn bucket(&self) -> PathBuf {
        self.folder.path().join(BUCKET)
    }

    /// The objects whose names begin with `folder`.
    pub fn objects(&self, folder: &str) -> Vec<PathBuf> {
        let mut found = Vec::new();
        files_below(&self.bucket().join(folder), &mut found);
        found
    }
}

fn files_below(folder: &Path, found: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for path in entries.map(|entry| entry.path()) {
        if path.is_dir() {
            files_below(&path, found);
        } else {
            found.push(path);
        }
    }
}
