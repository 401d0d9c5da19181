//! People.

use api::account::Account;
use api::error::ApiError;
use leptos::prelude::*;

/// Who is signed in.
#[server]
pub async fn me() -> Result<Account, ApiError> {
    crate::ssr::call(async |domain, actor| domain.accounts().me(&actor).await).await
}
