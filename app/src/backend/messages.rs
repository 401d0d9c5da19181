//! Messages to people.

use api::error::ApiError;
use api::id::MessageId;
use api::message::{Channel, Channels, Message, MessageFilter, Tried};
use api::page::Page;
use leptos::prelude::*;

use crate::upstream::Upstream;

/// A page of the messages, the newest first.
#[server(client = Upstream)]
pub async fn list_messages(
    #[server(default)] filter: MessageFilter,
) -> Result<Page<Message>, ApiError> {
    crate::ssr::call(async |domain, actor| domain.messages().list(&actor, filter).await).await
}

/// Which channels are configured.
#[server(client = Upstream)]
pub async fn get_channels() -> Result<Channels, ApiError> {
    crate::ssr::call(async |domain, actor| domain.messages().channels(&actor)).await
}

/// Sends a test and tells how it went.
#[server(client = Upstream)]
pub async fn try_channel(channel: Channel) -> Result<Tried, ApiError> {
    crate::ssr::call(async |domain, actor| domain.messages().try_channel(&actor, channel).await)
        .await
}

/// Sends a message again that was given up.
#[server(client = Upstream)]
pub async fn retry_message(id: MessageId) -> Result<(), ApiError> {
    crate::ssr::call(async |domain, actor| domain.messages().retry(&actor, id).await).await
}
