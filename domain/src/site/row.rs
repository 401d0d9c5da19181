//! Between the row of a site and what crosses the wire.

use api::enrolment::Hardware;
use api::hours::ExpectedHours;
use api::id::{SiteId, VideoId};
use api::player::Report;
use api::site::{NewSite, OnScreen, Screen, Site, SitePlayer, SiteStatus};
use chrono::{DateTime, Utc};
use sea_orm::{
    DbErr, FromQueryResult, QueryResult, QuerySelect, Select, SelectModel, Selector, Set,
    TryGetable,
};
use serde::Deserialize;
use uuid::Uuid;

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
    hours_of(row.expected_hours.as_ref())
}

/// The same, of the column alone.
pub(crate) fn hours_of(column: Option<&serde_json::Value>) -> ExpectedHours {
    column
        .and_then(|hours| ExpectedHours::deserialize(hours).ok())
        .unwrap_or_default()
}

/// The columns of a site that lists show, and those of the video that was on its screen.
pub(super) struct Listed {
    id: Uuid,
    name: String,
    club: String,
    city: String,
    time_zone: String,
    is_active: bool,
    published_version: Option<i32>,
    status: String,
    last_seen: Option<DateTime<Utc>>,
    clone_seen_at: Option<DateTime<Utc>>,
    screen: String,
    applied_version: Option<i32>,
    on_screen_video_id: Option<Uuid>,
    on_screen_since: Option<DateTime<Utc>>,
    on_screen_position_ms: Option<i64>,
    video_name: Option<String>,
    video_duration_ms: Option<i64>,
    video_has_thumbnail: Option<bool>,
}

impl Listed {
    /// Selects them; `sites` is joined with [`video::Entity`].
    pub(super) fn select(sites: Select<site::Entity>) -> Selector<SelectModel<Self>> {
        use site::Column::{
            AppliedVersion, City, CloneSeenAt, Club, Id, IsActive, LastSeen, Name,
            OnScreenPositionMs, OnScreenSince, OnScreenVideoId, PublishedVersion, Screen, Status,
            TimeZone,
        };
        let facts = [Id, Name, Club, City, TimeZone, IsActive, PublishedVersion];
        let reported = [Status, LastSeen, CloneSeenAt, Screen, AppliedVersion];
        let on_screen = [OnScreenVideoId, OnScreenSince, OnScreenPositionMs];
        sites
            .select_only()
            .columns(facts)
            .columns(reported)
            .columns(on_screen)
            .column_as(video::Column::Name, "video_name")
            .column_as(video::Column::DurationMs, "video_duration_ms")
            .column_as(video::Column::HasThumbnail, "video_has_thumbnail")
            .into_model()
    }

    fn on_screen(&mut self) -> Option<OnScreen> {
        Some(OnScreen {
            video_id: VideoId(self.on_screen_video_id?),
            name: self.video_name.take()?,
            duration_ms: whole(self.video_duration_ms),
            position_ms: whole(self.on_screen_position_ms),
            since: self.on_screen_since,
            has_thumbnail: self.video_has_thumbnail.unwrap_or_default(),
        })
    }
}

/// Columns by their place, in the order of [`Listed::select`]: looked up by name they took longer to
/// read than a row takes to draw.
impl FromQueryResult for Listed {
    fn from_query_result(row: &QueryResult, _prefix: &str) -> Result<Self, DbErr> {
        let mut columns = Columns { row, next: 0 };
        Ok(Self {
            id: columns.next()?,
            name: columns.next()?,
            club: columns.next()?,
            city: columns.next()?,
            time_zone: columns.next()?,
            is_active: columns.next()?,
            published_version: columns.next()?,
            status: columns.next()?,
            last_seen: columns.next()?,
            clone_seen_at: columns.next()?,
            screen: columns.next()?,
            applied_version: columns.next()?,
            on_screen_video_id: columns.next()?,
            on_screen_since: columns.next()?,
            on_screen_position_ms: columns.next()?,
            video_name: columns.next()?,
            video_duration_ms: columns.next()?,
            video_has_thumbnail: columns.next()?,
        })
    }
}

struct Columns<'a> {
    row: &'a QueryResult,
    next: usize,
}

impl Columns<'_> {
    fn next<T: TryGetable>(&mut self) -> Result<T, DbErr> {
        let column = self.next;
        self.next += 1;
        self.row.try_get_by_index(column)
    }
}

fn whole(milliseconds: Option<i64>) -> u64 {
    milliseconds.map_or(0, |value| value.try_into().unwrap_or_default())
}

/// A site and the video that was on its screen.
pub(super) fn site(mut row: Listed) -> Site {
    let on_screen = row.on_screen();
    Site {
        id: SiteId(row.id),
        status: SiteStatus::from_column(&row.status),
        last_seen: row.last_seen,
        is_active: row.is_active,
        clone_seen_at: row.clone_seen_at,
        screen: Screen::from_column(&row.screen),
        on_screen,
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
