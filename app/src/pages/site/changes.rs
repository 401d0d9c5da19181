//! How far a loop is from the published one.

/// Changes that lead from one order to another: each addition, removal or move counts once.
pub(super) fn changes<T: Copy + Ord>(published: &[T], current: &[T]) -> usize {
    let kept = longest_common(published, current);
    let removed = left_over(published, &kept);
    let added = left_over(current, &kept);
    removed.len() + added.len() - common(removed, &added)
}

/// The longest sequence that stands in both, in order.
fn longest_common<T: Copy + Eq>(a: &[T], b: &[T]) -> Vec<T> {
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
            sequence.push(a[i]);
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

fn left_over<T: Copy + Eq>(all: &[T], kept: &[T]) -> Vec<T> {
    let mut kept = kept.iter().peekable();
    let all = all.iter().copied();
    all.filter(|item| kept.next_if(|next| *next == item).is_none())
        .collect()
}

/// Items that stand in both, wherever: those were moved.
fn common<T: Copy + Ord>(mut a: Vec<T>, b: &[T]) -> usize {
    let before = a.len();
    for item in b {
        if let Some(at) = a.iter().position(|other| other == item) {
            a.swap_remove(at);
        }
    }
    before - a.len()
}

#[cfg(test)]
mod tests {
    use super::changes;

    #[test]
    fn additions_removals_and_moves_count_once_each() {
        assert_eq!(changes(&[1, 2, 3], &[1, 2, 3]), 0);
        assert_eq!(changes(&[1, 2, 3], &[1, 2, 3, 4]), 1);
        assert_eq!(changes(&[1, 2, 3], &[1, 3]), 1);
        assert_eq!(changes(&[1, 2, 3], &[2, 3, 1]), 1);
        assert_eq!(changes(&[1, 2, 3], &[3, 4]), 3);
        assert_eq!(changes(&[], &[5, 5]), 2);
        assert_eq!(changes(&[5, 5], &[5]), 1);
    }
}
