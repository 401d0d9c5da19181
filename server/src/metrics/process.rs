//! What this process takes of its machine, as Linux tells it; nothing elsewhere.

use std::fs;
use std::sync::atomic::AtomicU64;

use prometheus_client::metrics::counter::Counter;
use prometheus_client::registry::{Registry, Unit};

use super::gauge;

/// Of `/proc/self/stat`, which Linux gives in these on every architecture that we run on.
const TICKS_PER_SECOND: f64 = 100.0;

/// Adds what is known.
pub(super) fn register(registry: &mut Registry) {
    if let Some(bytes) = resident() {
        let help = "Memory that the process holds";
        registry.register_with_unit("process_memory", help, Unit::Bytes, gauge(bytes));
    }
    if let Some(seconds) = processor() {
        let counter = Counter::<f64, AtomicU64>::default();
        counter.inc_by(seconds);
        let help = "Time that the process had a processor";
        registry.register_with_unit("process_cpu", help, Unit::Seconds, counter);
    }
}

fn resident() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kilobytes * 1024)
}

fn processor() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // Behind the name, which may hold spaces: fields 14 and 15 (proc(5)).
    let (_, fields) = stat.rsplit_once(") ")?;
    let mut fields = fields.split(' ').skip(11).map(str::parse::<f64>);
    let (user, system) = (fields.next()?.ok()?, fields.next()?.ok()?);
    Some((user + system) / TICKS_PER_SECOND)
}
