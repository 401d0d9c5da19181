//! A file for each route.

pub mod layout;
pub mod missing;
pub mod query;
pub mod sites;
