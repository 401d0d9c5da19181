//! What pages say to the player, and what they are told to show.

use api::id::PlayId;
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use super::refusal::Refusal;
use crate::parts::Parts;
use crate::show::{ClipReport, ClipState, Frames, View, Visibility};

/// A tab asks to speak for the screen.
#[derive(Deserialize)]
pub(super) struct LeaseRequest {
    visibility: Visibility,
}

/// What a tab shows, and whether it speaks for the screen.
#[derive(Serialize)]
pub(super) struct LeaseAnswer {
    /// Its secret; none while another tab holds the lease: then it is a mirror that counts nothing.
    lease: Option<String>,
    view: View,
}

/// The whole state of the page that speaks for the screen: sent on every change and each second,
/// so that a lost report loses nothing.
#[derive(Deserialize)]
pub(super) struct PageReport {
    lease: String,
    visibility: Visibility,
    /// The clip that it was told to show; none on a page without one.
    clip: Option<PageClip>,
}

#[derive(Deserialize)]
struct PageClip {
    token: PlayId,
    state: PageClipState,
    /// Frames presented since the clip was loaded.
    frames: u64,
    /// Where in the clip the last one lies.
    media_ms: u64,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum PageClipState {
    Playing,
    Ended,
    Failed,
}

/// What the page shows next.
#[derive(Serialize)]
pub(super) struct ReportAnswer {
    view: View,
}

#[derive(Deserialize)]
struct Release {
    lease: String,
}

pub(super) async fn ask_lease(
    State(parts): State<Parts>,
    request: Result<Json<LeaseRequest>, JsonRejection>,
) -> Result<Json<LeaseAnswer>, Refusal> {
    let Json(request) = request?;
    Ok(Json(LeaseAnswer {
        lease: parts.screen.ask_lease(request.visibility),
        view: parts.screen.view(),
    }))
}

pub(super) async fn report(
    State(parts): State<Parts>,
    report: Result<Json<PageReport>, JsonRejection>,
) -> Result<Json<ReportAnswer>, Refusal> {
    let Json(report) = report?;
    let clip = report.clip.map(ClipReport::from);
    parts
        .screen
        .report(&report.lease, report.visibility, clip)?;
    Ok(Json(ReportAnswer {
        view: parts.screen.view(),
    }))
}

/// A closing tab's beacon cannot say that it is JSON everywhere; its bytes are.
pub(super) async fn release(
    State(parts): State<Parts>,
    body: Bytes,
) -> Result<StatusCode, Refusal> {
    let release: Release = serde_json::from_slice(&body).map_err(|_| Refusal::Invalid)?;
    parts.screen.release(&release.lease)?;
    Ok(StatusCode::NO_CONTENT)
}

impl From<PageClip> for ClipReport {
    fn from(clip: PageClip) -> Self {
        Self {
            token: clip.token,
            state: match clip.state {
                PageClipState::Playing => ClipState::Playing,
                PageClipState::Ended => ClipState::Ended,
                PageClipState::Failed => ClipState::Failed,
            },
            frames: Frames {
                presented: clip.frames,
                media_ms: clip.media_ms,
            },
        }
    }
}
