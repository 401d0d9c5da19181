//! Hashes of passwords, computed off the async threads by a bounded number of workers.

use std::sync::Arc;

use api::error::ErrorCode;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

use crate::{Error, Result};

/// Hashes computed at one time: four times 19 MiB of memory at most.
const WORKERS: usize = 4;
/// Requests that may wait for a worker; with some 50 ms each, the last waits a second.
const QUEUE: usize = 64;
/// Costs of Argon2id by OWASP's Password Storage Cheat Sheet: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// Dearest bcrypt accepted: each step doubles the time, 14 takes about a second.
const BCRYPT_COST: u32 = 14;

/// What a check of a password found.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Verdict {
    /// It is the password.
    Right,
    /// It is, and its hash is of an older kind: store a new one.
    RightButOld,
    /// It is not.
    Wrong,
    /// What is stored is no hash that we know.
    Unreadable,
}

/// The workers.
pub(crate) struct Hashing {
    workers: Arc<Semaphore>,
    queue: Semaphore,
}

impl Default for Hashing {
    fn default() -> Self {
        Self {
            workers: Arc::new(Semaphore::new(WORKERS)),
            queue: Semaphore::new(WORKERS + QUEUE),
        }
    }
}

impl Hashing {
    /// The hash to store for a password.
    pub(super) async fn hash(&self, password: String) -> Result<String> {
        self.work(move || {
            let hash = argon2().hash_password(password.as_bytes());
            hash.map(|hash| hash.to_string()).map_err(|cause| {
                Error::Internal(format!("a password could not be hashed: {cause}"))
            })
        })
        .await?
    }

    /// Compares a password with a stored hash; without one it works as long and says wrong.
    pub(super) async fn verify(&self, password: String, stored: Option<String>) -> Result<Verdict> {
        self.work(move || {
            if let Some(stored) = stored {
                return verdict(&password, &stored);
            }
            // As much work as for somebody who exists.
            let _hash = argon2().hash_password(password.as_bytes());
            Verdict::Wrong
        })
        .await
    }

    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T> {
        let closed = |_| Error::Internal("the password workers are gone".to_owned());
        let _place = self
            .queue
            .try_acquire()
            .map_err(|_| Error::refused(ErrorCode::TooManyRequests))?;
        let worker = Arc::clone(&self.workers)
            .acquire_owned()
            .await
            .map_err(closed)?;
        let outcome = tokio::task::spawn_blocking(move || {
            // Held by the work itself: it goes on when the request is given up.
            let _worker = worker;
            work()
        });
        outcome
            .await
            .map_err(|cause| Error::Internal(format!("a password worker failed: {cause}")))
    }
}

fn argon2() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).expect("the costs are within limits");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn verdict(password: &str, stored: &str) -> Verdict {
    if stored.starts_with("$2") {
        return bcrypt_verdict(password, stored);
    }
    let Ok(hash) = PasswordHash::new(stored) else {
        return Verdict::Unreadable;
    };
    if argon2()
        .verify_password(password.as_bytes(), &hash)
        .is_err()
    {
        return Verdict::Wrong;
    }
    let current = Params::try_from(&hash).is_ok_and(|params| {
        (params.m_cost(), params.t_cost(), params.p_cost()) == (MEMORY_KIB, PASSES, LANES)
    });
    if current {
        Verdict::Right
    } else {
        Verdict::RightButOld
    }
}

/// Hashes put there by SQL: `$2a$` and `$2b$`, as the deployment guide shows.
fn bcrypt_verdict(password: &str, stored: &str) -> Verdict {
    let affordable = stored
        .parse::<bcrypt::HashParts>()
        .is_ok_and(|parts| parts.get_cost() <= BCRYPT_COST);
    if !affordable {
        return Verdict::Unreadable;
    }
    match bcrypt::verify(password, stored) {
        Ok(true) => Verdict::RightButOld,
        Ok(false) => Verdict::Wrong,
        Err(_) => Verdict::Unreadable,
    }
}

#[cfg(test)]
mod tests {
    use super::{Hashing, Verdict, verdict};

    #[tokio::test]
    async fn a_hash_knows_its_password_and_no_other() {
        let hashing = Hashing::default();
        let hash = hashing.hash("Correct horse 1".to_owned()).await.unwrap();
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        assert_eq!(verdict("Correct horse 1", &hash), Verdict::Right);
        assert_eq!(verdict("Correct horse 2", &hash), Verdict::Wrong);
    }

    #[test]
    fn hashes_of_the_guides_generator_are_accepted_and_old() {
        for version in [bcrypt::Version::TwoA, bcrypt::Version::TwoB] {
            let parts = bcrypt::hash_with_result("Correct horse 1", 4).unwrap();
            let hash = parts.format_for_version(version);
            assert_eq!(
                verdict("Correct horse 1", &hash),
                Verdict::RightButOld,
                "{hash}"
            );
            assert_eq!(verdict("Correct horse 2", &hash), Verdict::Wrong, "{hash}");
        }
    }

    #[test]
    fn what_is_no_hash_lets_nobody_in() {
        for stored in [
            "",
            "Correct horse 1",
            "$2a$12$VOTRE_HASH_ICI",
            "$2b$31$0123456789012345678901234567890123456789012345678901",
        ] {
            assert_eq!(
                verdict("Correct horse 1", stored),
                Verdict::Unreadable,
                "{stored}"
            );
        }
    }
}
