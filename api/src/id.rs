//! Identifiers: a newtype each, so that a site's id is never taken for a video's.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A fresh id, ordered by time (UUID version 7).
            pub fn new() -> Self {
                Self(Uuid::now_v7())
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

id! {
    /// A person who signs in to the dashboard.
    UserId
    /// A signed-in browser.
    SessionId
    /// A club's place with one TV.
    SiteId
    /// A file in the library.
    VideoId
    /// A file on its way into the library.
    UploadId
    /// A file of the storage that no video names.
    ForeignId
    /// One showing of one video on one TV; made on the player.
    PlayId
    /// Something that people are told of until it ends.
    AlertId
    /// A message to a person or a channel.
    MessageId
    /// One run of a player's process, from its start to its end.
    BootId
}
