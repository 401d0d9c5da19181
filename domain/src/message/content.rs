//! What a message says, in both languages: French first.

use serde::{Deserialize, Serialize};

/// What a message says.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) struct Content {
    pub(crate) french: Words,
    pub(crate) english: Words,
    /// The page that it leads to, on this server.
    pub(crate) path: Option<String>,
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
    /// Both languages, and the address of its page on the server whose address is `origin`.
    pub(crate) fn link(&self, origin: &str) -> Option<String> {
        self.path.as_ref().map(|path| format!("{origin}{path}"))
    }

    /// Says that a channel works.
    pub(crate) fn test() -> Self {
        Self {
            french: Words::new(
                "NeoPro : essai réussi",
                "Ce message a été demandé depuis le tableau de bord : ce canal fonctionne.",
                "Ouvrir les messages",
            ),
            english: Words::new(
                "NeoPro: the test arrived",
                "This message was asked for in the dashboard: this channel works.",
                "Open the messages",
            ),
            path: Some("/messages".to_owned()),
        }
    }

    /// As plain text.
    pub(crate) fn text(&self, origin: &str) -> String {
        let link = self.link(origin);
        let part = |words: &Words| {
            let mut lines = vec![words.text.clone()];
            lines.extend(link.as_ref().map(|link| format!("{} : {link}", words.link)));
            lines.join("\n\n")
        };
        format!(
            "{}\n\n— — —\n\n{}\n",
            part(&self.french),
            part(&self.english)
        )
    }
}
