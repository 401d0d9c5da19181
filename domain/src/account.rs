//! People, passwords and sessions.

use api::account::{Account, FirstRun, NewAdmin, SignIn};
use chrono::{DateTime, Utc};
use secrecy::SecretString;

use crate::{Actor, Client, Domain, Result};

/// People and their sessions.
pub struct Accounts<'a>(pub(crate) &'a Domain);

/// A fresh session.
#[derive(Debug)]
pub struct NewSession {
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
        todo!()
    }

    /// A one-time code for the first administrator, to be printed once in the log:
    /// 128 bits, good for 15 minutes and only while there is no user. `None` when there is one.
    pub async fn first_run_code(&self) -> Result<Option<SecretString>> {
        todo!()
    }

    /// Creates the first administrator with the code of [`Accounts::first_run_code`] and signs in.
    pub async fn first_run(&self, first: FirstRun, client: &Client) -> Result<NewSession> {
        let _ = (first, client);
        todo!()
    }

    /// Creates an administrator: [`Actor::System`] only, for now.
    pub async fn create_admin(&self, actor: &Actor, new: NewAdmin) -> Result<Account> {
        let _ = (actor, new);
        todo!()
    }

    /// Opens a session. Failures take equally long and are throttled by account and by network.
    pub async fn sign_in(&self, sign_in: SignIn, client: &Client) -> Result<NewSession> {
        let _ = (sign_in, client);
        todo!()
    }

    /// Who a session's token stands for; refuses ended sessions and closed accounts.
    pub async fn authenticate(&self, token: &str) -> Result<Actor> {
        let _ = token;
        todo!()
    }

    /// The signed-in person.
    pub async fn me(&self, actor: &Actor) -> Result<Account> {
        let _ = actor;
        todo!()
    }

    /// Ends the actor's session, on every instance within seconds.
    pub async fn sign_out(&self, actor: &Actor) -> Result<()> {
        let _ = actor;
        todo!()
    }
}
