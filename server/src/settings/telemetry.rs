//! Logs.

use tracing::level_filters::LevelFilter;

use super::catalogue;
use super::variables::Variables;

/// How a log line is written.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum LogFormat {
    /// For people: the level's word first.
    #[default]
    Text,
    /// One JSON object a line, for log collectors.
    Json,
}

/// Logs.
#[derive(Clone, Copy, Debug)]
pub struct Telemetry {
    /// Read from `LOG_LEVEL`: from which level on our own events are written.
    pub level: LevelFilter,
    /// Read from `LOG_FORMAT`.
    pub format: LogFormat,
}

impl Telemetry {
    /// See the fields.
    pub fn read(variables: &mut Variables) -> Self {
        Self {
            level: variables
                .parsed(&catalogue::LOG_LEVEL, parse_level)
                .unwrap_or(LevelFilter::INFO),
            format: variables
                .parsed(&catalogue::LOG_FORMAT, parse_format)
                .unwrap_or_default(),
        }
    }
}

fn parse_level(text: &str) -> Option<LevelFilter> {
    match text.to_ascii_lowercase().as_str() {
        "error" => Some(LevelFilter::ERROR),
        "warn" => Some(LevelFilter::WARN),
        "info" => Some(LevelFilter::INFO),
        "debug" => Some(LevelFilter::DEBUG),
        "trace" => Some(LevelFilter::TRACE),
        _ => None,
    }
}

fn parse_format(text: &str) -> Option<LogFormat> {
    match text.to_ascii_lowercase().as_str() {
        "text" => Some(LogFormat::Text),
        "json" => Some(LogFormat::Json),
        _ => None,
    }
}
