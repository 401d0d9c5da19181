//! Figures, lengths, dates and times as people read them. Pure: no clock, no zone, no platform.

mod date;
mod number;
mod time;

pub use date::{day_and_month, long_date, short_date, short_weekday};
pub use number::{bytes, decimal, number, percent};
pub use time::{ago, length, span, stamp};
