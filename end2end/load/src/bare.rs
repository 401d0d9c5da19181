//! The bare handler: the least that the same framework can do on the same machine.

use std::net::SocketAddr;
use std::process::ExitCode;

use axum::Router;
use axum::routing::get;
use http::{StatusCode, header};
use tokio::net::TcpListener;

use crate::failure::Failure;

/// Answers every GET with an `ETag` and no body, as the state's door does when nothing is new.
pub(crate) async fn serve(listen: SocketAddr) -> Result<ExitCode, Failure> {
    let answer = || async { (StatusCode::NOT_MODIFIED, [(header::ETAG, "\"bare\"")]) };
    let router = Router::new().route("/{*any}", get(answer));
    axum::serve(TcpListener::bind(listen).await?, router).await?;
    Ok(ExitCode::SUCCESS)
}
