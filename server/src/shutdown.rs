//! A clean stop.

use std::future::Future;
use std::io;

use tokio::signal::unix::{SignalKind, signal};

use crate::command::failure::Failure;

/// Ends with the first SIGTERM or SIGINT. Signals are caught from this call on, not from the
/// first poll: one that comes while the server opens its data stops it cleanly too.
pub fn requested() -> Result<impl Future<Output = ()> + Send + 'static, Failure> {
    let catch = || -> io::Result<_> {
        Ok((
            signal(SignalKind::terminate())?,
            signal(SignalKind::interrupt())?,
        ))
    };
    let (mut terminate, mut interrupt) =
        catch().map_err(Failure::file("réception des signaux d’arrêt"))?;
    Ok(async move {
        let name = tokio::select! {
            _ = terminate.recv() => "SIGTERM",
            _ = interrupt.recv() => "SIGINT",
        };
        tracing::info!("stopping on {name}");
    })
}
