//! When a machine is in need, and when it is well again: between both nothing changes.

use api::alert::AlertKind;
use api::metrics::Metrics;

/// A figure of a machine that has a limit.
pub(super) struct Limit {
    pub(super) kind: AlertKind,
    of: fn(&Metrics) -> Option<i64>,
    /// From here on it is too much.
    from: i64,
    /// Below it is well again.
    below: i64,
}

pub(super) const ALL: [Limit; 2] = [
    // A Raspberry Pi slows down at 80 °C.
    Limit {
        kind: AlertKind::Temperature,
        of: degrees,
        from: 80,
        below: 75,
    },
    Limit {
        kind: AlertKind::Disk,
        of: disk_percent,
        from: 90,
        below: 85,
    },
];

impl Limit {
    /// The figure, where it is too much.
    pub(super) fn exceeded(&self, metrics: &Metrics) -> Option<i64> {
        (self.of)(metrics).filter(|figure| *figure >= self.from)
    }

    /// Whether it is known to be well.
    pub(super) fn is_well(&self, metrics: &Metrics) -> bool {
        (self.of)(metrics).is_some_and(|figure| figure < self.below)
    }
}

fn degrees(metrics: &Metrics) -> Option<i64> {
    Some(i64::from(metrics.temperature_millicelsius?) / 1000)
}

fn disk_percent(metrics: &Metrics) -> Option<i64> {
    let (used, total) = (metrics.disk_used_bytes?, metrics.disk_total_bytes?);
    let percent = u128::from(used) * 100 / u128::from(total.max(1));
    i64::try_from(percent).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn between_the_limits_nothing_changes() {
        let of = |degrees: i32| Metrics {
            temperature_millicelsius: Some(degrees * 1000),
            ..Metrics::default()
        };
        let limit = &ALL[0];
        let judged = |degrees| (limit.exceeded(&of(degrees)), limit.is_well(&of(degrees)));
        assert_eq!(judged(80), (Some(80), false));
        assert_eq!(judged(77), (None, false));
        assert_eq!(judged(74), (None, true));
        assert!(!limit.is_well(&Metrics::default()));
    }
}
