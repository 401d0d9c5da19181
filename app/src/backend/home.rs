//! The fleet at a glance.

use api::error::ApiError;
use api::home::Home;
use leptos::prelude::*;

use crate::upstream::Upstream;

/// Is everything all right, and what did it show today?
#[server(client = Upstream)]
pub async fn get_home() -> Result<Home, ApiError> {
    crate::ssr::call(async |domain, actor| domain.home().get(&actor).await).await
}
