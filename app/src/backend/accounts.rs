//! People.

use api::account::{Account, OwnSession};
use api::error::ApiError;
use api::id::SessionId;
use leptos::prelude::*;

use crate::upstream::Upstream;

/// Who is signed in.
#[server(client = Upstream)]
pub async fn me() -> Result<Account, ApiError> {
    crate::ssr::call(async |domain, actor| domain.accounts().me(&actor).await).await
}

/// Takes the password again: step-up.
#[server(client = Upstream)]
pub async fn confirm_password(password: String) -> Result<(), ApiError> {
    let typed = api::account::StepUp { password };
    let client = crate::ssr::client()?;
    let step_up = async |domain: domain::Domain, actor| {
        domain.accounts().step_up(&actor, typed, &client).await
    };
    crate::ssr::call(step_up).await.map(|_| ())
}

/// The open sessions of the signed-in person.
#[server(client = Upstream)]
pub async fn list_sessions() -> Result<Vec<OwnSession>, ApiError> {
    crate::ssr::call(async |domain, actor| domain.accounts().sessions(&actor).await).await
}

/// Ends one session of the signed-in person.
#[server(client = Upstream)]
pub async fn end_session(id: SessionId) -> Result<(), ApiError> {
    crate::ssr::call(async |domain, actor| domain.accounts().end_session(&actor, id).await).await
}

/// Ends all sessions of the signed-in person but this one.
#[server(client = Upstream)]
pub async fn end_other_sessions() -> Result<(), ApiError> {
    crate::ssr::call(async |domain, actor| domain.accounts().end_other_sessions(&actor).await).await
}

/// Gives the signed-in person another password. Asks for step-up.
#[server(client = Upstream)]
pub async fn change_password(password: String) -> Result<(), ApiError> {
    use crate::ssr::call;
    let change = api::account::ChangePassword { password };
    call(async |domain, actor| domain.accounts().change_password(&actor, change).await).await
}
