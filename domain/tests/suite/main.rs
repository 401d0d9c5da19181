//! What the domain promises, on SQLite and on PostgreSQL behind `PgBouncer`.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod account;
mod alert;
mod backup;
mod configuration;
mod database;
mod direct;
mod enrolment;
mod guide_sql;
mod home;
mod ingest;
mod lease;
mod library;
mod linked_key;
mod live;
mod message;
mod picture;
mod play;
mod play_report;
mod player;
mod reconcile;
mod redis;
mod reset;
mod site;
mod sponsors;
mod storage;
mod support;
mod telemetry;
mod upload;
mod video;
