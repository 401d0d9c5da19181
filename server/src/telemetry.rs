//! Logs: the level's word first for people, JSON for collectors.

use std::fmt;

use chrono::{SecondsFormat, Utc};
use tracing::{Event, Subscriber};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields, FormattedFields};
use tracing_subscriber::registry::LookupSpan;

use crate::settings::telemetry::{LogFormat, Telemetry};

/// Crates whose events follow `LOG_LEVEL`; others speak from `warn` on.
const OURS: [&str; 5] = ["api", "app", "domain", "migration", "server"];

/// Starts writing logs to standard output. Later calls change nothing.
pub fn start(settings: Telemetry) {
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter(settings))
        .with_writer(std::io::stdout)
        .with_ansi(false);
    let started = match settings.format {
        LogFormat::Text => builder.event_format(LevelFirst).try_init(),
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
    };
    if started.is_err() {
        tracing::debug!("logs were started before");
    }
}

fn filter(settings: Telemetry) -> EnvFilter {
    let ours = OURS.map(|name| format!("{name}={}", settings.level));
    EnvFilter::new(format!("warn,{}", ours.join(",")))
}

/// `INFO  2026-11-22T14:00:00.000Z message field=value request.id=…`.
struct LevelFirst;

impl<S, N> FormatEvent<S, N> for LevelFirst
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(
        &self,
        context: &FmtContext<'_, S, N>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        let time = Utc::now().to_rfc3339_opts(SecondsFormat::Millis, true);
        write!(writer, "{:<5} {time} ", event.metadata().level())?;
        context
            .field_format()
            .format_fields(writer.by_ref(), event)?;
        for span in context.event_scope().into_iter().flatten() {
            if let Some(fields) = span.extensions().get::<FormattedFields<N>>() {
                write!(writer, " {fields}")?;
            }
        }
        writeln!(writer)
    }
}
