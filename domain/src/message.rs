//! Messages to people. A message is written down in the transaction of what it tells of; the leading
//! instance sends it, again and again until the channel took it or will never take it.

pub(crate) mod content;
mod html;
mod mailer;
pub(crate) mod outbox;
pub(crate) mod retention;
mod sendgrid;
mod slack;
mod smtp;

use api::error::ErrorCode;
use api::id::MessageId;
use api::message::{Channel, Channels, Fault, Message, MessageFilter, MessageState, Tried};
use api::page::Page;
use api::permission::Permission;
use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Select, Set};
use serde_json::json;

pub(crate) use mailer::Mailer;
pub(crate) use slack::Slack;

use crate::audit::{self, Entry};
use crate::entity::message;
use crate::settings::MailSettings;
use crate::{Actor, Domain, Error, Result, account, database};
use content::Content;

/// Tries what mail goes out by, up to the point where a message would be sent.
pub async fn look_at_mail(mail: &MailSettings) -> Result<(), Fault> {
    mailer::look_at(mail).await
}

/// Whether an address has the shape of an incoming webhook. Slack has no way to try one silently.
pub fn look_at_slack(address: &str) -> bool {
    slack::is_webhook(address)
}

/// What goes out to people.
pub struct Messages<'a>(pub(crate) &'a Domain);

impl Messages<'_> {
    /// Which channels are configured.
    pub fn channels(&self, actor: &Actor) -> Result<Channels> {
        actor.require(Permission::ManageMessages)?;
        let inner = &self.0.inner;
        let mail = inner.settings.channels.mail.as_ref();
        Ok(Channels {
            slack: inner.slack.is_some(),
            mail: inner.mailer.door(),
            from: mail.map(|mail| mail.from.clone()),
        })
    }

    /// A page of the messages, the newest first.
    pub async fn list(&self, actor: &Actor, filter: MessageFilter) -> Result<Page<Message>> {
        actor.require(Permission::ManageMessages)?;
        let mut rows = message::Entity::find()
            .order_by_desc(message::Column::CreatedAt)
            .order_by_desc(message::Column::Id);
        if let Some(state) = filter.state {
            rows = rows.filter(message::COLUMN.state.eq(state.as_str()));
        }
        let transaction = self.0.inner.database.read().await?;
        let read = async |transaction: &_, rows: Select<message::Entity>| {
            let rows: Vec<message::Model> = rows.all(transaction).await?;
            Ok::<_, sea_orm::DbErr>(rows.into_iter().map(shown).collect())
        };
        Ok(database::page(&transaction, filter.paging(), rows, read).await?)
    }

    /// Sends a message again that was given up. A link that is good for minutes is asked for anew instead.
    pub async fn retry(&self, actor: &Actor, id: MessageId) -> Result<()> {
        actor.require(Permission::ManageMessages)?;
        let inner = &self.0.inner;
        let again = message::ActiveModel {
            state: Set(MessageState::Waiting.as_str().to_owned()),
            attempts: Set(0),
            next_attempt_at: Set(inner.clock.now()),
            settled_at: Set(None),
            ..Default::default()
        };
        let transaction = inner.database.write().await?;
        if is_too_late(self.0, &transaction, id).await? {
            return Err(Error::refused(ErrorCode::NotFound));
        }
        let taken = message::Entity::update_many()
            .set(again)
            .filter(message::COLUMN.id.eq(id.0))
            .filter(message::COLUMN.state.eq(MessageState::Dead.as_str()))
            .exec(&transaction)
            .await?;
        if taken.rows_affected == 0 {
            return Err(Error::refused(ErrorCode::NotFound));
        }
        let entry = Entry {
            actor,
            action: "message.retry",
            object: Some(id.0),
            details: json!({}),
        };
        audit::record(&transaction, &inner.clock, entry).await?;
        Ok(transaction.commit().await?)
    }

    /// Sends a test now: to Slack, or as a mail to the actor. Tells how it went.
    pub async fn try_channel(&self, actor: &Actor, channel: Channel) -> Result<Tried> {
        actor.require(Permission::ManageMessages)?;
        let account = self.0.accounts().me(actor).await?;
        let inner = &self.0.inner;
        let transaction = inner.database.write().await?;
        let entry = Entry {
            actor,
            action: "message.try",
            object: None,
            details: json!({ "channel": channel }),
        };
        audit::record(&transaction, &inner.clock, entry).await?;
        transaction.commit().await?;
        let sent = outbox::send(self.0, channel, &account.email, &Content::test()).await;
        Ok(Tried {
            fault: sent.err().map(|failure| failure.fault),
        })
    }
}

/// Whether a message leads to a password reset that has ended.
async fn is_too_late(
    domain: &Domain,
    transaction: &impl ConnectionTrait,
    id: MessageId,
) -> Result<bool> {
    let row = message::Entity::find_by_id(id.0).one(transaction).await?;
    let content = row.and_then(|row| serde_json::from_value::<Content>(row.content).ok());
    let Some(reset) = content.and_then(|content| content.reset) else {
        return Ok(false);
    };
    let now = domain.inner.clock.now();
    Ok(!account::reset::is_open(transaction, reset.id, now).await?)
}

fn shown(row: message::Model) -> Message {
    let content = serde_json::from_value::<Content>(row.content);
    Message {
        id: MessageId(row.id),
        channel: Channel::from_column(&row.channel),
        recipient: row.recipient,
        subject: content
            .map(|content| content.subject().to_owned())
            .unwrap_or_default(),
        state: MessageState::from_column(&row.state),
        attempts: row.attempts,
        fault: row.fault.as_deref().map(Fault::from_column),
        created_at: row.created_at,
    }
}
