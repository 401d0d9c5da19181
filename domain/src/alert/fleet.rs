//! Whether silence is on our side: a fifth of the sites, and three at least, within a minute.

use chrono::{DateTime, TimeDelta, Utc};

/// Sites that fell silent so close to one another did so together.
const TOGETHER: TimeDelta = TimeDelta::seconds(60);
/// As many or more.
const FEWEST: usize = 3;
/// One of so many.
const SHARE: usize = 5;

/// Whether so many of a fleet are too many for a coincidence.
pub(super) fn is_ours(silent: usize, fleet: usize) -> bool {
    silent >= FEWEST && silent * SHARE >= fleet
}

/// Those of the silent sites that fell silent at the same time as one that is due, where they are
/// too many for a coincidence.
pub(super) fn together<T: Copy>(
    due: DateTime<Utc>,
    silent: &[(T, DateTime<Utc>)],
    fleet: usize,
) -> Option<Vec<T>> {
    let is_near = |(_, seen): &&(T, DateTime<Utc>)| (*seen - due).abs() <= TOGETHER;
    let near: Vec<T> = silent
        .iter()
        .filter(is_near)
        .map(|(site, _)| *site)
        .collect();
    is_ours(near.len(), fleet).then_some(near)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fifth_and_three_at_least_are_ours() {
        let at = |second| DateTime::UNIX_EPOCH + TimeDelta::seconds(second);
        let silent = [(1, at(0)), (2, at(20)), (3, at(50)), (4, at(500))];
        assert_eq!(together(at(0), &silent, 15), Some(vec![1, 2, 3]));
        assert_eq!(together(at(0), &silent, 16), None);
        assert_eq!(together(at(0), &silent[..2], 2), None);
        assert_eq!(together(at(500), &silent, 5), None);
    }
}
