//! Two things measured in turn, so that a busy machine weighs on both alike.

use crate::failure::Failure;

/// Pairs of figures, each pair taken within seconds.
#[derive(Default)]
pub(crate) struct Rounds {
    pairs: Vec<(f64, f64)>,
}

impl Rounds {
    /// Measures both in turn, so many times.
    pub(crate) async fn take(
        count: usize,
        mut ours: impl AsyncFnMut() -> Result<f64, Failure>,
        mut limit: impl AsyncFnMut() -> Result<f64, Failure>,
    ) -> Result<Self, Failure> {
        let mut rounds = Self::default();
        for _ in 0..count {
            let limit = limit().await?;
            rounds.pairs.push((ours().await?, limit));
        }
        Ok(rounds)
    }

    /// The middle one of our figures.
    pub(crate) fn ours(&self) -> f64 {
        median(self.pairs.iter().map(|pair| pair.0).collect())
    }

    /// The middle one of the limits.
    pub(crate) fn limit(&self) -> f64 {
        median(self.pairs.iter().map(|pair| pair.1).collect())
    }

    /// The middle one of the ratios.
    pub(crate) fn ratio(&self) -> f64 {
        median(self.pairs.iter().map(|pair| pair.0 / pair.1).collect())
    }
}

/// The middle one of some figures, 0 of none.
pub(crate) fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::Rounds;

    #[test]
    fn ratios_are_taken_round_by_round() {
        let rounds = Rounds {
            pairs: vec![(1.0, 2.0), (9.0, 10.0), (3.0, 4.0)],
        };
        let found = [rounds.ours(), rounds.limit(), rounds.ratio()];
        assert!(
            found
                .iter()
                .zip([3.0, 4.0, 0.75])
                .all(|(a, b)| (a - b).abs() < 1e-9)
        );
    }
}
