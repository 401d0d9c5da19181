//! What the domain promises, on SQLite and on PostgreSQL behind `PgBouncer`.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod account;
mod database;
mod site;
mod support;
