//! The server's hints: server-sent events, as far as a player needs them.

use api::path;
use reqwest::Response;

use super::{Client, ClientError, accepted};

/// Longest line that is worth reading.
const LINE: usize = 64 * 1024;

/// What the server hints at.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Hint {
    /// The desired state is another one.
    StateChanged,
    /// Something else, or a sign of life.
    Other,
}

/// An open stream of hints.
pub(crate) struct Hints {
    response: Response,
    lines: Lines,
}

impl Client {
    /// Listens; the stream ends with the token at the latest.
    pub(crate) async fn hints(&self) -> Result<Hints, ClientError> {
        let url = self.url(path::PLAYER_EVENTS);
        let request = |bearer: &str| {
            let request = self.http.get(url.clone()).bearer_auth(bearer);
            request.header("accept", "text/event-stream")
        };
        let response = accepted(self.authorised(request).await?).await?;
        Ok(Hints {
            response,
            lines: Lines::default(),
        })
    }
}

impl Hints {
    /// The next hint; none at the end of the stream.
    pub(crate) async fn next(&mut self) -> Result<Option<Hint>, ClientError> {
        loop {
            if let Some(hint) = self.lines.hint() {
                return Ok(Some(hint));
            }
            let Some(bytes) = self.response.chunk().await? else {
                return Ok(None);
            };
            self.lines.add(&bytes);
            if self.lines.0.len() > LINE {
                return Err(ClientError::TooLong);
            }
        }
    }
}

/// Bytes of which the whole lines were not looked at yet.
#[derive(Default)]
struct Lines(Vec<u8>);

impl Lines {
    fn add(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    /// The hint of the first whole line.
    fn hint(&mut self) -> Option<Hint> {
        let end = self.0.iter().position(|byte| *byte == b'\n')?;
        let line: Vec<u8> = self.0.drain(..=end).collect();
        let line = String::from_utf8_lossy(&line);
        let name = line.trim().strip_prefix("event:").map(str::trim);
        Some(match name {
            Some("state-changed") => Hint::StateChanged,
            _ => Hint::Other,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Hint, Lines};

    #[test]
    fn hints_are_read_however_they_are_cut() {
        let mut lines = Lines::default();
        lines.add(b": ping\r\n\nevent: state-ch");
        assert_eq!(lines.hint(), Some(Hint::Other));
        assert_eq!(lines.hint(), Some(Hint::Other));
        assert_eq!(lines.hint(), None);
        lines.add(b"anged\ndata: {}\n\n");
        assert_eq!(lines.hint(), Some(Hint::StateChanged));
        assert_eq!(lines.hint(), Some(Hint::Other));
        assert_eq!(lines.hint(), Some(Hint::Other));
        assert_eq!(lines.hint(), None);
    }
}
