//! An object store that speaks the protocol of Amazon S3, over a folder: for tests of whole programs.
//!
//! `object_store FOLDER PORT`; the key is `neopro-test`, its secret `secret-du-stockage`.

use std::error::Error;

use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use s3s_fs::FileSystem;
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(folder), Some(port)) = (arguments.next(), arguments.next()) else {
        return Err("object_store FOLDER PORT".into());
    };
    std::fs::create_dir_all(format!("{folder}/videos"))?;
    let files = FileSystem::new(&folder).map_err(|error| format!("{error:?}"))?;
    let mut service = S3ServiceBuilder::new(files);
    service.set_auth(SimpleAuth::from_single("neopro-test", "secret-du-stockage"));
    let service = service.build();
    let listener = TcpListener::bind(("127.0.0.1", port.parse()?)).await?;
    loop {
        let (connection, _) = listener.accept().await?;
        let service = service.clone();
        tokio::spawn(async move {
            let server = Builder::new(TokioExecutor::new());
            // Who left has nothing to be told.
            let _ = server
                .serve_connection(TokioIo::new(connection), service)
                .await;
        });
    }
}
