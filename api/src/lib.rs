//! What crosses a wire between NeoPro's server, dashboard and players.
//!
//! Plain data without I/O. Changes are additive: players in the field are older than the server,
//! so unknown enum values and fields must never break them.
#![warn(missing_docs)]

pub mod account;
pub mod alert;
pub mod configuration;
pub mod dashboard;
pub mod enrolment;
pub mod error;
pub mod event;
pub mod foreign;
pub mod hash;
pub mod health;
pub mod home;
pub mod hours;
pub mod id;
pub mod key;
pub mod language;
pub mod limit;
pub mod message;
pub mod metrics;
pub mod page;
pub mod path;
pub mod permission;
pub mod play;
pub mod player;
pub mod report;
pub mod site;
pub mod telemetry;
pub mod text;
pub mod upload;
pub mod video;
