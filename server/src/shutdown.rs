//! A clean stop.

use std::future::Future;
use std::io;

use tokio::signal::unix::{SignalKind, signal};

use crate::command::failure::Failure;

/// Who asks the server to stop.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Order {
    /// A host: SIGTERM.
    Terminate,
    /// Somebody at the keyboard: SIGINT.
    Interrupt,
}

/// Ends with the first SIGTERM or SIGINT. Signals are caught from this call on, not from the
/// first poll: one that comes while the server opens its data stops it cleanly too.
pub fn requested() -> Result<impl Future<Output = Order> + Send + 'static, Failure> {
    let catch = || -> io::Result<_> {
        Ok((
            signal(SignalKind::terminate())?,
            signal(SignalKind::interrupt())?,
        ))
    };
    let (mut terminate, mut interrupt) =
        catch().map_err(Failure::file("réception des signaux d’arrêt"))?;
    Ok(async move {
        let (order, name) = tokio::select! {
            _ = terminate.recv() => (Order::Terminate, "SIGTERM"),
            _ = interrupt.recv() => (Order::Interrupt, "SIGINT"),
        };
        tracing::info!("stopping on {name}");
        order
    })
}
