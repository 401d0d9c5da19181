//! An object store that speaks the protocol of Amazon S3, over a folder: for tests of whole programs.
//!
//! `object_store FOLDER PORT [ORIGIN]`: pages of this origin may send it parts, as the rules of a bucket
//! would say (CORS); the key is `neopro-test`, its secret `secret-du-stockage`.

use std::error::Error;

use hyper::body::Incoming;
use hyper::header::{ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue, VARY};
use hyper::service::service_fn;
use hyper::{Method, Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use s3s::Body;
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
    let origin = arguments.next().map(HeaderValue::try_from).transpose()?;
    std::fs::create_dir_all(format!("{folder}/videos"))?;
    let files = FileSystem::new(&folder).map_err(|error| format!("{error:?}"))?;
    let mut service = S3ServiceBuilder::new(files);
    service.set_auth(SimpleAuth::from_single("neopro-test", "secret-du-stockage"));
    let service = service.build();
    let listener = TcpListener::bind(("127.0.0.1", port.parse()?)).await?;
    loop {
        let (connection, _) = listener.accept().await?;
        let (service, origin) = (service.clone(), origin.clone());
        let answer = service_fn(move |request: Request<Incoming>| {
            let (service, origin) = (service.clone(), origin.clone());
            async move {
                let mut answer = match *request.method() {
                    Method::OPTIONS => Response::new(Body::empty()),
                    _ => service.call(request.map(Body::from)).await?,
                };
                allow(origin, &mut answer);
                Ok::<_, s3s::HttpError>(answer)
            }
        });
        tokio::spawn(async move {
            let server = Builder::new(TokioExecutor::new());
            // Who left has nothing to be told.
            let _ = server
                .serve_connection(TokioIo::new(connection), answer)
                .await;
        });
    }
}

/// Lets pages of `origin` send parts, and nobody where there is none.
fn allow(origin: Option<HeaderValue>, answer: &mut Response<Body>) {
    let Some(origin) = origin else {
        return;
    };
    let headers = answer.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.insert(
        ACCESS_CONTROL_ALLOW_METHODS,
        HeaderValue::from_static("PUT"),
    );
    headers.insert(VARY, HeaderValue::from_static("origin"));
}
