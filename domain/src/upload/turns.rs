use std::collections::HashMap;
use std::sync::{Arc, Weak};

use api::id::UploadId;
use parking_lot::Mutex;
use tokio::sync::OwnedMutexGuard;

type Turn = tokio::sync::Mutex<()>;

/// Who works on the file of an upload waits for who works on it now: a browser that lost its
/// connection comes back while its old request is still being served.
#[derive(Debug, Default)]
pub(crate) struct Turns(Mutex<HashMap<UploadId, Weak<Turn>>>);

impl Turns {
    /// Waits for a turn, which lasts until it is dropped.
    pub(crate) async fn of(&self, id: UploadId) -> OwnedMutexGuard<()> {
        self.turn(id).lock_owned().await
    }

    fn turn(&self, id: UploadId) -> Arc<Turn> {
        let mut turns = self.0.lock();
        turns.retain(|_, turn| turn.strong_count() > 0);
        let known = turns.get(&id).and_then(Weak::upgrade);
        known.unwrap_or_else(|| {
            let turn = Arc::default();
            turns.insert(id, Arc::downgrade(&turn));
            turn
        })
    }
}
