//! NeoPro's player: keeps a site's TV showing what was published, and proves it.
//!
//! [`Player::start`] runs one in this process: key and files in [`Settings::data`], the TV's page
//! under [`Player::local_addr`]. The page renders and reports frames; `show` decides.
#![warn(missing_docs, unreachable_pub)]

mod applied;
mod client;
mod clock;
mod database;
mod disk;
mod enrolment;
pub mod fault;
mod folder;
mod hardware;
mod identity;
pub mod journal;
mod link;
mod machine;
mod memory;
mod parts;
mod player;
mod qr;
mod recorder;
mod screen;
mod scrub;
pub mod settings;
mod show;
mod spool;
mod store;
mod sync;
mod web;

pub use client::ClientError;
pub use database::StorageFailure;
pub use disk::DiskError;
pub use folder::{Operation, Space, Witness};
pub use identity::IdentityError;
pub use player::{Player, StartError};
pub use settings::{Pace, Settings, SettingsError};
pub use spool::JournalEntry;
