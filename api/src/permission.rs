//! Who may do what. The dashboard hides what the server refuses, from the same table.

use serde::{Deserialize, Serialize};

/// What a signed-in person is.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Runs the system.
    #[serde(alias = "super_admin")]
    Admin,
    /// Runs the screens.
    Operator,
    /// Looks.
    Viewer,
    /// Sees its own videos.
    Sponsor,
    /// Sees its sponsors' videos.
    Agency,
}

/// What can be allowed or refused.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// See sites, what they show and how they are.
    ViewSites,
    /// Create and edit sites.
    ManageSites,
    /// Link a screen to a site.
    PairPlayers,
    /// See the library.
    ViewVideos,
    /// Add and change videos.
    ManageVideos,
    /// Change what a TV shows.
    PublishConfigurations,
    /// See what was played.
    ViewPlays,
    /// See alerts.
    ViewAlerts,
    /// Acknowledge alerts and mute those of a site.
    ManageAlerts,
    /// See what could not be sent, try channels and send again.
    ManageMessages,
    /// Fetch the desired state, files, and send reports and plays: players only.
    RunSite,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 5] = [
        Self::Admin,
        Self::Operator,
        Self::Viewer,
        Self::Sponsor,
        Self::Agency,
    ];

    /// The name stored in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Operator => "operator",
            Self::Viewer => "viewer",
            Self::Sponsor => "sponsor",
            Self::Agency => "agency",
        }
    }

    /// The role that the database names; `super_admin` is read as admin.
    pub fn from_column(text: &str) -> Option<Self> {
        if text == "super_admin" {
            return Some(Self::Admin);
        }
        Self::ALL.into_iter().find(|role| role.as_str() == text)
    }

    /// Whether this role may do it. Sponsors and agencies get their own part later.
    pub fn allows(self, permission: Permission) -> bool {
        use Permission::{
            ManageMessages, PairPlayers, RunSite, ViewAlerts, ViewPlays, ViewSites, ViewVideos,
        };
        match (self, permission) {
            (_, RunSite)
            | (Self::Sponsor | Self::Agency, _)
            | (Self::Operator, PairPlayers | ManageMessages) => false,
            (Self::Admin | Self::Operator, _)
            | (Self::Viewer, ViewSites | ViewVideos | ViewPlays | ViewAlerts) => true,
            (Self::Viewer, _) => false,
        }
    }
}

impl Permission {
    /// Every permission.
    pub const ALL: [Self; 11] = [
        Self::ViewSites,
        Self::ManageSites,
        Self::PairPlayers,
        Self::ViewVideos,
        Self::ManageVideos,
        Self::PublishConfigurations,
        Self::ViewPlays,
        Self::ViewAlerts,
        Self::ManageAlerts,
        Self::ManageMessages,
        Self::RunSite,
    ];
}
