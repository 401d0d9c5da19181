//! Two loops beside each other, line by line.

use super::changes::Changes;

/// What became of a place.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Mark {
    /// It stands in both.
    Kept,
    /// Only the second loop has it.
    Added,
    /// Only the first loop has it.
    Removed,
    /// It stands at this place of the other loop.
    Moved(usize),
}

/// A place and what became of it.
pub(super) type Cell = Option<(usize, Mark)>;

/// Lines of both loops; what stays stands on one line.
pub(super) fn lines(changes: &Changes, before: usize, after: usize) -> Vec<(Cell, Cell)> {
    let mut lines = Vec::new();
    let (mut left, mut right) = (0, 0);
    let end = (before, after);
    for (to_left, to_right) in changes.kept.iter().copied().chain([end]) {
        let lefts = to_left - left;
        let rights = to_right - right;
        for step in 0..lefts.max(rights) {
            lines.push((
                (step < lefts).then(|| (left + step, mark_before(changes, left + step))),
                (step < rights).then(|| (right + step, mark_after(changes, right + step))),
            ));
        }
        if (to_left, to_right) != end {
            lines.push((Some((to_left, Mark::Kept)), Some((to_right, Mark::Kept))));
        }
        (left, right) = (to_left + 1, to_right + 1);
    }
    lines
}

fn mark_before(changes: &Changes, place: usize) -> Mark {
    let moved = changes.moved.iter().find(|pair| pair.0 == place);
    moved.map_or(Mark::Removed, |pair| Mark::Moved(pair.1))
}

fn mark_after(changes: &Changes, place: usize) -> Mark {
    let moved = changes.moved.iter().find(|pair| pair.1 == place);
    moved.map_or(Mark::Added, |pair| Mark::Moved(pair.0))
}

#[cfg(test)]
mod tests {
    use super::{Changes, Mark, lines};

    #[test]
    fn what_stays_stands_on_one_line() {
        let changes = Changes::between(&[1, 2, 3], &[2, 4, 1]);
        let lines = lines(&changes, 3, 3);
        assert_eq!(
            lines,
            [
                (Some((0, Mark::Moved(2))), None),
                (Some((1, Mark::Kept)), Some((0, Mark::Kept))),
                (Some((2, Mark::Removed)), Some((1, Mark::Added))),
                (None, Some((2, Mark::Moved(0)))),
            ]
        );
    }

    #[test]
    fn empty_loops_have_no_lines() {
        assert_eq!(lines(&Changes::default(), 0, 0), []);
        let changes = Changes::between(&[], &[7]);
        assert_eq!(lines(&changes, 0, 1), [(None, Some((0, Mark::Added)))]);
    }
}
