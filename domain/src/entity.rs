//! Rows of the tables. Nothing above this crate sees one.

pub(crate) mod audit;
pub(crate) mod change;
pub(crate) mod configuration;
pub(crate) mod configuration_video;
pub(crate) mod desired_state;
pub(crate) mod enrolment;
pub(crate) mod first_run_code;
pub(crate) mod health;
pub(crate) mod installation;
pub(crate) mod listening;
pub(crate) mod login_throttle;
pub(crate) mod play;
pub(crate) mod play_day;
pub(crate) mod play_hour;
pub(crate) mod play_site_day;
pub(crate) mod play_video_day;
pub(crate) mod player;
pub(crate) mod revoked_key;
pub(crate) mod session;
pub(crate) mod site;
pub(crate) mod unclaimed_file;
pub(crate) mod upload;
pub(crate) mod user;
pub(crate) mod video;
pub(crate) mod video_tag;
