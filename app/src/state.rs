//! What every page knows: language, theme, clock, session, toasts. A type, a `provide` and a
//! `use_…` each.

pub mod clock;
pub mod drafts;
pub mod language;
pub mod session;
pub mod status;
pub mod step_up;
pub mod theme;
pub mod toasts;
pub mod uploads;
