//! By what ways people are told. None of these variables stops a start: one that is malformed is
//! ignored and named.

use domain::settings::{Channels, MailDoor, MailSettings};
use url::Url;

use super::catalogue::{self, Variable};
use super::problem::{Problem, Trouble};
use super::variables::Variables;

/// Where SendGrid is for everybody outside of its European accounts.
const SENDGRID: &str = "https://api.sendgrid.com";

/// By what ways people are told.
#[derive(Clone, Debug, Default)]
pub struct Messages {
    /// What the domain needs of them.
    pub channels: Channels,
    /// Variables that are ignored, and why.
    pub ignored: Vec<Problem>,
}

impl Messages {
    /// Reads `SLACK_WEBHOOK_URL`; `EMAIL_FROM` with `SENDGRID_API_KEY` or else `SMTP_URL`.
    pub fn read(variables: &Variables) -> Self {
        let mut ignored = Vec::new();
        let mut read = |variable: &'static Variable, accepts: fn(&str) -> bool| {
            let value = variables.text(variable.name)?;
            if accepts(&value) {
                return Some(value);
            }
            let trouble = Trouble::Malformed(None);
            ignored.push(Problem { variable, trouble });
            None
        };
        let slack = read(&catalogue::SLACK_WEBHOOK_URL, is_web);
        let from = read(&catalogue::EMAIL_FROM, is_sender);
        let key = read(&catalogue::SENDGRID_API_KEY, |key| {
            !key.contains(char::is_whitespace)
        });
        let url = read(&catalogue::SENDGRID_API_URL, is_web);
        let smtp = read(&catalogue::SMTP_URL, is_smtp);
        let sendgrid = key.map(|key| MailDoor::SendGrid {
            url: url
                .as_deref()
                .unwrap_or(SENDGRID)
                .trim_end_matches('/')
                .to_owned(),
            key: key.into(),
        });
        let door = sendgrid.or_else(|| smtp.map(|url| MailDoor::Smtp(url.into())));
        if door.is_some()
            && from.is_none()
            && ignored
                .iter()
                .all(|it| it.variable.name != catalogue::EMAIL_FROM.name)
        {
            let sentence = "manque : sans expéditeur aucun e-mail ne part";
            ignored.push(Problem {
                variable: &catalogue::EMAIL_FROM,
                trouble: Trouble::Told(sentence),
            });
        }
        let mail = from
            .zip(door)
            .map(|(from, door)| MailSettings { from, door });
        Self {
            channels: Channels {
                slack: slack.map(Into::into),
                mail,
            },
            ignored,
        }
    }
}

fn is_web(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

fn is_smtp(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "smtp" | "smtps") && url.has_host())
}

/// An address, perhaps with a name before it: `NeoPro <alertes@club.fr>`.
fn is_sender(text: &str) -> bool {
    let address = text
        .strip_suffix('>')
        .and_then(|text| text.split_once('<'))
        .map_or(text, |(_, address)| address);
    let parts = address.split_once('@');
    let is_part = |part: &str| {
        !part.is_empty()
            && !part.contains(|sign: char| sign.is_whitespace() || "<>@,".contains(sign))
    };
    parts.is_some_and(|(user, host)| is_part(user) && is_part(host))
}

#[cfg(test)]
mod tests {
    use super::{MailDoor, Messages, Variables};

    #[test]
    fn what_is_malformed_is_ignored_and_named_without_its_secret() {
        let read = Messages::read(&Variables::of(&[
            ("SLACK_WEBHOOK_URL", "s3cret"),
            ("SENDGRID_API_KEY", "SG.s3cret"),
            ("EMAIL_FROM", "personne"),
            ("SMTP_URL", "http://s3cret@example.fr"),
        ]));
        assert!(read.channels.slack.is_none() && read.channels.mail.is_none());
        let told: Vec<_> = read.ignored.iter().map(ToString::to_string).collect();
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(!format!("{read:?}{told:?}").contains("s3cret"), "{told:?}");
    }

    #[test]
    fn sendgrid_goes_before_a_mail_server() {
        let read = Messages::read(&Variables::of(&[
            ("SENDGRID_API_KEY", "SG.abc"),
            ("SMTP_URL", "smtp://neopro:abc@mail.example.fr:587"),
            ("EMAIL_FROM", "NeoPro <alertes@club.fr>"),
        ]));
        assert!(read.ignored.is_empty());
        let mail = read.channels.mail.unwrap();
        assert!(matches!(mail.door, MailDoor::SendGrid { .. }), "{mail:?}");
    }
}
