//! Telling the server how the player is.

use std::sync::Arc;
use std::time::Duration;

use api::limit::PASSED_OVER;
use api::player::Report;
use tokio::time::sleep;

use super::{Refused, Sync, off_thread};
use crate::client::{Backoff, ClientError};

/// However much happens, reports keep this distance.
const APART: Duration = Duration::from_secs(1);

impl Sync {
    /// Reports and delivers plays, at the latest every [`Pace::report`](crate::settings::Pace).
    pub(super) async fn report_for_ever(&self) -> Refused {
        let pace = self.parts.pace;
        let mut backoff = Backoff::new(pace.retry);
        loop {
            let done = match self.report().await {
                Ok(()) => self.deliver().await,
                Err(error) => Err(error),
            };
            match done {
                Ok(()) => {
                    backoff.reset();
                    sleep(APART.min(pace.report)).await;
                    tokio::select! {
                        () = sleep(pace.report.saturating_sub(APART)) => {}
                        () = self.parts.screen.news() => {}
                    }
                }
                Err(ClientError::PlayerRefused) => return Refused,
                Err(error) => {
                    tracing::warn!(%error, "a report was not taken");
                    sleep(backoff.after(&error)).await;
                }
            }
        }
    }

    async fn report(&self) -> Result<(), ClientError> {
        let answer = self.parts.client.report(&self.compose().await).await?;
        self.parts.screen.hear_time(answer.server_time).await;
        let known = self
            .desired
            .borrow()
            .as_ref()
            .map(|state| state.etag.clone());
        if known.is_none_or(|known| !same(&known, &answer.etag)) {
            self.poll_now.notify_one();
        }
        Ok(())
    }

    async fn compose(&self) -> Report {
        let parts = &self.parts;
        let screen = parts.screen.on_screen();
        parts.screen.flush().await;
        let spool = parts.spool.clone();
        let counts = off_thread(move || Ok((spool.waiting()?, spool.lost()?))).await;
        let counts = counts.ok();
        let mut passed_over = parts.screen.passed_over();
        passed_over.truncate(PASSED_OVER);
        let machine = Arc::clone(&self.machine);
        let metrics = off_thread(move || Ok(machine.lock().measure())).await;
        Report {
            player_version: env!("CARGO_PKG_VERSION").to_owned(),
            clock: parts.screen.knowledge(),
            configuration_version: parts.applied.version(),
            screen,
            downloads: self.downloads(),
            fetching: *self.fetching.lock(),
            passed_over,
            waiting_plays: counts.map_or(0, |(waiting, _)| waiting),
            lost_plays: counts.map(|(_, lost)| lost),
            clock_ahead_s: parts.screen.machine_ahead_s(),
            metrics: metrics.unwrap_or_default(),
            ..Report::of_boot(parts.boot_id)
        }
    }
}

/// Whether two writings name the same state: a header has quotes, a field of JSON may not.
fn same(one: &str, other: &str) -> bool {
    let bare = |etag: &str| etag.trim_start_matches("W/").trim_matches('"').to_owned();
    bare(one) == bare(other)
}

#[cfg(test)]
mod tests {
    #[test]
    fn quotes_do_not_make_another_state() {
        assert!(super::same("\"abc\"", "abc"));
        assert!(super::same("W/\"abc\"", "\"abc\""));
        assert!(!super::same("\"abc\"", "\"abd\""));
    }
}
