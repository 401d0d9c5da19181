//! What is said of alerts.

use api::alert::AlertKind;
use chrono::TimeDelta;

use super::record::FIGURE;
use crate::entity::alert;
use crate::message::content::{Content, Words};

/// What is said when it begins.
pub(super) fn beginning(row: &alert::Model) -> Content {
    let (name, figure) = (&row.name, figure(row));
    let (french, english) = match AlertKind::from_column(&row.kind) {
        AlertKind::SiteOffline => (
            (
                format!("{name} est hors ligne"),
                "L’écran de ce site ne donne plus de nouvelles, à une heure où il devrait tourner. Vérifiez sur place le courant et la connexion internet.".to_owned(),
            ),
            (
                format!("{name} is offline"),
                "This site’s screen is silent at an hour when it should run. Check power and internet there.".to_owned(),
            ),
        ),
        AlertKind::Fleet => (
            (
                format!("{figure} sites se sont tus en même temps : cela vient de notre côté"),
                "Les sites n’y sont pour rien : l’hébergement, le réseau ou l’adresse du serveur est en cause. Les écrans continuent de jouer.".to_owned(),
            ),
            (
                format!("{figure} sites fell silent at once: the trouble is on our side"),
                "Not the sites but our hosting, network or address is the cause. The screens play on.".to_owned(),
            ),
        ),
        AlertKind::Temperature => (
            (
                format!("{name} : le boîtier chauffe ({figure} °C)"),
                "À partir de 80 °C il ralentit. Dégagez-le, aérez-le, éloignez-le de la télévision.".to_owned(),
            ),
            (
                format!("{name}: the box is hot ({figure} °C)"),
                "From 80 °C on it slows down. Give it air, away from the television.".to_owned(),
            ),
        ),
        AlertKind::Disk => (
            (
                format!("{name} : le disque est presque plein ({figure} %)"),
                "Retirez des vidéos de la boucle, ou changez la carte pour une plus grande.".to_owned(),
            ),
            (
                format!("{name}: the disk is nearly full ({figure} %)"),
                "Take videos out of the loop, or put in a larger card.".to_owned(),
            ),
        ),
        AlertKind::Errors => (
            (
                format!("Le serveur a échoué {figure} fois en une minute"),
                "Des demandes de personnes ou d’écrans sont restées sans réponse utile. La cause est dans le journal, aux lignes ERROR.".to_owned(),
            ),
            (
                format!("The server failed {figure} times in a minute"),
                "People’s or screens’ requests got no useful answer. The cause stands in the log, in lines with ERROR.".to_owned(),
            ),
        ),
        AlertKind::Panic => (
            (
                "Le programme a échoué".to_owned(),
                format!("Une demande est perdue, le serveur continue. Signalez ce point du programme : {name}."),
            ),
            (
                "The program failed".to_owned(),
                format!("One request is lost, the server goes on. Report this place in the program: {name}."),
            ),
        ),
        AlertKind::Dependency | AlertKind::Other => (
            (
                format!("Le serveur a perdu : {}", in_french(name)),
                "Il sert ce qu’il peut sans. « neopro check » dit ce qu’il faut corriger.".to_owned(),
            ),
            (
                format!("The server has lost: {}", in_english(name)),
                "It serves what it can without. “neopro check” says what to correct.".to_owned(),
            ),
        ),
    };
    said(row, french, english)
}

/// What is said when it has ended, after so long.
pub(super) fn end(row: &alert::Model, lasted: TimeDelta) -> Content {
    let name = &row.name;
    let (french, english) = match AlertKind::from_column(&row.kind) {
        AlertKind::SiteOffline => (
            format!("{name} est de nouveau en ligne"),
            format!("{name} is back online"),
        ),
        AlertKind::Fleet => (
            "Les sites sont de retour".to_owned(),
            "The sites are back".to_owned(),
        ),
        AlertKind::Temperature => (
            format!("{name} : le boîtier a refroidi"),
            format!("{name}: the box has cooled down"),
        ),
        AlertKind::Disk => (
            format!("{name} : il y a de nouveau de la place"),
            format!("{name}: there is room again"),
        ),
        AlertKind::Errors => (
            "Le serveur répond de nouveau normalement".to_owned(),
            "The server answers normally again".to_owned(),
        ),
        AlertKind::Panic => (
            format!("Plus d’échec du programme : {name}"),
            format!("The program failed no more: {name}"),
        ),
        AlertKind::Dependency | AlertKind::Other => (
            format!("Le serveur a retrouvé : {}", in_french(name)),
            format!("The server has regained: {}", in_english(name)),
        ),
    };
    let lasted = span(lasted);
    let lasted_fr = format!("Cela a duré {lasted}.");
    let lasted_en = format!("It lasted {lasted}.");
    said(row, (french, lasted_fr), (english, lasted_en))
}

fn said(row: &alert::Model, french: (String, String), english: (String, String)) -> Content {
    let (path, link_fr, link_en) = match row.site_id {
        Some(site) => (format!("/sites/{site}"), "Ouvrir le site", "Open the site"),
        None => (
            "/alerts".to_owned(),
            "Ouvrir les alertes",
            "Open the alerts",
        ),
    };
    Content::both(
        Words::new(french.0, french.1, link_fr),
        Words::new(english.0, english.1, link_en),
        path,
    )
}

fn figure(row: &alert::Model) -> i64 {
    let figure = row.figures.get(FIGURE);
    figure
        .and_then(serde_json::Value::as_i64)
        .unwrap_or_default()
}

fn in_french(dependency: &str) -> &str {
    match dependency {
        "database" => "la base de données",
        "storage" => "le stockage des vidéos",
        "redis" => "Redis",
        other => other,
    }
}

fn in_english(dependency: &str) -> &str {
    match dependency {
        "database" => "the database",
        "storage" => "the storage of videos",
        "redis" => "Redis",
        other => other,
    }
}

/// `4 min`, `2 h 05`, `3 j 4 h` would not be read in English: hours go on.
fn span(time: TimeDelta) -> String {
    let minutes = time.num_minutes().max(1);
    if minutes < 60 {
        return format!("{minutes} min");
    }
    format!("{} h {:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::{TimeDelta, span};

    #[test]
    fn a_time_is_told_in_minutes_then_in_hours() {
        let told = |seconds| span(TimeDelta::seconds(seconds));
        assert_eq!(
            [told(10), told(400), told(7_500)],
            ["1 min", "6 min", "2 h 05"]
        );
    }
}
