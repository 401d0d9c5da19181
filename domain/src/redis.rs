//! A Redis that instances share: word of changes, sessions at hand, counts of wrong codes.
//!
//! It knows nothing that is written down nowhere else. While it cannot be reached, every question to
//! it fails at once and the database answers instead; it is reached again without being asked.

mod connect;
mod look;

use std::time::Duration;

use fred::clients::{Client, SubscriberClient, WithOptions};
use fred::prelude::{ClientLike, EventInterface, Expiration, KeysInterface, PubsubInterface};
use fred::types::config::Options;
use secrecy::SecretString;
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError::{Closed, Lagged};

use crate::error::{Error, Result};

pub use look::{RedisFault, look};

/// What answers later than this counts as lost.
const PATIENCE: Duration = Duration::from_secs(1);
/// A start waits so long for the first connection; then it goes on without.
const FIRST_PATIENCE: Duration = Duration::from_secs(2);

/// Where it is.
#[derive(Clone, Debug)]
pub struct RedisAddress {
    /// `redis://…` or, encrypted, `rediss://…`.
    pub url: SecretString,
    /// A file of certificates (PEM) that are believed beside the system's.
    pub authorities: Option<std::path::PathBuf>,
}

/// Connections to the Redis of this installation.
pub(crate) struct Redis {
    client: Client,
    subscriber: SubscriberClient,
    /// Begins every name: several installations may share a Redis.
    prefix: String,
}

/// Why it gave no answer.
pub(crate) type Lost = fred::error::Error;

impl Redis {
    /// Begins to connect and to listen to a channel, and goes on for ever.
    ///
    /// # Errors
    /// When the address or the certificates cannot be read; not when nobody answers.
    pub(crate) async fn open(
        address: &RedisAddress,
        installation: &str,
        channel: &str,
    ) -> Result<(Self, Ear)> {
        let malformed = |error: Lost| Error::Internal(format!("REDIS_URL: {error}"));
        let builder = connect::builder(address)?;
        let redis = Self {
            client: builder.build().map_err(malformed)?,
            subscriber: builder.build_subscriber_client().map_err(malformed)?,
            prefix: format!("neopro:{installation}"),
        };
        redis.client.connect();
        let mut ear = Ear::on(&redis.subscriber, redis.name(channel));
        let ready = async { tokio::join!(redis.client.wait_for_connect(), ear.next()) };
        let outcome = tokio::time::timeout(FIRST_PATIENCE, ready).await;
        if !matches!(outcome, Ok((Ok(()), Some(_)))) {
            tracing::warn!("Redis does not answer yet");
        }
        Ok((redis, ear))
    }

    /// Whether it is connected, as far as this process knows.
    pub(crate) fn answers(&self) -> bool {
        self.client.is_connected()
    }

    fn quick(&self) -> WithOptions<Client> {
        self.client.with_options(&Options {
            timeout: Some(PATIENCE),
            max_attempts: Some(1),
            fail_fast: true,
            ..Options::default()
        })
    }

    fn name(&self, key: &str) -> String {
        format!("{}:{key}", self.prefix)
    }

    /// What stands under these keys.
    pub(crate) async fn get<const N: usize>(
        &self,
        keys: [&str; N],
    ) -> Result<Vec<Option<String>>, Lost> {
        let names: Vec<String> = keys.iter().map(|key| self.name(key)).collect();
        self.quick().mget(names).await
    }

    /// Puts a value under a key, for some time or for good.
    pub(crate) async fn set(
        &self,
        key: &str,
        value: String,
        life: Option<Duration>,
    ) -> Result<(), Lost> {
        let milliseconds = |life: Duration| i64::try_from(life.as_millis()).unwrap_or(i64::MAX);
        let life = life.map(|life| Expiration::PX(milliseconds(life)));
        let name = self.name(key);
        self.quick().set(name, value, life, None, false).await
    }

    /// Adds one to a count that is forgotten when nothing was added for so long; gives the sum.
    pub(crate) async fn count(&self, key: &str, kept: Duration) -> Result<u64, Lost> {
        let name = self.name(key);
        let sum = self.quick().incr(name.clone()).await?;
        let seconds = i64::try_from(kept.as_secs()).unwrap_or(i64::MAX);
        let _: bool = self.quick().expire(name, seconds, None).await?;
        Ok(sum)
    }

    /// Says something to every instance that listens, this one among them.
    pub(crate) async fn say(&self, channel: &str, text: String) -> Result<(), Lost> {
        let name = self.name(channel);
        let _: i64 = self.quick().publish(name, text).await?;
        Ok(())
    }

    /// Connects anew: what is said does not arrive any more.
    pub(crate) async fn listen_anew(&self) {
        if let Err(error) = self.subscriber.force_reconnection().await {
            tracing::warn!(%error, "Redis is not listened to");
        }
    }

    /// Leaves.
    pub(crate) async fn close(&self) {
        let leave = async { tokio::join!(self.client.quit(), self.subscriber.quit()) };
        let _ = tokio::time::timeout(PATIENCE, leave).await;
    }
}

/// Hears what instances say to each other.
pub(crate) struct Ear {
    said: broadcast::Receiver<fred::types::Message>,
    connected: broadcast::Receiver<fred::types::config::Server>,
    subscriber: SubscriberClient,
    channel: String,
}

/// What an [`Ear`] hears.
#[derive(Debug, Eq, PartialEq)]
pub(crate) enum Said {
    /// This.
    Text(String),
    /// Something was missed, perhaps: the line broke, or too much came at once.
    Gap,
}

impl Ear {
    fn on(subscriber: &SubscriberClient, channel: String) -> Self {
        let ear = Self {
            said: subscriber.message_rx(),
            connected: subscriber.reconnect_rx(),
            subscriber: subscriber.clone(),
            channel,
        };
        subscriber.connect();
        ear
    }

    /// What was said since the last time, at least one thing; nothing when the connection was closed
    /// for good.
    pub(crate) async fn hear(&mut self) -> Vec<Said> {
        let mut all = Vec::from_iter(self.next().await);
        while let Ok(message) = self.said.try_recv() {
            all.extend(text(message));
        }
        all
    }

    async fn next(&mut self) -> Option<Said> {
        loop {
            tokio::select! {
                biased;
                connected = self.connected.recv() => match connected {
                    Ok(_) | Err(Lagged(_)) => {
                        self.subscribe().await;
                        return Some(Said::Gap);
                    }
                    Err(Closed) => return None,
                },
                said = self.said.recv() => match said {
                    Ok(message) => if let Some(said) = text(message) {
                        return Some(said);
                    },
                    Err(Lagged(_)) => return Some(Said::Gap),
                    Err(Closed) => return None,
                },
            }
        }
    }

    /// Every new connection begins deaf. One that breaks meanwhile is followed by another.
    async fn subscribe(&self) {
        if let Err(error) = self.subscriber.subscribe(self.channel.clone()).await {
            tracing::debug!(%error, "Redis was not listened to");
        }
    }
}

fn text(message: fred::types::Message) -> Option<Said> {
    message.value.into_string().map(Said::Text)
}
