//! What every handler can reach.

use std::ops::Deref;
use std::sync::Arc;

use axum::extract::FromRef;
use domain::Domain;
use domain::alert::Failures;
use leptos::config::LeptosOptions;

use crate::metrics::Metrics;
use crate::settings::Settings;

/// What every handler can reach. Each layer clones it for each request: that counts one reference.
#[derive(Clone)]
pub struct AppState(Arc<Parts>);

/// What an [`AppState`] gives access to.
pub struct Parts {
    /// The product.
    pub domain: Domain,
    /// Where failures are counted.
    pub failures: Failures,
    /// What is counted of requests.
    pub metrics: Metrics,
    /// What the environment decided.
    pub settings: Settings,
    /// Where the dashboard's files are and what they are called.
    pub leptos: LeptosOptions,
}

impl AppState {
    /// The state of a server over `domain`.
    pub fn new(domain: Domain, settings: Settings, leptos: LeptosOptions) -> Self {
        Self(Arc::new(Parts {
            failures: domain.failures(),
            metrics: Metrics::default(),
            domain,
            settings,
            leptos,
        }))
    }
}

impl Deref for AppState {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl FromRef<AppState> for Domain {
    fn from_ref(state: &AppState) -> Self {
        state.domain.clone()
    }
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.leptos.clone()
    }
}
