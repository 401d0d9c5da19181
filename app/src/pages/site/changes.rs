//! How one order of a loop becomes another.

/// What leads from one order to another, by places. Each addition, removal or move counts once.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Changes {
    /// Items that stay, in order: place before, place after.
    pub kept: Vec<(usize, usize)>,
    /// Places after, of items that are new.
    pub added: Vec<usize>,
    /// Places before, of items that are gone.
    pub removed: Vec<usize>,
    /// Items that stand elsewhere: place before, place after.
    pub moved: Vec<(usize, usize)>,
}

impl Changes {
    /// Compares two orders; an item may stand in each several times.
    pub fn between<T: Copy + Eq>(before: &[T], after: &[T]) -> Self {
        let kept = longest_common(before, after);
        let mut removed = left_over(before.len(), kept.iter().map(|pair| pair.0));
        let mut added = Vec::new();
        let mut moved = Vec::new();
        for to in left_over(after.len(), kept.iter().map(|pair| pair.1)) {
            let from = removed.iter().position(|from| before[*from] == after[to]);
            match from {
                Some(index) => moved.push((removed.remove(index), to)),
                None => added.push(to),
            }
        }
        Self {
            kept,
            added,
            removed,
            moved,
        }
    }

    /// How many changes.
    pub fn count(&self) -> usize {
        self.added.len() + self.removed.len() + self.moved.len()
    }
}

/// Places of the longest sequence that stands in both, in order.
fn longest_common<T: Copy + Eq>(a: &[T], b: &[T]) -> Vec<(usize, usize)> {
    let mut best = vec![vec![0_u16; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            best[i][j] = if a[i] == b[j] {
                best[i + 1][j + 1] + 1
            } else {
                best[i + 1][j].max(best[i][j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut sequence = Vec::new();
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            sequence.push((i, j));
            i += 1;
            j += 1;
        } else if best[i + 1][j] >= best[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    sequence
}

/// Places up to `length` that are not among those kept, which ascend.
fn left_over(length: usize, kept: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut kept = kept.peekable();
    (0..length)
        .filter(|place| kept.next_if_eq(place).is_none())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::Changes;

    fn count(before: &[u8], after: &[u8]) -> usize {
        Changes::between(before, after).count()
    }

    #[test]
    fn additions_removals_and_moves_count_once_each() {
        assert_eq!(count(&[1, 2, 3], &[1, 2, 3]), 0);
        assert_eq!(count(&[1, 2, 3], &[1, 2, 3, 4]), 1);
        assert_eq!(count(&[1, 2, 3], &[1, 3]), 1);
        assert_eq!(count(&[1, 2, 3], &[2, 3, 1]), 1);
        assert_eq!(count(&[1, 2, 3], &[3, 4]), 3);
        assert_eq!(count(&[], &[5, 5]), 2);
        assert_eq!(count(&[5, 5], &[5]), 1);
    }

    #[test]
    fn every_item_is_kept_added_removed_or_moved() {
        let changes = Changes::between(&[1, 2, 3, 4], &[2, 3, 5, 1]);
        assert_eq!(changes.kept, [(1, 0), (2, 1)]);
        assert_eq!(changes.added, [2]);
        assert_eq!(changes.removed, [3]);
        assert_eq!(changes.moved, [(0, 3)]);
    }
}
