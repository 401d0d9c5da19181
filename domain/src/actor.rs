//! Who is asking.

use std::net::IpAddr;

use api::id::{SessionId, SiteId, UserId};
use api::permission::{Permission, Role};

use crate::error::{Error, Result};

/// Who is asking; the first argument of every verb.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Actor {
    /// A signed-in person.
    Person {
        /// The account.
        id: UserId,
        /// The session that the request came with.
        session: SessionId,
        /// What the person may do.
        role: Role,
        /// Shown name, for audit entries.
        name: String,
    },
    /// The player of a site.
    Player {
        /// Its site: the only one that it can read or write.
        site: SiteId,
        /// Hexadecimal SHA-256 of its key.
        key_id: String,
    },
    /// The program itself: command line, jobs.
    System,
}

impl Actor {
    /// Refuses who lacks `permission`.
    pub fn require(&self, permission: Permission) -> Result<()> {
        let allowed = match self {
            Self::Person { role, .. } => role.allows(permission),
            Self::Player { .. } => permission == Permission::RunSite,
            Self::System => permission != Permission::RunSite,
        };
        if allowed {
            Ok(())
        } else {
            Err(Error::Forbidden(permission))
        }
    }

    /// The site of a player; refuses everybody else.
    pub fn site(&self) -> Result<SiteId> {
        match self {
            Self::Player { site, .. } => Ok(*site),
            Self::Person { .. } | Self::System => Err(Error::Forbidden(Permission::RunSite)),
        }
    }
}

/// Where a request comes from.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Client {
    /// The client's address, proxies taken off.
    pub address: IpAddr,
    /// What it calls itself.
    pub user_agent: Option<String>,
}
