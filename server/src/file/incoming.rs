//! A file in the body of a request: streamed, never whole in memory, limited by the domain.

use std::convert::Infallible;
use std::io;
use std::pin::Pin;
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{FromRequest, Request};
use futures::{Stream, TryStreamExt};
use tokio_stream::StreamExt;

/// A sender that says nothing for so long has gone.
const SILENCE: Duration = Duration::from_mins(1);

/// The bytes of a body as they come.
pub struct Incoming {
    /// How many bytes the sender says will come (`Content-Length`), 0 where it does not say.
    pub announced: u64,
    /// The bytes; an error when the sender stops or falls silent.
    pub bytes: Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>,
}

impl<S: Send + Sync> FromRequest<S> for Incoming {
    type Rejection = Infallible;

    async fn from_request(request: Request, _state: &S) -> Result<Self, Infallible> {
        let body = request.into_body();
        Ok(Self {
            announced: body.size_hint().lower(),
            bytes: pieces(body),
        })
    }
}

fn pieces(body: Body) -> Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>> {
    let pieces = body
        .into_data_stream()
        .map_err(io::Error::other)
        .timeout(SILENCE);
    Box::pin(pieces.map(|piece| {
        piece.unwrap_or_else(|gone| Err(io::Error::new(io::ErrorKind::TimedOut, gone)))
    }))
}
