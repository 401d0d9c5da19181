//! The server's doors, in process, over the real domain on SQLite.

mod assets;
mod coverage;
mod csrf;
mod dependencies;
mod documents;
mod enrolment;
mod headers;
mod options;
mod permissions;
mod player;
mod plays;
mod refusals;
mod sessions;
mod sites;
mod support;
mod uploads;
mod video_files;
