use super::{Finding, State};
use crate::settings::origin::Origins;

const PART: &str = "Adresses";

/// `ALLOWED_ORIGINS`, which the guide adds after the first start. A final `/` is forgiven.
pub(super) fn check(origins: &Origins) -> Finding {
    let Some(first) = origins.allowed.first() else {
        return Finding::new(PART, State::Warning, "ALLOWED_ORIGINS est absente").advise(
            "Si le tableau de bord est hébergé ailleurs, ajoutez son adresse (guide, étape 6.5).",
        );
    };
    let plain = origins
        .allowed
        .iter()
        .find(|origin| origin.starts_with("http://"));
    let all = origins.allowed.join(", ");
    match plain {
        Some(origin) => Finding::new(PART, State::Warning, format!("{origin} n’est pas en https"))
            .advise("Les navigateurs ne gardent pas de session d’une adresse http : mettez https."),
        None if origins.known.first() == Some(first) => Finding::new(
            PART,
            State::Ok,
            format!("tableau de bord accepté depuis {all} ; les liens mènent à {first}"),
        ),
        None => Finding::new(
            PART,
            State::Ok,
            format!("tableau de bord accepté depuis {all}"),
        ),
    }
}
