//! Logs: the level's word first for people, JSON for collectors.

use chrono::{SecondsFormat, Utc};
use tracing::level_filters::LevelFilter;
use tracing::{Event, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::{self, FmtContext, FormatEvent, FormatFields, FormattedFields};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt;

use crate::settings::telemetry::{LogFormat, Telemetry};

/// Crates whose events follow `LOG_LEVEL`; others speak from `warn` on.
const OURS: [&str; 5] = ["api", "app", "domain", "migration", "server"];

/// Starts writing logs to standard output. Later calls change nothing.
pub fn start(settings: Telemetry) {
    let lines = fmt::layer().with_writer(std::io::stdout).with_ansi(false);
    let lines = match settings.format {
        LogFormat::Text => lines.event_format(LevelFirst).boxed(),
        LogFormat::Json => lines.json().flatten_event(true).boxed(),
    };
    let logs = tracing_subscriber::registry()
        .with(lines)
        .with(targets(settings));
    if logs.try_init().is_err() {
        tracing::debug!("logs were started before");
    }
}

fn targets(settings: Telemetry) -> Targets {
    Targets::new()
        .with_default(LevelFilter::WARN)
        .with_targets(OURS.map(|name| (name, settings.level)))
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
    ) -> std::fmt::Result {
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
