//! A file for each route.

pub mod account;
pub mod alerts;
pub mod foreign;
pub mod home;
pub mod layout;
pub mod lazy;
pub mod messages;
pub mod missing;
pub mod pair;
pub mod plays;
pub mod query;
pub mod sign_in;
pub mod site;
pub mod sites;
pub mod video;
pub mod videos;
