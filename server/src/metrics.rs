//! `GET /metrics`: figures of the running server as Prometheus reads them.

mod process;

use std::sync::atomic::AtomicU64;
use std::time::Duration;

use api::error::{ApiError, ErrorCode};
use api::health::{Dependency, Health};
use axum::Router;
use axum::extract::State;
use axum::response::IntoResponse;
use axum::routing::get;
use domain::figures::Figures;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::{Registry, Unit};
use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;

use crate::auth::actor::bearer;
use crate::state::AppState;

const TEXT: HeaderValue =
    HeaderValue::from_static("application/openmetrics-text; version=1.0.0; charset=utf-8");
/// Upper bounds, in seconds: from an answer out of memory to the server's own timeout.
const BOUNDS: [f64; 8] = [0.001, 0.005, 0.025, 0.1, 0.25, 1.0, 5.0, 30.0];

type Labels = [(&'static str, String); 1];
type Gauges = Family<Labels, Gauge>;

/// What is counted of requests. Every request passes here: it costs a few additions.
#[derive(Clone, Debug, Default)]
pub struct Metrics {
    /// By the first digit of their status.
    answers: [Counter; 5],
    /// By the first of [`BOUNDS`] that they kept, and those that kept none.
    durations: [Counter; BOUNDS.len() + 1],
    seconds: Counter<f64, AtomicU64>,
}

impl Metrics {
    /// Counts an answer.
    pub fn count(&self, status: StatusCode, took: Duration) {
        let class = usize::from(status.as_u16() / 100).saturating_sub(1);
        if let Some(counter) = self.answers.get(class) {
            counter.inc();
        }
        let seconds = took.as_secs_f64();
        let bound = BOUNDS.iter().position(|bound| seconds <= *bound);
        self.durations[bound.unwrap_or(BOUNDS.len())].inc();
        self.seconds.inc_by(seconds);
    }

    fn register(&self, registry: &mut Registry) {
        let answers: Family<Labels, Counter> = Family::default();
        for (class, counter) in (1..).zip(&self.answers) {
            let told = answers.get_or_create(&[("status", format!("{class}xx"))]);
            told.inc_by(counter.get());
        }
        registry.register("http_answers", "Answers by their status", answers);
        let within: Family<Labels, Counter> = Family::default();
        let mut sum = 0;
        for (index, counter) in self.durations.iter().enumerate() {
            sum += counter.get();
            let bound = BOUNDS.get(index).map_or("+Inf".to_owned(), f64::to_string);
            within.get_or_create(&[("le", bound)]).inc_by(sum);
        }
        let help = "Answers that took at most so many seconds";
        registry.register("http_answers_within", help, within);
        let help = "Time that all answers took";
        registry.register_with_unit("http_time", help, Unit::Seconds, self.seconds.clone());
    }
}

/// The route. It does not exist where no token is configured.
pub(crate) fn router() -> Router<AppState> {
    Router::new().route("/metrics", get(metrics))
}

async fn metrics(
    State(state): State<AppState>,
    headers: HeaderMap,
) -> Result<impl IntoResponse, ApiError> {
    let token = state.settings.http.metrics_token.as_ref();
    let token = token.ok_or_else(|| ApiError::new(ErrorCode::NotFound))?;
    if !is_known(token, &headers) {
        return Err(ApiError::new(ErrorCode::Unauthenticated));
    }
    let (health, figures) = tokio::join!(state.domain.health(), state.domain.figures());
    let mut registry = Registry::with_prefix("neopro");
    state.metrics.register(&mut registry);
    dependencies(&mut registry, &health);
    match figures {
        Ok(figures) => fleet(&mut registry, &figures),
        Err(error) => tracing::debug!(%error, "figures of the database are left out"),
    }
    instance(&mut registry, &state);
    process::register(&mut registry);
    let mut text = String::new();
    encode(&mut text, &registry).map_err(|_| ApiError::new(ErrorCode::Internal))?;
    let headers = [
        (header::CONTENT_TYPE, TEXT),
        (header::CACHE_CONTROL, NO_STORE),
    ];
    Ok((headers, text))
}

const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

fn is_known(token: &SecretString, headers: &HeaderMap) -> bool {
    let shown = bearer(headers).unwrap_or_default().as_bytes();
    token.expose_secret().as_bytes().ct_eq(shown).into()
}

fn dependencies(registry: &mut Registry, health: &Health) {
    let up = Gauges::default();
    for (name, dependency) in [
        ("database", Dependency::Database),
        ("storage", Dependency::Storage),
        ("redis", Dependency::Redis),
    ] {
        let is_up = !health.failing.contains(&dependency);
        up.get_or_create(&[("dependency", name.to_owned())])
            .set(is_up.into());
    }
    registry.register("dependency_up", "Whether it answers", up);
}

fn fleet(registry: &mut Registry, figures: &Figures) {
    let sites = Gauges::default();
    for (status, count) in figures.sites {
        let labels = [("status", status.as_str().to_owned())];
        sites.get_or_create(&labels).set(count.cast_signed());
    }
    registry.register("sites", "Active sites by their status", sites);
    let mut told = |name, help, count: u64| registry.register(name, help, gauge(count));
    told(
        "alerts_open",
        "Alerts that have not ended",
        figures.open_alerts,
    );
    told(
        "messages_waiting",
        "Messages still to be sent",
        figures.waiting_messages,
    );
    told(
        "messages_dead",
        "Messages that no channel takes",
        figures.dead_messages,
    );
}

fn instance(registry: &mut Registry, state: &AppState) {
    let waiting = gauge(state.domain.waiting_plays() as u64);
    registry.register(
        "plays_waiting",
        "Plays held in memory, not stored yet",
        waiting,
    );
    let leads = gauge(state.domain.leads().into());
    registry.register("leads", "Whether this instance runs the jobs", leads);
}

fn gauge(value: u64) -> Gauge {
    let gauge = Gauge::default();
    gauge.set(value.cast_signed());
    gauge
}
