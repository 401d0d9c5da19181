//! SendGrid's API, version 3.

use api::message::Fault;
use lettre::message::Mailbox;
use reqwest::{Client, RequestBuilder, Response, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::{Value, json};

use super::content::Content;
use super::html;
use super::mailer::{Failure, PATIENCE, lost, refused};

/// What SendGrid says of a sender that it does not know.
const UNVERIFIED: &str = "verified Sender Identity";
/// The scope of a key that may send.
const SENDING: &str = "mail.send";

/// SendGrid, for one sender.
#[derive(Debug)]
pub(crate) struct SendGrid {
    url: String,
    key: SecretString,
    from: Mailbox,
    /// Not there where the machine believes no certificate authority.
    client: reqwest::Result<Client>,
}

#[derive(Deserialize)]
struct Scopes {
    #[serde(default)]
    scopes: Vec<String>,
}

#[derive(Deserialize)]
struct Senders {
    #[serde(default)]
    results: Vec<Sender>,
}

#[derive(Deserialize)]
struct Sender {
    from_email: String,
    verified: bool,
}

#[derive(Deserialize)]
struct Domain {
    domain: String,
    valid: bool,
}

impl SendGrid {
    pub(super) fn of(url: &str, key: &SecretString, from: Mailbox) -> Self {
        Self {
            url: url.to_owned(),
            key: key.clone(),
            from,
            client: Client::builder().timeout(PATIENCE).build(),
        }
    }

    pub(super) async fn send(
        &self,
        to: &str,
        content: &Content,
        origin: &str,
    ) -> Result<(), Failure> {
        let url = format!("{}/v3/mail/send", self.url);
        let body = self.body(to, content, origin);
        let client = self.client.as_ref().map_err(lost)?;
        self.ask(client.post(url).json(&body)).await?;
        Ok(())
    }

    /// Whether the key may send and the sender is verified.
    pub(super) async fn look(&self) -> Result<(), Failure> {
        let scopes: Scopes = self.get("/v3/scopes").await?;
        if !scopes.scopes.iter().any(|scope| scope == SENDING) {
            return Err(Failure::final_of(Fault::KeyRefused));
        }
        // A key that may send and nothing else is not told: what it sends tells.
        let senders: Result<Senders, _> = self.get("/v3/verified_senders").await;
        let domains: Result<Vec<Domain>, _> = self.get("/v3/whitelabel/domains").await;
        let (Ok(senders), Ok(domains)) = (senders, domains) else {
            return Ok(());
        };
        let email = self.from.email.to_string();
        let is_sender =
            |sender: &Sender| sender.verified && sender.from_email.eq_ignore_ascii_case(&email);
        let host = self.from.email.domain();
        let is_domain = |domain: &Domain| {
            let is_below = host.ends_with(&format!(".{}", domain.domain));
            domain.valid && (is_below || domain.domain.eq_ignore_ascii_case(host))
        };
        if senders.results.iter().any(is_sender) || domains.iter().any(is_domain) {
            return Ok(());
        }
        Err(Failure::final_of(Fault::SenderNotVerified))
    }

    async fn get<T: serde::de::DeserializeOwned>(&self, path: &str) -> Result<T, Failure> {
        let client = self.client.as_ref().map_err(lost)?;
        let answer = self.ask(client.get(format!("{}{path}", self.url)));
        let read = answer.await?.json().await;
        read.map_err(|_| Failure::passing(Fault::Failing))
    }

    async fn ask(&self, request: RequestBuilder) -> Result<Response, Failure> {
        let answer = request.bearer_auth(self.key.expose_secret()).send().await;
        let answer = answer.map_err(|error| lost(&error))?;
        match answer.status() {
            status if status.is_success() => Ok(answer),
            StatusCode::UNAUTHORIZED => Err(Failure::final_of(Fault::KeyRefused)),
            StatusCode::FORBIDDEN => {
                let words = answer.text().await.unwrap_or_default();
                let fault = if words.contains(UNVERIFIED) {
                    Fault::SenderNotVerified
                } else {
                    Fault::KeyRefused
                };
                Err(Failure::final_of(fault))
            }
            StatusCode::BAD_REQUEST => {
                let words = answer.text().await.unwrap_or_default();
                let fault = if words.contains("personalizations") {
                    Fault::RecipientRefused
                } else {
                    Fault::Refused
                };
                Err(Failure::final_of(fault))
            }
            _ => Err(refused(&answer)),
        }
    }

    fn body(&self, to: &str, content: &Content, origin: &str) -> Value {
        let mut from = json!({ "email": self.from.email.to_string() });
        if let Some(name) = &self.from.name {
            from["name"] = json!(name);
        }
        json!({
            "personalizations": [{ "to": [{ "email": to }] }],
            "from": from,
            "subject": content.subject(),
            "content": [
                { "type": "text/plain", "value": content.text(origin) },
                { "type": "text/html", "value": html::page(content, origin) },
            ],
            // Links stay ours: nobody is sent through another server.
            "tracking_settings": {
                "click_tracking": { "enable": false },
                "open_tracking": { "enable": false },
            },
        })
    }
}
