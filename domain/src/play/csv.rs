//! Plays as a table for Excel.

use std::fmt::Write;

use api::report::PlayFilter;
use bytes::Bytes;
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use futures::{Stream, StreamExt, TryStreamExt, stream};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::report::Range;
use crate::entity::play;
use crate::{Domain, Result};

/// Plays of one piece: about 200 KiB of text.
const PIECE: u64 = 1000;

/// Without the mark, Excel takes UTF-8 for its old code page.
const HEADER: &str = "\u{feff}Jour;Heure;Décalage;Site;Vidéo;Durée (s);Affichée (s);Résultat;\
    Horloge;Compte;Motif;Version;Identifiant;Au plus tôt;Au plus tard\r\n";

/// The last play of a piece, in the order of the table.
type Position = (Uuid, DateTime<Utc>, Uuid);

/// The header, then the plays of every day by site and time. Each piece is read in a
/// transaction of its own, so that a slow reader holds nothing open.
pub(super) fn stream(
    domain: Domain,
    filter: PlayFilter,
    range: Range,
) -> impl Stream<Item = Result<Bytes>> + Send + 'static {
    let header = stream::once(async { Ok(Bytes::from_static(HEADER.as_bytes())) });
    let days = stream::iter(range.days());
    header.chain(days.flat_map(move |day| of_day(domain.clone(), filter.clone(), day)))
}

fn of_day(
    domain: Domain,
    filter: PlayFilter,
    day: NaiveDate,
) -> impl Stream<Item = Result<Bytes>> + Send {
    stream::try_unfold(Some(None), move |after: Option<Option<Position>>| {
        let (domain, filter) = (domain.clone(), filter.clone());
        async move {
            let Some(after) = after else {
                return Ok(None);
            };
            let rows = page(&domain, &filter, day, after).await?;
            let next = match rows.last() {
                Some(last) if rows.len() as u64 == PIECE => {
                    Some(Some((last.site_id, last.played_at, last.id)))
                }
                _ => None,
            };
            let mut text = String::new();
            for row in &rows {
                line(&mut text, row);
            }
            Ok(Some((Bytes::from(text), next)))
        }
    })
    .try_filter(|piece| std::future::ready(!piece.is_empty()))
}

async fn page(
    domain: &Domain,
    filter: &PlayFilter,
    day: NaiveDate,
    after: Option<Position>,
) -> Result<Vec<play::Model>> {
    let column = &play::COLUMN;
    let mut rows = play::Entity::find().filter(column.local_day.eq(day));
    if let Some(site) = filter.site {
        rows = rows.filter(column.site_id.eq(site.0));
    }
    if let Some(video) = filter.video {
        rows = rows.filter(column.video_id.eq(video.0));
    }
    if let Some((site, played_at, id)) = after {
        let order = [
            play::Column::SiteId,
            play::Column::PlayedAt,
            play::Column::Id,
        ];
        let position = Expr::tuple(order.map(Expr::col));
        let last = [Expr::value(site), Expr::value(played_at), Expr::value(id)];
        rows = rows.filter(position.gt(Expr::tuple(last)));
    }
    let transaction = domain.inner.database.read().await?;
    let rows = rows
        .order_by_asc(play::Column::SiteId)
        .order_by_asc(play::Column::PlayedAt)
        .order_by_asc(play::Column::Id)
        .limit(PIECE)
        .all(&transaction)
        .await?;
    Ok(rows)
}

fn line(text: &mut String, row: &play::Model) {
    let offset = FixedOffset::east_opt(row.utc_offset_s);
    let there = |time: DateTime<Utc>| {
        offset.map_or(time.fixed_offset(), |offset| time.with_timezone(&offset))
    };
    let on_site = |time| there(time).format("%Y-%m-%d %H:%M:%S").to_string();
    let local = there(row.played_at);
    let cells = [
        local.format("%Y-%m-%d").to_string(),
        local.format("%H:%M:%S").to_string(),
        local.format("UTC%:z").to_string(),
        row.site_name.clone(),
        row.video_name.clone(),
        seconds(row.duration_ms),
        seconds(row.shown_ms),
        outcome(&row.outcome).to_owned(),
        clock(&row.clock).to_owned(),
        if row.quarantine.is_some() {
            "non"
        } else {
            "oui"
        }
        .to_owned(),
        row.quarantine.as_deref().map_or("", reason).to_owned(),
        row.configuration_version.to_string(),
        row.id.to_string(),
        row.not_before.map_or_else(String::new, on_site),
        row.not_after.map_or_else(String::new, on_site),
    ];
    text.push_str(&cells.map(|text| cell(&text)).join(";"));
    text.push_str("\r\n");
}

/// Milliseconds as seconds with a comma.
fn seconds(milliseconds: i64) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = write!(text, "{},{:03}", milliseconds / 1000, milliseconds % 1000);
    text
}

fn outcome(column: &str) -> &str {
    match column {
        "completed" => "complète",
        "skipped" => "écourtée",
        "error" => "erreur",
        "cut" => "coupée",
        other => other,
    }
}

fn clock(column: &str) -> &str {
    match column {
        "synced" => "à l’heure",
        "unsynced" => "non réglée",
        other => other,
    }
}

fn reason(column: &str) -> &str {
    match column {
        "unknown_video" => "vidéo inconnue",
        "impossible_duration" => "durée impossible",
        "impossible_time" => "date impossible",
        other => other,
    }
}

/// A cell that is shown and never run: Excel takes what begins like this for a formula.
fn cell(text: &str) -> String {
    let runs = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    let text = if runs {
        format!("'{text}")
    } else {
        text.to_owned()
    };
    if text.contains([';', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::{cell, seconds};

    #[test]
    fn cells_are_never_formulas() {
        for (text, expected) in [
            ("Boulangerie", "Boulangerie"),
            ("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""),
            ("+33 1", "'+33 1"),
            ("-1", "'-1"),
            ("@SUM", "'@SUM"),
            ("a;b", "\"a;b\""),
            ("\tx", "'\tx"),
        ] {
            assert_eq!(cell(text), expected);
        }
    }

    #[test]
    fn seconds_have_a_comma() {
        assert_eq!(seconds(12_045), "12,045");
        assert_eq!(seconds(7), "0,007");
    }
}
