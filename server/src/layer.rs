//! Layers: what no handler should have to remember. Their order stands in [`crate::router`].

pub mod body_limit;
pub mod cors;
pub mod every_request;
pub mod player_door;
pub mod refusal;
pub mod request_log;
pub mod security_headers;
pub mod server_function;
pub mod timeout;
