//! What a player tells every 15 s.

use api::id::SiteId;
use api::player::Report;
use api::site::{Screen, SiteStatus};
use api::text::line;
use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter};

use crate::entity::{player, site};
use crate::{Domain, Result};

/// What changes with a start of the machine or an update, at most.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Machine {
    key_id: String,
    boot: uuid::Uuid,
    player_version: String,
    clock: &'static str,
}

/// Longest version of a player that is kept, in characters.
const VERSION_CHARACTERS: usize = 40;

/// Writes what the report says of `site`, whose player holds `key_id`.
pub(super) async fn take(
    domain: &Domain,
    site: SiteId,
    key_id: &str,
    report: &Report,
) -> Result<()> {
    let machine = Machine {
        key_id: key_id.to_owned(),
        boot: report.boot_id.0,
        player_version: line(&report.player_version)
            .chars()
            .take(VERSION_CHARACTERS)
            .collect(),
        clock: report.clock.as_str(),
    };
    let transaction = domain.inner.database.write().await?;
    site::Entity::update_many()
        .set(columns(report, domain.inner.clock.now()))
        .filter(site::COLUMN.id.eq(site.0))
        .exec(&transaction)
        .await?;
    if !domain.inner.players.knows_machine(site, &machine) {
        write_machine(&transaction, site, &machine).await?;
    }
    transaction.commit().await?;
    domain.inner.players.remember_machine(site, machine);
    Ok(())
}

fn columns(report: &Report, now: DateTime<Utc>) -> site::ActiveModel {
    let downloads = report.downloads;
    let playing = (report.screen.screen == Screen::Playing).then_some(report.screen);
    site::ActiveModel {
        status: Set(SiteStatus::Online.as_str().to_owned()),
        last_seen: Set(Some(now)),
        screen: Set(report.screen.screen.as_str().to_owned()),
        on_screen_video_id: Set(playing.and_then(|screen| screen.video_id).map(|id| id.0)),
        on_screen_position_ms: Set(playing.map_or(0, |screen| stored(screen.position_ms))),
        applied_version: Set(report.configuration_version),
        download_files: Set(Some(i32::try_from(downloads.files).unwrap_or(i32::MAX))),
        download_files_ready: Set(Some(
            i32::try_from(downloads.files_ready).unwrap_or(i32::MAX),
        )),
        download_bytes: Set(Some(stored(downloads.bytes))),
        download_bytes_ready: Set(Some(stored(downloads.bytes_ready))),
        waiting_plays: Set(Some(stored(report.waiting_plays))),
        ..Default::default()
    }
}

async fn write_machine(
    transaction: &impl ConnectionTrait,
    site: SiteId,
    machine: &Machine,
) -> Result<()> {
    let columns = player::ActiveModel {
        last_boot_id: Set(Some(machine.boot)),
        player_version: Set(Some(machine.player_version.clone())),
        clock: Set(Some(machine.clock.to_owned())),
        ..Default::default()
    };
    player::Entity::update_many()
        .set(columns)
        .filter(player::COLUMN.site_id.eq(site.0))
        .filter(player::COLUMN.key_id.eq(&machine.key_id))
        .exec(transaction)
        .await?;
    Ok(())
}

/// A count as the database keeps it.
fn stored(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
