//! How the machine is. What it does not tell stays unknown.

use std::fs;
use std::path::{Path, PathBuf};

use api::metrics::{Metrics, Throttling};
use rustix::fs::statvfs;

use crate::folder::Folder;

/// Where a Raspberry Pi tells how it protects itself, as a hexadecimal number.
const THROTTLED: &str = "sys/devices/platform/soc/soc:firmware/get_throttled";

/// The machine, with what is needed to compare it with its state of a moment ago.
#[derive(Debug)]
pub(crate) struct Machine {
    root: PathBuf,
    data: PathBuf,
    processors: Option<Processors>,
}

/// Time of all processors since the start, in ticks.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct Processors {
    idle: u64,
    total: u64,
}

impl Machine {
    /// The machine that this program runs on.
    pub(crate) fn new(folder: &Folder) -> Self {
        Self::under(Path::new("/"), &folder.path(""))
    }

    fn under(root: &Path, data: &Path) -> Self {
        let mut machine = Self {
            root: root.to_owned(),
            data: data.to_owned(),
            processors: None,
        };
        machine.processors = machine.read_processors();
        machine
    }

    /// Its figures; the processors' since the last call.
    pub(crate) fn measure(&mut self) -> Metrics {
        let before = self.processors;
        self.processors = self.read_processors();
        let memory = self.memory();
        let disk = statvfs(&self.data).ok().map(|disk| {
            let used = disk.f_blocks.saturating_sub(disk.f_bfree);
            (used * disk.f_frsize, (used + disk.f_bavail) * disk.f_frsize)
        });
        Metrics {
            cpu_percent: before.zip(self.processors).and_then(busy),
            memory_used_bytes: memory.map(|(used, _)| used),
            memory_total_bytes: memory.map(|(_, total)| total),
            temperature_millicelsius: self.number("sys/class/thermal/thermal_zone0/temp"),
            disk_used_bytes: disk.map(|(used, _)| used),
            disk_total_bytes: disk.map(|(_, total)| total),
            uptime_s: self.uptime_s(),
            throttling: self.throttling(),
        }
    }

    fn read_processors(&self) -> Option<Processors> {
        let text = self.text("proc/stat")?;
        let ticks = text.lines().find_map(|line| line.strip_prefix("cpu "))?;
        // user nice system idle iowait irq softirq steal; guests are within user.
        let ticks: Vec<u64> = ticks
            .split_whitespace()
            .take(8)
            .map_while(|ticks| ticks.parse().ok())
            .collect();
        Some(Processors {
            idle: ticks.get(3)? + ticks.get(4)?,
            total: ticks.iter().sum(),
        })
    }

    /// Used and all of it, in bytes. What the system can give back at once is not used.
    fn memory(&self) -> Option<(u64, u64)> {
        let text = self.text("proc/meminfo")?;
        let bytes = |key: &str| -> Option<u64> {
            let line = text.lines().find_map(|line| line.strip_prefix(key))?;
            let kibibytes = line.trim_start_matches(':').trim().strip_suffix("kB")?;
            Some(kibibytes.trim().parse::<u64>().ok()? * 1024)
        };
        let total = bytes("MemTotal")?;
        Some((total.saturating_sub(bytes("MemAvailable")?), total))
    }

    fn uptime_s(&self) -> Option<u64> {
        let text = self.text("proc/uptime")?;
        text.split(['.', ' ']).next()?.parse().ok()
    }

    fn throttling(&self) -> Option<Throttling> {
        let text = self.text(THROTTLED)?;
        let bits = u32::from_str_radix(text.trim().trim_start_matches("0x"), 16).ok()?;
        let bit = |number: u32| bits & (1 << number) != 0;
        Some(Throttling {
            undervoltage: bit(0),
            // Capped, throttled, or at the soft limit of its temperature.
            throttled: bit(1) || bit(2) || bit(3),
            undervoltage_before: bit(16),
            throttled_before: bit(17) || bit(18) || bit(19),
        })
    }

    fn number<T: std::str::FromStr>(&self, path: &str) -> Option<T> {
        self.text(path)?.trim().parse().ok()
    }

    fn text(&self, path: &str) -> Option<String> {
        fs::read_to_string(self.root.join(path)).ok()
    }
}

/// Part of the time between that was not idle, in percent.
fn busy((before, now): (Processors, Processors)) -> Option<u8> {
    let total = now.total.checked_sub(before.total)?;
    let idle = now.idle.saturating_sub(before.idle).min(total);
    let percent = ((total - idle) * 100).checked_div(total)?;
    u8::try_from(percent).ok()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use api::metrics::{Metrics, Throttling};

    use super::Machine;

    fn put(root: &Path, path: &str, text: &str) {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    #[test]
    fn a_raspberry_pi_tells_all_of_it() {
        let root = tempfile::tempdir().unwrap();
        let root = root.path();
        put(
            root,
            "proc/stat",
            "cpu  100 0 100 700 100 0 0 0 0 0\ncpu0 1\n",
        );
        put(
            root,
            "proc/meminfo",
            "MemTotal:        1000 kB\nMemFree: 1 kB\nMemAvailable:    400 kB\n",
        );
        put(root, "proc/uptime", "93784.21 370000.00\n");
        put(root, "sys/class/thermal/thermal_zone0/temp", "61850\n");
        put(root, super::THROTTLED, "50005\n");
        let mut machine = Machine::under(root, root);
        put(
            root,
            "proc/stat",
            "cpu  125 0 125 775 175 0 0 0 0 0\ncpu0 1\n",
        );
        let metrics = machine.measure();
        assert_eq!(metrics.cpu_percent, Some(25));
        assert_eq!(metrics.memory_used_bytes, Some(600 * 1024));
        assert_eq!(metrics.memory_total_bytes, Some(1000 * 1024));
        assert_eq!(metrics.temperature_millicelsius, Some(61_850));
        assert_eq!(metrics.uptime_s, Some(93_784));
        let throttling = Throttling {
            undervoltage: true,
            throttled: true,
            undervoltage_before: true,
            throttled_before: true,
        };
        assert_eq!(metrics.throttling, Some(throttling));
        assert!(metrics.disk_used_bytes < metrics.disk_total_bytes);
    }

    #[test]
    fn what_a_machine_does_not_tell_is_not_guessed() {
        let root = tempfile::tempdir().unwrap();
        let nowhere = root.path().join("nowhere");
        let mut machine = Machine::under(root.path(), &nowhere);
        assert_eq!(machine.measure(), Metrics::default());
    }
}
