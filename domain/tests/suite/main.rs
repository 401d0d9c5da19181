//! What the domain promises, on SQLite and on PostgreSQL behind `PgBouncer`.

mod account;
mod database;
mod site;
mod support;
