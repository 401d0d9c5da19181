//! How a player's machine is.

use serde::{Deserialize, Serialize};

/// Figures of a player's machine. What the machine does not tell is absent, never a likely value.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Metrics {
    /// Part of all processors' time that was used since the last report, 0 to 100.
    pub cpu_percent: Option<u8>,
    /// Memory that programs use, in bytes.
    pub memory_used_bytes: Option<u64>,
    /// Memory of the machine, in bytes.
    pub memory_total_bytes: Option<u64>,
    /// Temperature of the processor, in thousandths of a degree Celsius.
    pub temperature_millicelsius: Option<i32>,
    /// Bytes in use on the disk that holds the player's folder.
    pub disk_used_bytes: Option<u64>,
    /// Size of that disk, as far as a program can use it, in bytes.
    pub disk_total_bytes: Option<u64>,
    /// Seconds since the machine was switched on.
    pub uptime_s: Option<u64>,
    /// What the machine says of its power supply and of its speed.
    pub throttling: Option<Throttling>,
}

/// Whether a Raspberry Pi protects itself, at the expense of the picture.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "four independent bits of the firmware"
)]
pub struct Throttling {
    /// Its power supply is too weak at this moment.
    pub undervoltage: bool,
    /// It works slower at this moment, because of its supply or its heat.
    pub throttled: bool,
    /// Its power supply was too weak since it was switched on.
    pub undervoltage_before: bool,
    /// It worked slower since it was switched on.
    pub throttled_before: bool,
}
