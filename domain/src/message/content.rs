//! What a message says, in both languages: French first.

use api::language::Language;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a message says.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) struct Content {
    pub(crate) french: Words,
    pub(crate) english: Words,
    /// The page that it leads to, on this server.
    pub(crate) path: Option<String>,
    /// The only language that it is said in; nothing means: both.
    #[serde(default)]
    pub(crate) only: Option<Language>,
    /// The password reset that it leads to.
    #[serde(default)]
    pub(crate) reset: Option<ResetLink>,
}

/// Where a password reset leads. What opens it is made when it is sent, and stands in no message.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) struct ResetLink {
    pub(crate) id: Uuid,
    /// The server whose page it is.
    pub(crate) origin: String,
}

/// The same in one language.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) struct Words {
    pub(crate) subject: String,
    pub(crate) text: String,
    /// What the link says.
    pub(crate) link: String,
}

impl Words {
    pub(crate) fn new(subject: impl Into<String>, text: impl Into<String>, link: &str) -> Self {
        Self {
            subject: subject.into(),
            text: text.into(),
            link: link.to_owned(),
        }
    }
}

impl Content {
    /// In both languages.
    pub(crate) fn both(french: Words, english: Words, path: String) -> Self {
        Self {
            french,
            english,
            path: Some(path),
            only: None,
            reset: None,
        }
    }

    /// The address of its page on the server whose address is `origin`, unless it names another.
    pub(crate) fn link(&self, origin: &str) -> Option<String> {
        let own = self.reset.as_ref().map(|reset| reset.origin.as_str());
        let origin = own.unwrap_or(origin);
        self.path.as_ref().map(|path| format!("{origin}{path}"))
    }

    /// What it says, in the languages that it is said in.
    pub(crate) fn parts(&self) -> Vec<(Language, &Words)> {
        let parts = [(Language::Fr, &self.french), (Language::En, &self.english)];
        let is_said = |language| self.only.is_none_or(|only| only == language);
        let said = parts.into_iter().filter(|(language, _)| is_said(*language));
        said.collect()
    }

    /// Its first line, where there is room for one.
    pub(crate) fn subject(&self) -> &str {
        match self.only {
            Some(Language::En) => &self.english.subject,
            _ => &self.french.subject,
        }
    }

    /// Says that a channel works.
    pub(crate) fn test() -> Self {
        Self::both(
            Words::new(
                "NeoPro : essai réussi",
                "Ce message a été demandé depuis le tableau de bord : ce canal fonctionne.",
                "Ouvrir les messages",
            ),
            Words::new(
                "NeoPro: the test arrived",
                "This message was asked for in the dashboard: this channel works.",
                "Open the messages",
            ),
            "/messages".to_owned(),
        )
    }

    /// As plain text.
    pub(crate) fn text(&self, origin: &str) -> String {
        let link = self.link(origin);
        let part = |(language, words): (Language, &Words)| {
            let colon = match language {
                Language::Fr => "\u{a0}:",
                Language::En => ":",
            };
            let said = |link| format!("{}{colon} {link}", words.link);
            let mut lines = vec![words.text.clone()];
            lines.extend(link.as_ref().map(said));
            lines.join("\n\n")
        };
        let parts: Vec<_> = self.parts().into_iter().map(part).collect();
        format!("{}\n", parts.join("\n\n— — —\n\n"))
    }
}
