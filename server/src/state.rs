//! What every handler can reach.

use std::sync::Arc;

use axum::extract::FromRef;
use domain::Domain;
use leptos::config::LeptosOptions;

use crate::settings::Settings;

/// What every handler can reach; cheap to clone.
#[derive(Clone)]
pub struct AppState {
    /// The product.
    pub domain: Domain,
    /// What the environment decided.
    pub settings: Arc<Settings>,
    /// Where the dashboard's files are and what they are called.
    pub leptos: LeptosOptions,
}

impl AppState {
    /// The state of a server over `domain`.
    pub fn new(domain: Domain, settings: Settings, leptos: LeptosOptions) -> Self {
        Self {
            domain,
            settings: Arc::new(settings),
            leptos,
        }
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
