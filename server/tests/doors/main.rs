//! The server's doors, in process, over the real domain on SQLite.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

mod alerts;
mod assets;
mod check;
mod configurations;
mod coverage;
mod csrf;
mod dependencies;
mod documents;
mod elsewhere;
mod enrolment;
mod events;
mod foreign;
mod headers;
mod keys;
mod metrics;
mod options;
mod pages;
mod permissions;
mod player;
mod plays;
mod process;
mod real_player;
mod refusals;
mod reset;
mod sessions;
mod sites;
mod supabase;
mod support;
mod uploads;
mod video_files;
mod videos;
