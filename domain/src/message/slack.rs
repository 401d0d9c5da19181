//! Slack, by an incoming webhook.

use api::message::Fault;
use reqwest::{Client, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use url::Url;

use super::content::{Content, Words};
use super::mailer::{Failure, PATIENCE, lost, refused};

/// Longest text of a block, in characters, with room for what escaping adds.
const CHARACTERS: usize = 2_500;

/// An incoming webhook. Its address is its key.
#[derive(Debug)]
pub(crate) struct Slack {
    address: SecretString,
    /// Not there where the machine believes no certificate authority.
    client: reqwest::Result<Client>,
}

/// Whether it has the shape of an incoming webhook.
pub(super) fn is_webhook(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| {
        url.scheme() == "https"
            && url.host_str() == Some("hooks.slack.com")
            && url.path().starts_with("/services/")
            && url.path_segments().is_some_and(|parts| parts.count() == 4)
    })
}

impl Slack {
    pub(crate) fn of(address: &SecretString) -> Self {
        Self {
            address: address.clone(),
            client: Client::builder().timeout(PATIENCE).build(),
        }
    }

    pub(super) async fn send(&self, content: &Content, origin: &str) -> Result<(), Failure> {
        let client = self.client.as_ref().map_err(lost)?;
        let request = client.post(self.address.expose_secret());
        let answer = request.json(&body(content, origin)).send().await;
        let answer = answer.map_err(|error| lost(&error))?;
        match answer.status() {
            status if status.is_success() => Ok(()),
            StatusCode::FORBIDDEN | StatusCode::NOT_FOUND | StatusCode::GONE => {
                Err(Failure::final_of(Fault::WebhookGone))
            }
            _ => Err(refused(&answer)),
        }
    }
}

fn body(content: &Content, origin: &str) -> Value {
    let Content {
        french, english, ..
    } = content;
    let mut blocks = vec![
        json!({ "type": "header", "text": { "type": "plain_text", "text": cut(&french.subject, 150) } }),
        section(french),
        json!({ "type": "context", "elements": [
            { "type": "mrkdwn", "text": format!("{} {}", marked(&english.subject), marked(&english.text)) }
        ] }),
    ];
    if let Some(link) = content.link(origin) {
        let button = json!({ "type": "button", "url": link,
            "text": { "type": "plain_text", "text": cut(&french.link, 75) } });
        blocks.push(json!({ "type": "actions", "elements": [button] }));
    }
    // What notifications show.
    json!({ "text": marked(&french.subject), "blocks": blocks })
}

fn section(words: &Words) -> Value {
    json!({ "type": "section", "text": { "type": "mrkdwn", "text": marked(&words.text) } })
}

/// What Slack reads as marks of its own is written as it stands.
fn marked(text: &str) -> String {
    cut(text, CHARACTERS)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

fn cut(text: &str, characters: usize) -> String {
    text.chars().take(characters).collect()
}

#[cfg(test)]
mod tests {
    use super::is_webhook;

    #[test]
    fn a_webhook_has_three_parts() {
        assert!(is_webhook("https://hooks.slack.com/services/T0/B0/abc"));
        assert!(!is_webhook("https://hooks.slack.com/services/T0/B0"));
        assert!(!is_webhook("http://hooks.slack.com/services/T0/B0/abc"));
        assert!(!is_webhook("xoxb-123"));
    }
}
