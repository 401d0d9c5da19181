//! When a machine is in need, and when it is well again: between both nothing changes.

use api::alert::AlertKind;
use sea_orm::sea_query::{Expr, ExprTrait, SimpleExpr};

/// A figure of a machine that has a limit.
pub(super) struct Limit {
    pub(super) kind: AlertKind,
    /// What the last report says of it, for both databases. A player may claim a size that no whole
    /// number of a database holds, so it is counted in floating point.
    figure: &'static str,
    /// From here on it is too much.
    from: i32,
    /// Below it is well again.
    below: i32,
}

/// In degrees Celsius. A Raspberry Pi slows down at 80.
pub(super) const TEMPERATURE: Limit = Limit {
    kind: AlertKind::Temperature,
    figure: "CAST(report -> 'metrics' ->> 'temperature_millicelsius' AS DOUBLE PRECISION) / 1000",
    from: 80,
    below: 75,
};

/// In percent of the disk.
pub(super) const DISK: Limit = Limit {
    kind: AlertKind::Disk,
    figure: "CAST(report -> 'metrics' ->> 'disk_used_bytes' AS DOUBLE PRECISION) * 100 \
        / NULLIF(CAST(report -> 'metrics' ->> 'disk_total_bytes' AS DOUBLE PRECISION), 0)",
    from: 90,
    below: 85,
};

impl Limit {
    /// The figure of a site, in SQL.
    pub(super) fn figure(&self) -> SimpleExpr {
        Expr::cust(self.figure)
    }

    /// Whether a site's figure is too much, in SQL.
    pub(super) fn is_exceeded(&self) -> SimpleExpr {
        self.figure().gte(self.from)
    }

    /// The figure in whole numbers, where it is too much.
    pub(super) fn exceeded(&self, figure: Option<f64>) -> Option<i64> {
        figure
            .filter(|figure| *figure >= self.from.into())
            .map(whole)
    }

    /// Whether it is known to be well.
    pub(super) fn is_well(&self, figure: Option<f64>) -> bool {
        figure.is_some_and(|figure| figure < self.below.into())
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "what no whole number holds becomes the largest"
)]
fn whole(figure: f64) -> i64 {
    figure.floor() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn between_the_limits_nothing_changes() {
        let judged = |degrees| {
            let figure = Some(degrees);
            (TEMPERATURE.exceeded(figure), TEMPERATURE.is_well(figure))
        };
        assert_eq!(judged(80.9), (Some(80), false));
        assert_eq!(judged(77.0), (None, false));
        assert_eq!(judged(74.9), (None, true));
        assert!(!TEMPERATURE.is_well(None));
    }
}
