//! What changed: told to who listens, by ids only. Who hears of a change reads it anew.

use serde::{Deserialize, Serialize};

use crate::id::SiteId;
use crate::permission::Permission;

/// Something changed. At most once and in no order: a lost event is repaired by [`Event::Resync`]
/// or by the next look.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// What a site is: its facts, its screen's key, its configuration, whether it is online.
    SiteChanged {
        /// The site.
        site: SiteId,
    },
    /// What a site's player does: what is on screen, what it fetches.
    SiteReported {
        /// The site.
        site: SiteId,
    },
    /// Plays of a site were stored.
    PlaysStored {
        /// The site.
        site: SiteId,
    },
    /// What a site's player shall be.
    StateChanged {
        /// The site.
        site: SiteId,
    },
    /// Alerts were opened, closed, acknowledged or muted.
    AlertsChanged,
    /// Files of the storage and videos of the library were found to differ, or no longer.
    StorageChanged,
    /// Some events were lost: everything on show may be old.
    Resync,
    /// An event that this version does not know.
    #[serde(other)]
    Other,
}

impl Event {
    /// What one must be allowed to hear of it; everybody may hear the rest.
    pub fn permission(self) -> Option<Permission> {
        match self {
            Self::SiteChanged { .. } | Self::SiteReported { .. } => Some(Permission::ViewSites),
            Self::PlaysStored { .. } => Some(Permission::ViewPlays),
            Self::StateChanged { .. } => Some(Permission::RunSite),
            Self::AlertsChanged => Some(Permission::ViewAlerts),
            Self::StorageChanged => Some(Permission::ViewVideos),
            Self::Resync | Self::Other => None,
        }
    }

    /// The site that it is about.
    pub fn site(self) -> Option<SiteId> {
        match self {
            Self::SiteChanged { site }
            | Self::SiteReported { site }
            | Self::PlaysStored { site }
            | Self::StateChanged { site } => Some(site),
            Self::AlertsChanged | Self::StorageChanged | Self::Resync | Self::Other => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_of_a_newer_server_is_read_as_unknown() {
        let site = SiteId::new();
        let text = serde_json::to_string(&Event::SiteReported { site }).unwrap();
        assert_eq!(
            text,
            format!("{{\"event\":\"site_reported\",\"site\":\"{site}\"}}")
        );
        let newer = "{\"event\":\"group_changed\",\"group\":7}";
        assert_eq!(serde_json::from_str::<Event>(newer).unwrap(), Event::Other);
    }
}
