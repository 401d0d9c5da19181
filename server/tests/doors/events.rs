//! Streams of events.

use std::time::Duration;

use api::error::ErrorCode;
use api::path;
use axum::body::{Body, BodyDataStream};
use futures::StreamExt;
use http::{Response, header};

use crate::support::{TestApp, TestScreen};

/// What is sent, as it is sent.
struct Stream {
    pieces: BodyDataStream,
    said: String,
}

impl Stream {
    fn of(response: Response<Body>) -> Self {
        assert_eq!(response.status(), 200);
        let headers = response.headers();
        assert_eq!(headers[header::CONTENT_TYPE], "text/event-stream");
        assert_eq!(headers[header::CACHE_CONTROL], "no-cache");
        assert!(!headers.contains_key(header::CONTENT_ENCODING));
        Self {
            pieces: response.into_body().into_data_stream(),
            said: String::new(),
        }
    }

    /// Reads on until it said `words`.
    async fn until(&mut self, words: &str) {
        while !self.said.contains(words) {
            assert!(self.more().await, "it ended after {}", self.said);
        }
    }

    /// Reads on; false at the end.
    async fn more(&mut self) -> bool {
        let piece = tokio::time::timeout(Duration::from_secs(10), self.pieces.next());
        let Some(piece) = piece.await.expect("something in time") else {
            return false;
        };
        self.said
            .push_str(std::str::from_utf8(&piece.unwrap()).unwrap());
        true
    }
}

#[tokio::test]
async fn a_person_hears_of_changes_until_the_session_ends() {
    let app = TestApp::start().await;
    let admin = app.admin().await.with(header::ACCEPT_ENCODING, "br, gzip");
    let mut stream = Stream::of(admin.open(path::EVENTS).await);
    stream.until("data: {\"event\":\"resync\"}\n").await;
    assert!(stream.said.contains("id: "), "{}", stream.said);
    let site = app.site("Rennes").await;
    let changed = format!("data: {{\"event\":\"site_changed\",\"site\":\"{site}\"}}\n");
    stream.until(&changed).await;
    assert_eq!(admin.delete("/api/v1/session").await.status, 204);
    while stream.more().await {}
}

#[tokio::test]
async fn a_player_hears_of_its_state() {
    let app = TestApp::start().await;
    let site = app.site("Rennes").await;
    let screen = TestScreen::new(1);
    screen.link(&app, site).await;
    let player = screen.visitor(&app).await;
    let mut stream = Stream::of(player.open(path::PLAYER_EVENTS).await);
    let video = app.video("sound.mp4").await;
    app.publish(site, vec![video]).await;
    stream.until("event: state-changed\ndata: {}\n").await;
}

#[tokio::test]
async fn nobody_listens_at_the_others_door() {
    let app = TestApp::start().await;
    let site = app.site("Rennes").await;
    let screen = TestScreen::new(1);
    screen.link(&app, site).await;
    let player = screen.visitor(&app).await;
    for refused in [
        player.get(path::EVENTS).await,
        app.admin().await.get(path::PLAYER_EVENTS).await,
    ] {
        assert_eq!(refused.refusal(), (403, ErrorCode::Forbidden));
    }
}
