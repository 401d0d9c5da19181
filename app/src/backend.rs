//! Server functions: the dashboard's door to the domain, a file for each resource.
//! Like the REST handlers they hold no decision; both doors open into the same verbs.

pub mod accounts;
pub mod alerts;
pub mod configurations;
pub mod enrolments;
pub mod foreign;
pub mod home;
pub mod keys;
pub mod messages;
pub mod plays;
pub mod sites;
pub mod uploads;
pub mod videos;
