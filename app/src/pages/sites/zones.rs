use crate::i18n::Locale;

/// The zones of clubs: metropolitan France, overseas, neighbours. A site keeps any other zone
/// that the API gave it.
const ZONES: [(&str, &str, &str); 16] = [
    (
        "Europe/Paris",
        "France métropolitaine",
        "Metropolitan France",
    ),
    ("America/Guadeloupe", "Guadeloupe", "Guadeloupe"),
    ("America/Martinique", "Martinique", "Martinique"),
    ("America/Cayenne", "Guyane", "French Guiana"),
    ("Indian/Reunion", "La Réunion", "Réunion"),
    ("Indian/Mayotte", "Mayotte", "Mayotte"),
    (
        "America/Miquelon",
        "Saint-Pierre-et-Miquelon",
        "Saint Pierre and Miquelon",
    ),
    (
        "America/St_Barthelemy",
        "Saint-Barthélemy",
        "Saint Barthélemy",
    ),
    ("America/Marigot", "Saint-Martin", "Saint Martin"),
    ("Pacific/Noumea", "Nouvelle-Calédonie", "New Caledonia"),
    (
        "Pacific/Tahiti",
        "Polynésie française (Tahiti)",
        "French Polynesia (Tahiti)",
    ),
    ("Pacific/Wallis", "Wallis-et-Futuna", "Wallis and Futuna"),
    ("Europe/Brussels", "Belgique", "Belgium"),
    ("Europe/Luxembourg", "Luxembourg", "Luxembourg"),
    ("Europe/Monaco", "Monaco", "Monaco"),
    ("Europe/Zurich", "Suisse", "Switzerland"),
];

/// Values and words of the zone select; `current` is among them whatever it is.
pub(super) fn zone_options(locale: Locale, current: &str) -> Vec<(String, String)> {
    let mut options: Vec<_> = ZONES
        .into_iter()
        .map(|(zone, french, english)| {
            let place = match locale {
                Locale::fr => french,
                Locale::en => english,
            };
            (zone.to_owned(), format!("{place} ({zone})"))
        })
        .collect();
    if !ZONES.iter().any(|(zone, ..)| *zone == current) {
        options.push((current.to_owned(), current.to_owned()));
    }
    options
}

#[cfg(test)]
mod tests {
    use super::{Locale, zone_options};

    #[test]
    fn a_sites_own_zone_is_always_offered() {
        let options = zone_options(Locale::fr, "Africa/Dakar");
        assert_eq!(options.first().unwrap().0, "Europe/Paris");
        assert_eq!(options.last().unwrap().0, "Africa/Dakar");
        assert_eq!(zone_options(Locale::en, "Europe/Paris").len(), 16);
    }
}
