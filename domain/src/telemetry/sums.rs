use api::metrics::Metrics;

/// Figures of reports, added up.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Sums {
    pub(super) reports: i64,
    /// Milliseconds in which the player was known to be there.
    pub(super) online_ms: i64,
    /// In percent.
    pub(super) cpu: Sum,
    /// In percent.
    pub(super) memory: Sum,
    /// In thousandths of a degree Celsius.
    pub(super) temperature: Sum,
    /// In percent.
    pub(super) disk: Sum,
    /// Reports that tell of a machine that slows itself down or lacks power.
    pub(super) throttled: i64,
    /// Reports that tell whether it does.
    pub(super) throttled_known: i64,
}

/// One figure, added up over the reports that told it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Sum {
    pub(super) total: i64,
    pub(super) count: i64,
    /// Means nothing where the count is 0.
    pub(super) most: i64,
}

impl Default for Sum {
    fn default() -> Self {
        Self {
            total: 0,
            count: 0,
            most: i64::MIN,
        }
    }
}

impl Sum {
    fn of(figure: Option<i64>) -> Self {
        figure.map_or_else(Self::default, |figure| Self {
            total: figure,
            count: 1,
            most: figure,
        })
    }

    fn add(&mut self, other: Self) {
        self.total += other.total;
        self.count += other.count;
        self.most = self.most.max(other.most);
    }
}

impl Sums {
    /// One report.
    pub(super) fn of(metrics: &Metrics) -> Self {
        let throttled = metrics.throttling;
        let now = throttled.is_some_and(|now| now.throttled || now.undervoltage);
        Self {
            reports: 1,
            online_ms: 0,
            cpu: Sum::of(metrics.cpu_percent.map(i64::from)),
            memory: Sum::of(percent(
                metrics.memory_used_bytes,
                metrics.memory_total_bytes,
            )),
            temperature: Sum::of(metrics.temperature_millicelsius.map(i64::from)),
            disk: Sum::of(percent(metrics.disk_used_bytes, metrics.disk_total_bytes)),
            throttled: i64::from(now),
            throttled_known: i64::from(throttled.is_some()),
        }
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.reports += other.reports;
        self.online_ms += other.online_ms;
        self.cpu.add(other.cpu);
        self.memory.add(other.memory);
        self.temperature.add(other.temperature);
        self.disk.add(other.disk);
        self.throttled += other.throttled;
        self.throttled_known += other.throttled_known;
    }
}

/// Nothing where one of them is not known, or makes no sense.
fn percent(used: Option<u64>, total: Option<u64>) -> Option<i64> {
    let (used, total) = (u128::from(used?), u128::from(total?));
    let percent = (used * 100 + total / 2).checked_div(total)?;
    i64::try_from(percent)
        .ok()
        .filter(|percent| *percent <= 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_report_told_is_not_nothing() {
        let mut sums = Sums::of(&Metrics::default());
        let told = Metrics {
            cpu_percent: Some(0),
            memory_used_bytes: Some(1),
            memory_total_bytes: Some(4),
            disk_used_bytes: Some(5),
            ..Metrics::default()
        };
        sums.add(&Sums::of(&told));
        assert_eq!((sums.reports, sums.online_ms), (2, 0));
        assert_eq!((sums.cpu.count, sums.cpu.total, sums.cpu.most), (1, 0, 0));
        assert_eq!((sums.memory.count, sums.memory.total), (1, 25));
        assert_eq!((sums.disk.count, sums.throttled_known), (0, 0));
        assert_eq!(percent(Some(1), Some(0)), None);
        assert_eq!(percent(Some(3), Some(2)), None);
    }
}
