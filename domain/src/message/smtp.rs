//! A mail server.

use api::message::Fault;
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::{AsyncSmtpTransport, Error as SmtpError};
use lettre::{AsyncTransport, Message, Tokio1Executor};
use secrecy::{ExposeSecret, SecretString};
use url::{Host, Url};

use super::content::Content;
use super::html;
use super::mailer::{Failure, PATIENCE};

/// A mail server, for one sender.
#[derive(Debug)]
pub(crate) struct Smtp {
    from: Mailbox,
    transport: AsyncSmtpTransport<Tokio1Executor>,
}

impl Smtp {
    pub(super) fn of(url: &SecretString, from: Mailbox) -> Option<Self> {
        let url = encrypted(url.expose_secret())?;
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&url).ok()?;
        Some(Self {
            from,
            transport: transport.timeout(Some(PATIENCE)).build(),
        })
    }

    pub(super) async fn send(
        &self,
        to: &str,
        content: &Content,
        origin: &str,
    ) -> Result<(), Failure> {
        let to: Mailbox = to
            .parse()
            .map_err(|_| Failure::final_of(Fault::RecipientRefused))?;
        let body =
            MultiPart::alternative_plain_html(content.text(origin), html::page(content, origin));
        let message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(content.subject())
            .message_id(None)
            .multipart(body)
            .map_err(|_| Failure::final_of(Fault::Refused))?;
        let sent = tokio::time::timeout(PATIENCE, self.transport.send(message)).await;
        match sent {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(failure(&error)),
            Err(_) => Err(Failure::passing(Fault::TimedOut)),
        }
    }

    /// Connects, encrypts and signs in.
    pub(super) async fn look(&self) -> Result<(), Failure> {
        let tried = tokio::time::timeout(PATIENCE, self.transport.test_connection()).await;
        match tried {
            Ok(Ok(true)) => Ok(()),
            Ok(Ok(false)) => Err(Failure::passing(Fault::Failing)),
            Ok(Err(error)) => Err(failure(&error)),
            Err(_) => Err(Failure::passing(Fault::TimedOut)),
        }
    }
}

/// Off this machine nothing goes out in clear.
fn encrypted(url: &str) -> Option<String> {
    let mut url = Url::parse(url).ok()?;
    let is_here = match url.host()? {
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
        // The parser of other schemes than http keeps addresses as names.
        Host::Domain(name) => matches!(name, "localhost" | "127.0.0.1"),
    };
    if url.scheme() == "smtp" && !is_here {
        url.set_query(Some("tls=required"));
    }
    Some(url.into())
}

fn failure(error: &SmtpError) -> Failure {
    let code = error.status().map(u16::from);
    match code {
        Some(530 | 534 | 535) => Failure::final_of(Fault::KeyRefused),
        Some(553) => Failure::final_of(Fault::SenderNotVerified),
        Some(550..=552) => Failure::final_of(Fault::RecipientRefused),
        Some(500..) => Failure::final_of(Fault::Refused),
        Some(_) => Failure::passing(Fault::Busy),
        None if error.is_timeout() => Failure::passing(Fault::TimedOut),
        None => Failure::passing(Fault::Unreachable),
    }
}
