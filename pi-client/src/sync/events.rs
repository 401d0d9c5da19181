//! Hints of the server: they hurry what polling would find out a little later.

use std::time::Duration;

use tokio::time::sleep;

use super::{Refused, Sync};
use crate::client::{Backoff, ClientError, Hint};

/// A server without hints is asked again after this long: it may be newer then.
const LATER: Duration = Duration::from_mins(30);

impl Sync {
    /// Listens for hints. Losing one loses nothing: polling goes on beside it.
    pub(super) async fn listen_for_ever(&self) -> Refused {
        let mut backoff = Backoff::new(self.parts.pace.retry);
        loop {
            match self.listen(&mut backoff).await {
                Ok(()) => sleep(backoff.next()).await,
                Err(ClientError::PlayerRefused) => return Refused,
                Err(error) if error.is_absence() => sleep(LATER).await,
                Err(error) => {
                    tracing::debug!(%error, "no hints for now");
                    sleep(backoff.after(&error)).await;
                }
            }
        }
    }

    async fn listen(&self, backoff: &mut Backoff) -> Result<(), ClientError> {
        let mut hints = self.parts.client.hints().await?;
        // What changed while nobody listened.
        self.poll_now.notify_one();
        while let Some(hint) = hints.next().await? {
            backoff.reset();
            if hint == Hint::StateChanged {
                self.poll_now.notify_one();
            }
        }
        Ok(())
    }
}
