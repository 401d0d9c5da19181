//! What NeoPro does: services over a private database, storage and caches. No HTTP, no HTML.
//!
//! A door (REST handler or server function) is one line over a verb of this crate:
//! `domain.sites().create(&actor, new).await`. Every verb takes the [`Actor`] first and goes:
//! permit, validate, one transaction {change, audit entry, outgoing messages}, publish, return.
#![warn(missing_docs)]

pub mod account;
pub mod actor;
pub mod configuration;
pub mod enrolment;
pub mod error;
pub mod health;
pub mod home;
pub mod play;
pub mod player;
pub mod settings;
pub mod site;
pub mod storage;
pub mod video;

use std::sync::Arc;

pub use actor::{Actor, Client};
pub use error::{Error, Result};
pub use settings::Settings;

/// The whole product behind its doors; a cheap handle on shared state.
#[derive(Clone)]
pub struct Domain {
    inner: Arc<Inner>,
}

struct Inner {
    #[expect(dead_code, reason = "services read it")]
    settings: Settings,
}

impl Domain {
    /// Opens database and storage, runs pending migrations and starts the jobs.
    ///
    /// # Errors
    /// When the database cannot be reached or migrated, or the data folder cannot be written.
    #[expect(clippy::unused_async, reason = "skeleton")]
    pub async fn open(settings: Settings) -> Result<Self> {
        Ok(Self {
            inner: Arc::new(Inner { settings }),
        })
    }

    /// Stops the jobs and closes the database.
    pub async fn close(self) {
        drop(self.inner);
    }

    /// People and their sessions.
    pub fn accounts(&self) -> account::Accounts<'_> {
        account::Accounts(self)
    }

    /// Clubs' places.
    pub fn sites(&self) -> site::Sites<'_> {
        site::Sites(self)
    }

    /// Screens that wait to be linked.
    pub fn enrolments(&self) -> enrolment::Enrolments<'_> {
        enrolment::Enrolments(self)
    }

    /// Linked screens.
    pub fn players(&self) -> player::Players<'_> {
        player::Players(self)
    }

    /// The library.
    pub fn videos(&self) -> video::Videos<'_> {
        video::Videos(self)
    }

    /// What each TV does.
    pub fn configurations(&self) -> configuration::Configurations<'_> {
        configuration::Configurations(self)
    }

    /// The proof.
    pub fn plays(&self) -> play::Plays<'_> {
        play::Plays(self)
    }

    /// The fleet at a glance.
    pub fn home(&self) -> home::Overview<'_> {
        home::Overview(self)
    }
}
