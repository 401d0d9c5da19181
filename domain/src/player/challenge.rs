//! Challenges that the server need not remember.

use api::limit::CHALLENGE_LIFE;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::keys::Keys;

/// Keeps this use of the server's secret apart from others.
const PURPOSE: &str = "player challenge";
/// Seconds that the clock of another instance may be ahead.
const AHEAD_S: i64 = 5;
/// Bytes of time and chance before the seal.
const HEAD: usize = 8 + 16;

/// A nonce that only the key `key_id` can use, for [`CHALLENGE_LIFE`].
pub(super) fn issue(keys: &Keys, key_id: &str, now: DateTime<Utc>) -> String {
    let mut nonce = now.timestamp().to_be_bytes().to_vec();
    nonce.extend(rand::random::<[u8; 16]>());
    let seal = seal(keys, key_id, &nonce).finalize().into_bytes();
    nonce.extend(seal);
    URL_SAFE_NO_PAD.encode(nonce)
}

/// Whether this installation gave `nonce` to the key `key_id` within [`CHALLENGE_LIFE`].
pub(super) fn recognise(keys: &Keys, nonce: &str, key_id: &str, now: DateTime<Utc>) -> bool {
    let nonce = URL_SAFE_NO_PAD.decode(nonce).unwrap_or_default();
    let Some((head, tag)) = nonce.split_at_checked(HEAD) else {
        return false;
    };
    let Some((issued_at, _)) = head.split_first_chunk::<8>() else {
        return false;
    };
    let life = i64::try_from(CHALLENGE_LIFE.as_secs()).unwrap_or(0);
    let age = now
        .timestamp()
        .saturating_sub(i64::from_be_bytes(*issued_at));
    seal(keys, key_id, head).verify_slice(tag).is_ok() && (-AHEAD_S..=life).contains(&age)
}

fn seal(keys: &Keys, key_id: &str, head: &[u8]) -> Hmac<Sha256> {
    keys.seal(PURPOSE, &format!("{key_id}|{}", hex::encode(head)))
}

#[cfg(test)]
mod tests {
    use chrono::{TimeDelta, Utc};
    use tempfile::TempDir;

    use super::{Keys, issue, recognise};

    #[tokio::test]
    async fn a_challenge_is_good_for_its_key_and_its_minute_only() {
        let folder = TempDir::new().unwrap();
        let keys = |secret: &str| {
            let secret = secret.to_owned().into();
            let folder = folder.path().to_owned();
            async move { Keys::open(Some(&secret), &folder).await.unwrap() }
        };
        let (ours, others, now) = (keys("secret").await, keys("other").await, Utc::now());
        let nonce = issue(&ours, "key", now);
        assert!(recognise(&ours, &nonce, "key", now));
        assert!(recognise(
            &ours,
            &nonce,
            "key",
            now + TimeDelta::seconds(60)
        ));
        assert!(!recognise(
            &ours,
            &nonce,
            "key",
            now + TimeDelta::seconds(62)
        ));
        assert!(!recognise(
            &ours,
            &nonce,
            "key",
            now - TimeDelta::seconds(10)
        ));
        assert!(!recognise(&ours, &nonce, "other", now));
        assert!(!recognise(&others, &nonce, "key", now));
        for damaged in ["", "abc", &nonce[1..], &nonce[..nonce.len() - 1]] {
            assert!(!recognise(&ours, damaged, "key", now), "{damaged}");
        }
    }
}
