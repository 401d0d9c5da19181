//! The player's journal of plays, as JSON lines.

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;

use super::refusal::Refusal;
use crate::parts::Parts;
use crate::spool::JournalEntry;

/// Where the journal is.
pub(crate) const PATH: &str = "/journal";

/// Every play that the journal keeps, oldest first.
pub(super) async fn lines(State(parts): State<Parts>) -> Result<impl IntoResponse, Refusal> {
    let entries = tokio::task::spawn_blocking(move || parts.spool.journal()).await;
    let entries = entries.map_err(|_| Refusal::Internal)?.map_err(|error| {
        tracing::error!(%error, "the journal cannot be read");
        Refusal::Internal
    })?;
    Ok(([(CONTENT_TYPE, "application/x-ndjson")], text(&entries)))
}

/// The journal as it is printed: one JSON object for each play.
pub(crate) fn text(entries: &[JournalEntry]) -> String {
    let mut text = String::new();
    for entry in entries {
        text += &serde_json::to_string(entry).expect("plays are plain data");
        text.push('\n');
    }
    text
}
