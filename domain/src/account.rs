//! People, passwords and sessions.

mod cache;
pub(crate) mod epoch;
mod first_run;
mod own;
mod password;
mod person;
pub(crate) mod reset;
mod session;
mod sign_in;
mod step_up;
mod throttle;
mod tokens;

use api::account::{
    Account, ChangePassword, FirstRun, NewAdmin, OwnSession, SignIn, StepUp, SteppedUp, Tokens,
};
use api::error::ErrorCode;
use api::id::SessionId;
use api::permission::Role;
use chrono::{DateTime, Utc};
use sea_orm::{EntityTrait, PaginatorTrait};
use secrecy::SecretString;

pub(crate) use cache::Cache;
pub(crate) use password::Hashing;
pub use reset::AskReset;
pub(crate) use step_up::require_step_up;

use crate::entity::user;
use crate::{Actor, Client, Domain, Error, Result};

pub(crate) mod housekeeping;

/// People and their sessions.
pub struct Accounts<'a>(pub(crate) &'a Domain);

/// A fresh session.
#[derive(Debug)]
pub struct NewSession {
    /// Its id.
    pub id: SessionId,
    /// Goes into the cookie; names the session, signed.
    pub token: SecretString,
    /// Who signed in.
    pub account: Account,
    /// When the session ends whatever happens.
    pub expires_at: DateTime<Utc>,
}

impl Accounts<'_> {
    /// Whether anybody can sign in at all.
    pub async fn exist(&self) -> Result<bool> {
        let transaction = self.0.inner.database.read().await?;
        Ok(user::Entity::find().count(&transaction).await? > 0)
    }

    /// A one-time code for the first administrator, to be printed once in the log:
    /// 128 bits, good for 15 minutes and only while there is no user. `None` when there is one.
    pub async fn first_run_code(&self) -> Result<Option<SecretString>> {
        first_run::new_code(self.0).await
    }

    /// Creates the first administrator with the code of [`Accounts::first_run_code`] and signs in.
    pub async fn first_run(&self, first: FirstRun, client: &Client) -> Result<NewSession> {
        first_run::redeem(self.0, first, client).await
    }

    /// Creates an administrator: [`Actor::System`] only, for now.
    pub async fn create_admin(&self, actor: &Actor, new: NewAdmin) -> Result<Account> {
        if *actor != Actor::System {
            return Err(Error::refused(ErrorCode::Forbidden));
        }
        let new = new.validated()?;
        let inner = &self.0.inner;
        let hash = inner.hashing.hash(new.password.clone()).await?;
        let transaction = inner.database.write().await?;
        let new = person::NewPerson {
            new,
            hash,
            role: Role::Admin,
        };
        let account = person::insert(&transaction, &inner.clock, actor, new).await?;
        transaction.commit().await?;
        Ok(account)
    }

    /// Opens a session. Failures take equally long and are throttled by account and by network.
    pub async fn sign_in(&self, sign_in: SignIn, client: &Client) -> Result<NewSession> {
        sign_in::sign_in(self.0, sign_in, client).await
    }

    /// Whether a forgotten password can be replaced by mail at all.
    pub fn send_resets(&self) -> bool {
        self.0.inner.mailer.door().is_some()
    }

    /// Sends who has this address a link for a new password. Answers the same, after the same time, whether
    /// anybody has; asked for too often by a network it refuses.
    pub async fn ask_reset(&self, asked: AskReset, client: &Client) -> Result<()> {
        reset::ask(self.0, asked, client).await
    }

    /// Whose password the token of such a link replaces; not found when it is not good, or not any more.
    pub async fn reset_of(&self, token: &str) -> Result<Account> {
        reset::account_of(self.0, token).await
    }

    /// Replaces a forgotten password, once for each link, and ends all sessions. Refuses like
    /// [`Accounts::reset_of`].
    pub async fn reset(&self, token: &str, change: ChangePassword, client: &Client) -> Result<()> {
        reset::reset(self.0, token, change, client).await
    }

    /// Who a session's token stands for; refuses ended sessions and closed accounts.
    pub async fn authenticate(&self, token: &str) -> Result<Actor> {
        session::authenticate(self.0, token).await
    }

    /// The same session as tokens, for a browser that keeps no cookie of ours.
    pub fn tokens(&self, session: &NewSession) -> Result<Tokens> {
        tokens::first(self.0, session)
    }

    /// The next tokens of a session for its refresh token, which is worth nothing from then on. One that
    /// comes back later was stolen, or has been: the session ends.
    pub async fn refresh(&self, refresh_token: &str) -> Result<Tokens> {
        tokens::refresh(self.0, refresh_token).await
    }

    /// The signed-in person.
    pub async fn me(&self, actor: &Actor) -> Result<Account> {
        let Actor::Person { id, .. } = actor else {
            return Err(Error::refused(ErrorCode::Unauthenticated));
        };
        let transaction = self.0.inner.database.read().await?;
        person::by_id(&transaction, *id)
            .await?
            .ok_or_else(|| Error::refused(ErrorCode::Unauthenticated))
    }

    /// Ends the actor's session, on every instance within seconds.
    pub async fn sign_out(&self, actor: &Actor) -> Result<()> {
        session::end(self.0, actor).await
    }

    /// Takes the password again: for some minutes, dangerous actions of the actor's session go
    /// through. Failures are throttled like sign-ins.
    pub async fn step_up(
        &self,
        actor: &Actor,
        typed: StepUp,
        client: &Client,
    ) -> Result<SteppedUp> {
        step_up::step_up(self.0, actor, typed, client).await
    }

    /// The actor's open sessions, the last used first.
    pub async fn sessions(&self, actor: &Actor) -> Result<Vec<OwnSession>> {
        own::sessions(self.0, actor).await
    }

    /// Ends one of the actor's sessions.
    pub async fn end_session(&self, actor: &Actor, id: SessionId) -> Result<()> {
        own::end(self.0, actor, own::Ended::One(id)).await
    }

    /// Ends all of the actor's sessions but the one that asks.
    pub async fn end_other_sessions(&self, actor: &Actor) -> Result<()> {
        let Actor::Person { session, .. } = actor else {
            return Err(Error::refused(ErrorCode::Unauthenticated));
        };
        own::end(self.0, actor, own::Ended::AllBut(*session)).await
    }

    /// Gives the actor another password and ends the other sessions. Asks for step-up.
    pub async fn change_password(&self, actor: &Actor, change: ChangePassword) -> Result<()> {
        own::change_password(self.0, actor, change).await
    }
}
