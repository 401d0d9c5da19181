//! What changed, in words.

use leptos_i18n::td_string;

use super::changes::Changes;
use super::place::{Place, compared};
use crate::format::number;
use crate::i18n::Locale;

/// Names said in a sentence; the others are counted.
const NAMED: usize = 3;

/// `Marie a ajouté « X »`; who changed nothing has published the same loop.
pub(super) fn did(locale: Locale, people: &[String], what: Option<String>) -> String {
    let what = what.unwrap_or_else(|| td_string!(locale, loops.did_nothing).to_owned());
    let count = people.len() as u64;
    let who = list_people(locale, people);
    td_string!(locale, loops.did, count, who, what)
}

/// `ajouté « X », retiré « Y » et « Z », déplacé « W »`; nothing where nothing changed.
pub(super) fn changed(locale: Locale, before: &[Place], after: &[Place]) -> Option<String> {
    let Changes {
        added,
        removed,
        moved,
        ..
    } = compared(before, after);
    let moved: Vec<usize> = moved.into_iter().map(|(_, to)| to).collect();
    let mut parts = Vec::new();
    if !added.is_empty() {
        let names = names(locale, after, &added);
        parts.push(td_string!(locale, loops.did_add, names));
    }
    if !removed.is_empty() {
        let names = names(locale, before, &removed);
        parts.push(td_string!(locale, loops.did_remove, names));
    }
    if !moved.is_empty() {
        let names = names(locale, after, &moved);
        parts.push(td_string!(locale, loops.did_move, names));
    }
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn names(locale: Locale, all: &[Place], places: &[usize]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for place in places {
        let name = all[*place].name.as_str();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    list_names(locale, &names)
}

/// `« X », « Y » et « Z »`, or `« X », « Y », « Z » et 4 autres`.
pub(super) fn list_names(locale: Locale, names: &[&str]) -> String {
    let quoted = |name: &&str| td_string!(locale, loops.quoted, name = *name);
    let shown: Vec<String> = names.iter().take(NAMED).map(quoted).collect();
    let others = names.len().saturating_sub(NAMED) as u64;
    let (first, last) = match shown.split_last() {
        _ if others > 0 => {
            let number = number(locale, others);
            let others = td_string!(locale, loops.others, count = others, number);
            (shown.join(", "), others)
        }
        Some((last, [])) => return last.clone(),
        Some((last, first)) => (first.join(", "), last.clone()),
        None => return String::new(),
    };
    td_string!(locale, loops.and, first, last)
}

/// `Marie`, `Marie et Paul`, `Marie, Paul et Luc`.
fn list_people(locale: Locale, names: &[String]) -> String {
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, first)) => {
            td_string!(
                locale,
                loops.and,
                first = first.join(", "),
                last = last.as_str()
            )
        }
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use api::id::VideoId;

    use super::{Locale, Place, changed, list_names, list_people};

    fn place(name: &str) -> Place {
        Place {
            id: VideoId::new(),
            name: name.to_owned(),
            duration_ms: 1000,
            has_thumbnail: false,
            in_library: true,
        }
    }

    #[test]
    fn a_change_is_one_sentence() {
        let [a, b, c, d] = ["Armor", "Brasserie", "Crédit", "Garage"].map(place);
        let before = [a.clone(), b.clone(), c.clone()];
        let after = [b, a, d];
        assert_eq!(
            changed(Locale::fr, &before, &after).unwrap(),
            "ajouté «\u{202f}Garage\u{202f}», retiré «\u{202f}Crédit\u{202f}», déplacé «\u{202f}Armor\u{202f}»"
        );
        assert_eq!(changed(Locale::fr, &before, &before), None);
    }

    #[test]
    fn many_names_are_counted() {
        let names = ["A", "B", "C", "D", "E"];
        assert_eq!(list_names(Locale::fr, &names[..1]), "«\u{202f}A\u{202f}»");
        assert_eq!(list_names(Locale::en, &names[..2]), "“A” and “B”");
        assert_eq!(
            list_names(Locale::fr, &names),
            "«\u{202f}A\u{202f}», «\u{202f}B\u{202f}», «\u{202f}C\u{202f}» et 2 autres"
        );
        let names = ["Marie".to_owned(), "Paul".to_owned()];
        assert_eq!(list_people(Locale::fr, &names), "Marie et Paul");
    }
}
