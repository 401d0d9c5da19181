//! Between the row of a site and what crosses the wire.

use api::enrolment::Hardware;
use api::hours::ExpectedHours;
use api::id::{SiteId, VideoId};
use api::player::Report;
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
        expected_hours: Set(serde_json::to_value(&site.expected_hours).ok()),
        ..Default::default()
    }
}

/// The same columns of a row.
pub(super) fn facts_of(row: site::Model) -> NewSite {
    NewSite {
        expected_hours: expected_hours(&row),
        name: row.name,
        club: row.club,
        city: row.city,
        time_zone: row.time_zone,
    }
}

/// When a site's screen is expected to run; the usual hours where nobody said.
pub(crate) fn expected_hours(row: &site::Model) -> ExpectedHours {
    let hours = row.expected_hours.clone();
    hours
        .and_then(|hours| serde_json::from_value(hours).ok())
        .unwrap_or_default()
}

/// A site and the video that was on its screen.
pub(super) fn site(row: site::Model, on_screen: Option<video::Model>) -> Site {
    let report = report(&row);
    let screen = report.map(|report| report.screen).unwrap_or_default();
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
            duration_ms: video.duration_ms.try_into().unwrap_or_default(),
            position_ms: screen.position_ms,
            since: screen.since,
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

/// The last report, if this version can read it.
fn report(row: &site::Model) -> Option<Report> {
    serde_json::from_value(row.report.clone()?).ok()
}

/// A site's player, with what the site's row knows from its last report.
pub(super) fn player(row: player::Model, site: &site::Model) -> SitePlayer {
    let report = report(site);
    let reported = report.as_ref();
    SitePlayer {
        key_id: row.key_id,
        // Facts that this version cannot read are worth nothing, and no reason to fail.
        hardware: serde_json::from_value::<Hardware>(row.hardware).unwrap_or_default(),
        accepted_at: row.accepted_at,
        version: row.player_version.filter(|version| !version.is_empty()),
        downloads: reported.map(|report| report.downloads),
        fetching: reported.and_then(|report| report.fetching),
        waiting_plays: reported.map(|report| report.waiting_plays),
        lost_plays: reported.and_then(|report| report.lost_plays),
        clock_ahead_s: reported.and_then(|report| report.clock_ahead_s),
        metrics: reported.map(|report| report.metrics).unwrap_or_default(),
        passed_over: report.map(|report| report.passed_over).unwrap_or_default(),
    }
}
