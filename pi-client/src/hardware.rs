//! What the player says of its machine. Every fact may be missing.

use std::fs;
use std::path::Path;

use api::enrolment::Hardware;

/// What this machine is.
pub(crate) fn facts() -> Hardware {
    facts_under(Path::new("/"))
}

fn facts_under(root: &Path) -> Hardware {
    Hardware {
        model: read(root, "proc/device-tree/model").or_else(|| line(root, "proc/cpuinfo", "Model")),
        serial: line(root, "proc/cpuinfo", "Serial"),
        mac: mac(root),
        memory_bytes: memory(root),
        system: line(root, "etc/os-release", "PRETTY_NAME"),
        player_version: Some(env!("CARGO_PKG_VERSION").to_owned()),
    }
}

/// The text of a small file; the device tree ends its texts with a zero byte.
fn read(root: &Path, path: &str) -> Option<String> {
    let text = fs::read_to_string(root.join(path)).ok()?;
    let text = text.trim_matches(|letter: char| letter == '\0' || letter.is_whitespace());
    (!text.is_empty()).then(|| text.to_owned())
}

/// The value of `key: value` or `key="value"`.
fn line(root: &Path, path: &str, key: &str) -> Option<String> {
    let text = fs::read_to_string(root.join(path)).ok()?;
    text.lines().find_map(|line| {
        let (name, value) = line.split_once(['=', ':'])?;
        let value = value.trim().trim_matches('"');
        (name.trim() == key && !value.is_empty()).then(|| value.to_owned())
    })
}

/// The kernel tells it in kibibytes: `MemTotal:        3884164 kB`.
fn memory(root: &Path) -> Option<u64> {
    let total = line(root, "proc/meminfo", "MemTotal")?;
    let kibibytes: u64 = total.strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}

/// The address of the first interface, wired before wireless (`eth0`, `wlan0`).
fn mac(root: &Path) -> Option<String> {
    let entries = fs::read_dir(root.join("sys/class/net")).ok()?;
    let mut names: Vec<_> = entries.flatten().map(|entry| entry.file_name()).collect();
    names.sort();
    names
        .iter()
        .filter(|name| *name != "lo")
        .filter_map(|name| read(root, &format!("sys/class/net/{}/address", name.to_str()?)))
        .find(|address| address != "00:00:00:00:00:00")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::facts_under;

    #[test]
    fn a_raspberry_pi_is_recognised() {
        let root = tempfile::tempdir().unwrap();
        for (path, text) in [
            ("proc/device-tree/model", "Raspberry Pi 4 Model B Rev 1.4\0"),
            (
                "proc/cpuinfo",
                "processor\t: 0\nSerial\t\t: 10000000abcdef01\n",
            ),
            (
                "proc/meminfo",
                "MemTotal:        3884164 kB\nMemFree: 1 kB\n",
            ),
            (
                "etc/os-release",
                "NAME=x\nPRETTY_NAME=\"Debian GNU/Linux 13\"\n",
            ),
            ("sys/class/net/lo/address", "00:00:00:00:00:00\n"),
            ("sys/class/net/wlan0/address", "dc:a6:32:00:00:02\n"),
            ("sys/class/net/eth0/address", "dc:a6:32:00:00:01\n"),
        ] {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let facts = facts_under(root.path());
        assert_eq!(
            facts.model.as_deref(),
            Some("Raspberry Pi 4 Model B Rev 1.4")
        );
        assert_eq!(facts.serial.as_deref(), Some("10000000abcdef01"));
        assert_eq!(facts.memory_bytes, Some(3_977_383_936));
        assert_eq!(facts.mac.as_deref(), Some("dc:a6:32:00:00:01"));
        assert_eq!(facts.system.as_deref(), Some("Debian GNU/Linux 13"));
    }

    #[test]
    fn an_unknown_machine_says_what_it_knows() {
        let root = tempfile::tempdir().unwrap();
        let facts = facts_under(root.path());
        assert_eq!((facts.model, facts.mac), (None, None));
        assert!(facts.player_version.is_some());
    }
}
