//! How mail goes out.

use std::time::Duration;

use api::message::{Fault, MailDoor as Door};
use lettre::message::Mailbox;
use reqwest::header::RETRY_AFTER;
use reqwest::{Response, StatusCode};

use super::content::Content;
use super::sendgrid::SendGrid;
use super::smtp::Smtp;
use crate::settings::{MailDoor, MailSettings};

/// What a channel takes longer for is lost.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);
/// Nobody is obeyed who asks for longer.
const LONGEST_WAIT: Duration = Duration::from_hours(1);

/// What mail goes out by.
#[derive(Debug)]
pub(crate) enum Mailer {
    SendGrid(SendGrid),
    Smtp(Smtp),
    /// By nothing: the log says what would have gone out.
    Log,
}

/// Why something did not go out.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Failure {
    pub(crate) fault: Fault,
    /// Whether the same would fail again.
    pub(crate) is_final: bool,
    /// How long the channel asks to wait.
    pub(crate) wait: Option<Duration>,
}

impl Failure {
    pub(super) fn passing(fault: Fault) -> Self {
        Self {
            fault,
            is_final: false,
            wait: None,
        }
    }

    pub(super) fn final_of(fault: Fault) -> Self {
        Self {
            is_final: true,
            ..Self::passing(fault)
        }
    }
}

impl Mailer {
    pub(crate) fn of(mail: Option<&MailSettings>) -> Self {
        let Some((mail, from)) = mail.and_then(|mail| Some((mail, mail.from.parse().ok()?))) else {
            return Self::Log;
        };
        let from: Mailbox = from;
        match &mail.door {
            MailDoor::SendGrid { url, key } => Self::SendGrid(SendGrid::of(url, key, from)),
            MailDoor::Smtp(url) => Smtp::of(url, from).map_or(Self::Log, Self::Smtp),
        }
    }

    /// Which it is, if mail goes out at all.
    pub(crate) fn door(&self) -> Option<Door> {
        match self {
            Self::SendGrid(_) => Some(Door::SendGrid),
            Self::Smtp(_) => Some(Door::Smtp),
            Self::Log => None,
        }
    }

    pub(super) async fn send(
        &self,
        to: &str,
        content: &Content,
        origin: &str,
    ) -> Result<(), Failure> {
        match self {
            Self::SendGrid(sendgrid) => sendgrid.send(to, content, origin).await,
            Self::Smtp(smtp) => smtp.send(to, content, origin).await,
            Self::Log => Err(Failure::final_of(Fault::NotConfigured)),
        }
    }
}

/// Tries the way out without sending anything.
pub(crate) async fn look_at(mail: &MailSettings) -> Result<(), Fault> {
    let tried = match Mailer::of(Some(mail)) {
        Mailer::SendGrid(sendgrid) => sendgrid.look().await,
        Mailer::Smtp(smtp) => smtp.look().await,
        Mailer::Log => Err(Failure::final_of(Fault::NotConfigured)),
    };
    tried.map_err(|failure| failure.fault)
}

/// Nobody answered.
pub(super) fn lost(error: &reqwest::Error) -> Failure {
    Failure::passing(if error.is_timeout() {
        Fault::TimedOut
    } else {
        Fault::Unreachable
    })
}

/// What an answer means where its channel has no words of its own for it.
pub(super) fn refused(answer: &Response) -> Failure {
    match answer.status() {
        StatusCode::TOO_MANY_REQUESTS => Failure {
            wait: wait(answer),
            ..Failure::passing(Fault::Busy)
        },
        StatusCode::REQUEST_TIMEOUT => Failure::passing(Fault::TimedOut),
        status if status.is_client_error() => Failure::final_of(Fault::Refused),
        _ => Failure::passing(Fault::Failing),
    }
}

fn wait(answer: &Response) -> Option<Duration> {
    let seconds = answer.headers().get(RETRY_AFTER)?.to_str().ok()?;
    let wait = Duration::from_secs(seconds.trim().parse().ok()?);
    Some(wait.min(LONGEST_WAIT))
}
