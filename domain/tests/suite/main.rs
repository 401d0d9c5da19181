//! What the domain promises, on SQLite and on PostgreSQL behind `PgBouncer`.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod account;
mod configuration;
mod database;
mod enrolment;
mod home;
mod library;
mod linked_key;
mod play;
mod player;
mod site;
mod sponsors;
mod support;
mod upload;
mod video;
