use api::home::Home;
use leptos_i18n::td_string;

use crate::format::number;
use crate::i18n::Locale;

/// The sentence that answers first.
pub(super) fn answer(locale: Locale, home: &Home) -> String {
    let silent = home.sites.saturating_sub(home.online + home.pending);
    if home.sites == 0 {
        return td_string!(locale, home.none).to_owned();
    }
    if home.pending == home.sites {
        return td_string!(locale, home.none_linked).to_owned();
    }
    match (silent, home.silent.first()) {
        (0, _) if home.dark > 0 => {
            let number = number(locale, home.dark);
            td_string!(locale, home.dark, count = home.dark, number)
        }
        (0, _) => td_string!(locale, home.all_well).to_owned(),
        (1, Some(site)) if home.sites > 1 => {
            let place = if site.city.is_empty() {
                &site.name
            } else {
                &site.city
            };
            td_string!(locale, home.except, place = at_place(locale, place))
        }
        _ => {
            let silent_words = number(locale, silent);
            td_string!(locale, home.silent, count = silent, number = silent_words)
        }
    }
}

/// `à Rennes`, `au Mans`, `aux Sables-d’Olonne`; `at Rennes`.
fn at_place(locale: Locale, place: &str) -> String {
    if matches!(locale, Locale::en) {
        return format!("at {place}");
    }
    if let Some(rest) = place.strip_prefix("Le ") {
        format!("au {rest}")
    } else if let Some(rest) = place.strip_prefix("Les ") {
        format!("aux {rest}")
    } else {
        format!("à {place}")
    }
}

/// The counts below it.
pub(super) fn counts(locale: Locale, home: &Home) -> String {
    let linked = home.sites.saturating_sub(home.pending);
    let (online, pending, videos) = (home.online, home.pending, home.videos);
    let mut parts = Vec::new();
    if linked > 0 {
        let (number, all) = (number(locale, online), number(locale, linked));
        parts.push(td_string!(locale, home.online, count = online, number, all));
    }
    if pending > 0 {
        let number = number(locale, pending);
        parts.push(td_string!(locale, home.pending, count = pending, number));
    }
    let number = number(locale, videos);
    parts.push(td_string!(locale, home.videos, count = videos, number));
    parts.join(" · ")
}

#[cfg(test)]
mod tests {
    use api::id::SiteId;
    use api::report::PlayCounts;
    use api::site::{Screen, Site, SiteStatus};
    use chrono::NaiveDate;

    use super::*;

    fn home(sites: u64, online: u64, pending: u64, silent_city: Option<&str>) -> Home {
        let silent = silent_city.map(|city| Site {
            id: SiteId::new(),
            name: "Salle du Port".to_owned(),
            club: "HB".to_owned(),
            city: city.to_owned(),
            time_zone: "Europe/Paris".to_owned(),
            status: SiteStatus::Offline,
            last_seen: None,
            is_active: true,
            clone_seen_at: None,
            screen: Screen::Off,
            on_screen: None,
            published_version: None,
            applied_version: None,
        });
        Home {
            today: NaiveDate::from_ymd_opt(2026, 11, 21).unwrap(),
            sites,
            online,
            dark: 0,
            pending,
            videos: 148,
            silent: silent.into_iter().collect(),
            dark_sites: Vec::new(),
            tiles: Vec::new(),
            plays: PlayCounts::default(),
            hours: Vec::new(),
            last_published_at: None,
        }
    }

    #[test]
    fn the_first_sentence_answers() {
        let say = |home| answer(Locale::fr, &home);
        assert_eq!(say(home(27, 27, 0, None)), "Tout va bien.");
        assert_eq!(
            say(home(27, 26, 0, Some("Saint-Malo"))),
            "Tout va bien, sauf à Saint-Malo."
        );
        assert_eq!(
            say(home(27, 26, 0, Some("Le Mans"))),
            "Tout va bien, sauf au Mans."
        );
        assert_eq!(
            say(home(27, 24, 0, Some("Brest"))),
            "3 écrans ne répondent plus."
        );
        assert_eq!(say(home(1, 0, 0, Some("Brest"))), "1 écran ne répond plus.");
        let dark = |dark| Home {
            dark,
            ..home(27, 27, 0, None)
        };
        assert_eq!(say(dark(1)), "Tout répond, mais 1 écran est éteint.");
        assert_eq!(say(dark(2)), "Tout répond, mais 2 écrans sont éteints.");
        assert!(say(home(2, 0, 2, None)).starts_with("Pas encore d’écran"));
        assert!(say(home(0, 0, 0, None)).contains("créez un site"));
        assert_eq!(
            answer(Locale::en, &home(27, 26, 0, Some("Le Mans"))),
            "All is well, except at Le Mans."
        );
    }

    #[test]
    fn the_counts_leave_out_what_is_not_there() {
        assert_eq!(
            counts(Locale::fr, &home(27, 26, 0, Some("Brest"))),
            "26 écrans sur 27 en ligne · 148 vidéos"
        );
        assert_eq!(
            counts(Locale::en, &home(2, 0, 2, None)),
            "2 sites without a screen · 148 videos"
        );
    }
}
