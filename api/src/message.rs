//! Messages to people: by Slack and by mail.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::id::MessageId;
use crate::page::PageRequest;

macro_rules! names {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $value:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $($(#[$of])* $value,)*
            /// One that this version does not know.
            #[serde(other)]
            Other,
        }

        impl $name {
            /// The text of its column.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$value => $text,)*
                    Self::Other => "other",
                }
            }

            /// What the column names.
            pub fn from_column(text: &str) -> Self {
                match text {
                    $($text => Self::$value,)*
                    _ => Self::Other,
                }
            }
        }
    };
}
pub(crate) use names;

names!(
    /// A way to people.
    Channel {
        /// A channel of a Slack workspace.
        Slack = "slack",
        /// Mail, by SendGrid or by a mail server.
        Mail = "mail",
    }
);

names!(
    /// How far a message is.
    MessageState {
        /// It will be sent, or sent again.
        Waiting = "waiting",
        /// The channel took it.
        Sent = "sent",
        /// It was given up.
        Dead = "dead",
    }
);

names!(
    /// Why a channel did not take a message. A name, so that no secret can be in it.
    Fault {
        /// Nobody answers at the address.
        Unreachable = "unreachable",
        /// No answer within 10 s.
        TimedOut = "timed_out",
        /// The channel asks to wait.
        Busy = "busy",
        /// The channel failed on its side.
        Failing = "failing",
        /// Key, user or password are refused.
        KeyRefused = "key_refused",
        /// `EMAIL_FROM` is not a sender that the provider has verified.
        SenderNotVerified = "sender_not_verified",
        /// The recipient's address is refused.
        RecipientRefused = "recipient_refused",
        /// The webhook was revoked, or its channel archived.
        WebhookGone = "webhook_gone",
        /// The message itself is refused.
        Refused = "refused",
        /// The channel is not configured any more.
        NotConfigured = "not_configured",
    }
);

/// A message that was written down to be sent.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// By which way.
    pub channel: Channel,
    /// To whom; empty for Slack.
    pub recipient: String,
    /// Its first line, in French.
    pub subject: String,
    /// How far it is.
    pub state: MessageState,
    /// How often it was tried.
    pub attempts: i32,
    /// Why the last try failed.
    pub fault: Option<Fault>,
    /// When it was written.
    pub created_at: DateTime<Utc>,
}

/// Which messages are listed, the newest first.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(default)]
pub struct MessageFilter {
    /// Only those that are so far.
    pub state: Option<MessageState>,
    /// Number of the page, from 1.
    pub page: Option<u32>,
    /// Rows of a page.
    pub per_page: Option<u32>,
}

impl MessageFilter {
    /// The page asked for.
    pub fn paging(&self) -> PageRequest {
        PageRequest::of(self.page, self.per_page)
    }
}

/// By what mail goes out.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MailDoor {
    /// SendGrid's API.
    #[serde(rename = "sendgrid")]
    SendGrid,
    /// A mail server.
    Smtp,
}

/// Which ways to people are configured.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Channels {
    /// Whether Slack is.
    pub slack: bool,
    /// By what mail goes out, if by anything.
    pub mail: Option<MailDoor>,
    /// The sender of mails.
    pub from: Option<String>,
}

/// Which channel is tried.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TryChannel {
    /// The channel.
    pub channel: Channel,
}

/// How the try of a channel ended.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tried {
    /// Why it did not go out; nothing where it did.
    pub fault: Option<Fault>,
}
