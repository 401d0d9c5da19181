//! Two people changed the same loop.

use super::changes::Changes;

/// Both people's changes of `base` in one order; or the items that both touched, where one wish
/// would undo the other.
pub(super) fn merge<T: Copy + Eq>(base: &[T], theirs: &[T], mine: &[T]) -> Result<Vec<T>, Vec<T>> {
    if theirs == mine {
        return Ok(mine.to_vec());
    }
    let (theirs, mine) = (Side::of(base, theirs), Side::of(base, mine));
    let collisions = theirs.collisions(&mine);
    if !collisions.is_empty() {
        return Err(collisions);
    }
    let mut merged = Vec::new();
    for gap in 0..=base.len() {
        merged.extend(&theirs.inserted[gap]);
        merged.extend(&mine.inserted[gap]);
        let stays = gap < base.len() && theirs.stays[gap] && mine.stays[gap];
        if stays {
            merged.push(base[gap]);
        }
    }
    Ok(merged)
}

/// What one person did to the base.
struct Side<T> {
    /// For each place of the base, whether its item stays there.
    stays: Vec<bool>,
    /// What stands newly before each place of the base, and after the last.
    inserted: Vec<Vec<T>>,
    /// Items taken out for good.
    removed: Vec<T>,
    /// Items added or moved.
    placed: Vec<T>,
}

impl<T: Copy + Eq> Side<T> {
    fn of(base: &[T], order: &[T]) -> Self {
        let changes = Changes::between(base, order);
        let mut stays = vec![false; base.len()];
        for (before, _) in &changes.kept {
            stays[*before] = true;
        }
        let mut placed: Vec<usize> = changes.moved.iter().map(|pair| pair.1).collect();
        placed.extend(&changes.added);
        placed.sort_unstable();
        let mut inserted = vec![Vec::new(); base.len() + 1];
        for place in &placed {
            let before = changes.kept.iter().rev().find(|kept| kept.1 < *place);
            inserted[before.map_or(0, |kept| kept.0 + 1)].push(order[*place]);
        }
        Self {
            stays,
            inserted,
            removed: changes.removed.iter().map(|place| base[*place]).collect(),
            placed: placed.iter().map(|place| order[*place]).collect(),
        }
    }

    /// Items that both touched. Both may have removed one: that is the same wish.
    fn collisions(&self, other: &Self) -> Vec<T> {
        let mut collisions = Vec::new();
        let placed = self.placed.iter().filter(|item| other.touches(**item));
        let removed = self
            .removed
            .iter()
            .filter(|item| other.placed.contains(*item));
        for item in placed.chain(removed) {
            if !collisions.contains(item) {
                collisions.push(*item);
            }
        }
        collisions
    }

    fn touches(&self, item: T) -> bool {
        self.placed.contains(&item) || self.removed.contains(&item)
    }
}

#[cfg(test)]
mod tests {
    use super::merge;

    #[test]
    fn changes_of_different_videos_are_both_kept() {
        // Hers: 9 at the end. Mine: 2 removed, 4 first.
        let merged = merge(&[1, 2, 3, 4], &[1, 2, 3, 4, 9], &[4, 1, 3]);
        assert_eq!(merged, Ok(vec![4, 1, 3, 9]));
        // Both add at the end: hers comes first, it is published already.
        assert_eq!(merge(&[1], &[1, 8], &[1, 9]), Ok(vec![1, 8, 9]));
        assert_eq!(merge(&[], &[8], &[9]), Ok(vec![8, 9]));
    }

    #[test]
    fn who_changed_nothing_takes_what_the_other_did() {
        let (base, changed) = ([1, 2, 3, 2], [2, 3, 7, 1]);
        assert_eq!(merge(&base, &changed, &base), Ok(changed.to_vec()));
        assert_eq!(merge(&base, &base, &changed), Ok(changed.to_vec()));
    }

    #[test]
    fn the_same_change_is_one_wish() {
        assert_eq!(merge(&[1, 2, 3], &[1, 3], &[1, 3, 4]), Ok(vec![1, 3, 4]));
        assert_eq!(merge(&[1, 2], &[2, 1], &[2, 1]), Ok(vec![2, 1]));
    }

    #[test]
    fn a_video_that_both_touched_is_named() {
        // She moved 1 to the end, I removed it.
        assert_eq!(merge(&[1, 2, 3], &[2, 3, 1], &[2, 3]), Err(vec![1]));
        // Both added 9: once or twice?
        assert_eq!(merge(&[1], &[1, 9], &[9, 1]), Err(vec![9]));
    }
}
