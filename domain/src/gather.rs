//! Questions of the same moment, answered together: a fleet that comes back asks the database a few
//! times for many rows rather than many times for one.
//!
//! The shape of a data loader, without a wait of its own: whoever asks while nobody is at it answers
//! for all who asked meanwhile, so that a single question is answered at once.

use std::collections::HashMap;
use std::hash::Hash;

use parking_lot::Mutex;
use tokio::sync::oneshot;

use crate::{Error, Result};

/// Most questions answered at once.
const MOST: usize = 250;

/// Questions that wait, and whose turn it is to answer.
pub(crate) struct Gather<K, V> {
    waiting: Mutex<Vec<Question<K, V>>>,
    turn: tokio::sync::Mutex<()>,
}

struct Question<K, V> {
    key: K,
    answer: oneshot::Sender<Result<Option<V>>>,
}

impl<K, V> Default for Gather<K, V> {
    fn default() -> Self {
        Self {
            waiting: Mutex::default(),
            turn: tokio::sync::Mutex::default(),
        }
    }
}

impl<K: Clone + Eq + Hash, V: Clone> Gather<K, V> {
    /// What `answer` says of `key`, looked up after this call began; none where it leaves it out.
    /// Its error is that of everybody who asked with it.
    pub(crate) async fn ask<F>(&self, key: K, answer: impl Fn(Vec<K>) -> F) -> Result<Option<V>>
    where
        F: Future<Output = Result<HashMap<K, V>>>,
    {
        let mut own = self.put(key.clone());
        loop {
            tokio::select! {
                biased;
                told = &mut own => match told {
                    Ok(told) => return told,
                    // Who was at it gave up.
                    Err(_) => own = self.put(key.clone()),
                },
                _turn = self.turn.lock() => self.answer(&answer).await,
            }
        }
    }

    fn put(&self, key: K) -> oneshot::Receiver<Result<Option<V>>> {
        let (answer, own) = oneshot::channel();
        self.waiting.lock().push(Question { key, answer });
        own
    }

    /// Answers those who wait longest.
    async fn answer<F>(&self, answer: &impl Fn(Vec<K>) -> F)
    where
        F: Future<Output = Result<HashMap<K, V>>>,
    {
        let questions = self.take();
        if questions.is_empty() {
            return;
        }
        let keys = questions.iter().map(|question| question.key.clone());
        let found = answer(keys.collect()).await;
        for Question { key, answer } in questions {
            let told = match &found {
                Ok(found) => Ok(found.get(&key).cloned()),
                Err(error) => Err(error.for_another()),
            };
            // Nobody is left who wants to know, perhaps.
            _ = answer.send(told);
        }
    }

    fn take(&self) -> Vec<Question<K, V>> {
        let mut waiting = self.waiting.lock();
        waiting.retain(|question| !question.answer.is_closed());
        let count = waiting.len().min(MOST);
        waiting.drain(..count).collect()
    }
}

impl Error {
    /// The same, for somebody else who asked with us.
    fn for_another(&self) -> Self {
        match self {
            Self::Forbidden(permission) => Self::Forbidden(*permission),
            Self::Refused(refusal) => Self::Refused(refusal.clone()),
            Self::Database(error) => Self::Database(error.clone()),
            Self::Storage(error) => Self::Storage(error.kind().into()),
            Self::Internal(text) => Self::Internal(text.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::{Gather, MOST};
    use crate::{Error, Result};

    /// Doubles even numbers and leaves odd ones out, not at once, as a database.
    async fn doubled(calls: &AtomicUsize, keys: Vec<u64>) -> Result<HashMap<u64, u64>> {
        calls.fetch_add(1, Ordering::Relaxed);
        assert!(keys.len() <= MOST);
        tokio::task::yield_now().await;
        let even = keys.into_iter().filter(|key| key % 2 == 0);
        Ok(even.map(|key| (key, 2 * key)).collect())
    }

    #[tokio::test]
    async fn a_thousand_questions_of_a_moment_take_few_answers() {
        let (gather, calls) = (Gather::default(), AtomicUsize::new(0));
        let asked = (0..1_000_u64).map(|key| gather.ask(key, |keys| doubled(&calls, keys)));
        let told = futures::future::join_all(asked).await;
        for (key, told) in (0..).zip(told) {
            assert_eq!(told.unwrap(), (key % 2 == 0).then_some(2 * key));
        }
        assert!(calls.into_inner() <= 1 + 1_000 / MOST);
    }

    #[tokio::test]
    async fn who_gives_up_leaves_nobody_without_an_answer() {
        let (gather, calls) = (Gather::default(), AtomicUsize::new(0));
        let ask = |key: u64| gather.ask(key, |keys| doubled(&calls, keys));
        let (mut hasty, mut patient) = (Box::pin(ask(2)), Box::pin(ask(4)));
        assert!(futures::poll!(&mut hasty).is_pending());
        assert!(futures::poll!(&mut patient).is_pending());
        drop(hasty);
        assert_eq!(patient.await.unwrap(), Some(8));
    }

    #[tokio::test]
    async fn everybody_hears_of_a_failure() {
        let gather = Gather::<u64, u64>::default();
        let fail = |_| async {
            tokio::task::yield_now().await;
            Err(Error::Internal("gone".to_owned()))
        };
        let asked = (0..3).map(|key| gather.ask(key, fail));
        for told in futures::future::join_all(asked).await {
            assert_eq!(told.unwrap_err().to_string(), "gone");
        }
    }
}
