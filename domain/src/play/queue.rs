use std::collections::VecDeque;

use api::error::ErrorCode;
use api::id::SiteId;
use api::play::{PlayBatch, PlayBatchAnswer};
use parking_lot::Mutex;
use tokio::sync::{Notify, oneshot};

use crate::{Error, Result};

/// Most plays that wait in memory: what the slowest database stores within seconds.
const WAITING: usize = 20_000;
/// Most plays of one transaction.
const TOGETHER: usize = 2_000;

/// Deliveries on their way to the database. Those that wait at the same time are stored together:
/// what costs is the commit.
#[derive(Default)]
pub(crate) struct Deliveries {
    waiting: Mutex<Waiting>,
    came: Notify,
}

#[derive(Default)]
struct Waiting {
    deliveries: VecDeque<Delivery>,
    /// Of all of them.
    plays: usize,
    closed: bool,
}

/// One delivery, and who waits for its receipts.
pub(super) struct Delivery {
    pub(super) site: SiteId,
    pub(super) batch: PlayBatch,
    pub(super) answer: oneshot::Sender<Result<PlayBatchAnswer>>,
}

impl Deliveries {
    /// Takes a delivery in; refused when there is no room for it or the server stops.
    pub(super) fn add(
        &self,
        site: SiteId,
        batch: PlayBatch,
    ) -> Result<oneshot::Receiver<Result<PlayBatchAnswer>>> {
        let (answer, receiver) = oneshot::channel();
        let mut waiting = self.waiting.lock();
        if waiting.closed || waiting.plays + batch.plays.len() > WAITING {
            return Err(Error::refused(ErrorCode::Overloaded));
        }
        waiting.plays += batch.plays.len();
        waiting.deliveries.push_back(Delivery {
            site,
            batch,
            answer,
        });
        drop(waiting);
        self.came.notify_one();
        Ok(receiver)
    }

    /// How many plays wait.
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.lock().plays
    }

    /// Ends when something waits.
    pub(super) async fn came(&self) {
        self.came.notified().await;
    }

    /// The deliveries that waited longest, as many as are stored together; none when none waits.
    pub(super) fn take(&self) -> Vec<Delivery> {
        let mut waiting = self.waiting.lock();
        let mut taken = Vec::new();
        let mut plays = 0;
        while let Some(next) = waiting.deliveries.front() {
            if !taken.is_empty() && plays + next.batch.plays.len() > TOGETHER {
                break;
            }
            plays += next.batch.plays.len();
            taken.extend(waiting.deliveries.pop_front());
        }
        waiting.plays -= plays;
        taken
    }

    /// Takes nothing in from now on.
    pub(super) fn close(&self) {
        self.waiting.lock().closed = true;
    }
}

#[cfg(test)]
mod tests {
    use api::hash::FileHash;
    use api::id::{BootId, PlayId, VideoId};
    use api::limit::PLAYS_PER_BATCH;
    use api::play::{Clock, Outcome, Play};
    use chrono::DateTime;

    use super::*;

    fn batch(plays: usize) -> PlayBatch {
        let play = Play {
            id: PlayId::new(),
            boot_id: BootId::new(),
            seq: 1,
            video_id: VideoId::new(),
            sha256: FileHash([0; 32]),
            configuration_version: 1,
            played_at: DateTime::UNIX_EPOCH,
            duration_ms: 1,
            shown_ms: 1,
            outcome: Outcome::Completed,
            clock: Clock::Synced,
            not_before: None,
            not_after: None,
        };
        PlayBatch {
            plays: vec![play; plays],
        }
    }

    #[test]
    fn more_than_can_be_stored_soon_is_refused_until_there_is_room() {
        let deliveries = Deliveries::default();
        let add = || deliveries.add(SiteId::new(), batch(PLAYS_PER_BATCH));
        let mut taken_in = Vec::new();
        while let Ok(answer) = add() {
            taken_in.push(answer);
        }
        assert_eq!(taken_in.len() * PLAYS_PER_BATCH, WAITING);
        let Err(Error::Refused(refusal)) = add() else {
            panic!("no room, and taken in");
        };
        assert_eq!(refusal.code, ErrorCode::Overloaded);
        assert_eq!(deliveries.take().len() * PLAYS_PER_BATCH, TOGETHER);
        assert!(add().is_ok());
        deliveries.close();
        assert!(add().is_err());
    }

    #[test]
    fn a_group_is_never_empty_while_something_waits() {
        let deliveries = Deliveries::default();
        let _answer = deliveries.add(SiteId::new(), batch(TOGETHER + 1)).unwrap();
        assert_eq!(deliveries.take().len(), 1);
        assert_eq!(deliveries.take().len(), 0);
    }
}
