//! Between the row of a site and what crosses the wire.

use api::enrolment::Hardware;
use api::id::{SiteId, VideoId};
use api::player::Downloads;
use api::site::{NewSite, OnScreen, Screen, Site, SitePlayer, SiteStatus};
use sea_orm::Set;

use crate::entity::{player, site, video};

/// The columns that people edit.
pub(super) fn facts(site: &NewSite) -> site::ActiveModel {
    site::ActiveModel {
        name: Set(site.name.clone()),
        club: Set(site.club.clone()),
        city: Set(site.city.clone()),
        time_zone: Set(site.time_zone.clone()),
        ..Default::default()
    }
}

/// The same columns of a row.
pub(super) fn facts_of(row: site::Model) -> NewSite {
    NewSite {
        name: row.name,
        club: row.club,
        city: row.city,
        time_zone: row.time_zone,
    }
}

/// A site and the video that was on its screen.
pub(super) fn site(row: site::Model, on_screen: Option<video::Model>) -> Site {
    let position_ms = unsigned(row.on_screen_position_ms);
    Site {
        id: SiteId(row.id),
        status: SiteStatus::from_column(&row.status),
        last_seen: row.last_seen,
        is_active: row.is_active,
        clone_seen_at: row.clone_seen_at,
        screen: Screen::from_column(&row.screen),
        on_screen: on_screen.map(|video| OnScreen {
            video_id: VideoId(video.id),
            name: video.name,
            duration_ms: unsigned(video.duration_ms),
            position_ms,
            has_thumbnail: video.has_thumbnail,
        }),
        published_version: row.published_version,
        applied_version: row.applied_version,
        name: row.name,
        club: row.club,
        city: row.city,
        time_zone: row.time_zone,
    }
}

/// A site's player, with what the site's row knows from its last report.
pub(super) fn player(row: player::Model, site: &site::Model) -> SitePlayer {
    SitePlayer {
        key_id: row.key_id,
        // Facts that this version cannot read are worth nothing, and no reason to fail.
        hardware: serde_json::from_value::<Hardware>(row.hardware).unwrap_or_default(),
        accepted_at: row.accepted_at,
        downloads: downloads(site),
        waiting_plays: site.waiting_plays.map(unsigned),
    }
}

fn downloads(site: &site::Model) -> Option<Downloads> {
    Some(Downloads {
        files: site.download_files?.try_into().unwrap_or_default(),
        files_ready: site.download_files_ready?.try_into().unwrap_or_default(),
        bytes: unsigned(site.download_bytes?),
        bytes_ready: unsigned(site.download_bytes_ready?),
    })
}

fn unsigned(column: i64) -> u64 {
    column.try_into().unwrap_or_default()
}
