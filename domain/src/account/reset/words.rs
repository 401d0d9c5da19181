//! What the mail says.

use uuid::Uuid;

use super::AskReset;
use crate::message::content::{Content, ResetLink, Words};

/// The mail, in the language of the page that it was asked for on.
pub(super) fn mail(id: Uuid, email: &str, asked: &AskReset) -> Content {
    let french = format!(
        "Un nouveau mot de passe a été demandé pour le compte {email}. Le lien est valable \
         30\u{a0}minutes et ne sert qu’une fois.\n\nSi vous n’avez rien demandé, ignorez ce \
         message\u{a0}: votre mot de passe ne change pas."
    );
    let english = format!(
        "A new password was asked for the account {email}. The link is good for 30 minutes and \
         works once.\n\nIf you did not ask for it, ignore this message: your password stays as it is."
    );
    Content {
        french: Words::new(
            "NeoPro\u{a0}: choisir un nouveau mot de passe",
            french,
            "Choisir un nouveau mot de passe",
        ),
        english: Words::new(
            "NeoPro: choose a new password",
            english,
            "Choose a new password",
        ),
        path: None,
        only: Some(asked.language),
        reset: Some(ResetLink {
            id,
            origin: asked.origin.clone(),
        }),
    }
}
