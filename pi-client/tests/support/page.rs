//! The TV's page without a browser: says what a test wants it to say.

use std::net::SocketAddr;
use std::time::Duration;

use pi_client::Player;
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};

/// One tab.
pub struct Page {
    http: Client,
    origin: String,
    pub lease: Option<String>,
    pub view: Value,
}

impl Page {
    /// Opens `/tv`.
    pub async fn open(player: &Player) -> Self {
        Self::open_at(player.local_addr()).await
    }

    /// Opens `/tv` of the player at this address.
    pub async fn open_at(address: SocketAddr) -> Self {
        let mut page = Self {
            http: Client::builder().no_proxy().build().unwrap(),
            origin: format!("http://{address}"),
            lease: None,
            view: Value::Null,
        };
        page.ask().await;
        page
    }

    /// Asks to speak for the screen.
    pub async fn ask(&mut self) {
        let answer = self
            .post("/local/lease", &json!({"visibility": "visible"}))
            .await;
        assert_eq!(answer.status(), StatusCode::OK);
        let answer: Value = answer.json().await.unwrap();
        self.lease = answer["lease"].as_str().map(str::to_owned);
        self.view = answer["view"].clone();
    }

    /// Says how the current clip is.
    pub async fn says(&mut self, state: &str, frames: u64, media_ms: u64) {
        let report = self.report_of("visible", state, frames, media_ms);
        self.view = self.send(&report).await;
    }

    /// Somebody put another window over it.
    pub async fn hides(&mut self, frames: u64, media_ms: u64) {
        let report = self.report_of("hidden", "playing", frames, media_ms);
        self.view = self.send(&report).await;
    }

    /// Plays the current clip from its first frame to its end, in real time.
    pub async fn plays(&mut self, duration_ms: u64) {
        self.says("playing", 1, 0).await;
        tokio::time::sleep(Duration::from_millis(duration_ms)).await;
        self.says("ended", duration_ms / 40, duration_ms).await;
    }

    /// Waits until the player shows this page.
    pub async fn until(&mut self, page: &str) {
        for _ in 0..400 {
            let report = json!({"lease": self.lease, "visibility": "visible", "clip": null});
            self.view = self.send(&report).await;
            if self.view["page"] == page {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("waited for {page} in vain: {}", self.view);
    }

    pub fn token(&self) -> String {
        self.view["current"]["token"].as_str().unwrap().to_owned()
    }

    /// A report on the current clip as this tab would send it.
    pub fn report_of(&self, visibility: &str, state: &str, frames: u64, media_ms: u64) -> Value {
        let clip = json!({
            "token": self.token(), "state": state, "frames": frames, "media_ms": media_ms,
        });
        json!({"lease": self.lease, "visibility": visibility, "clip": clip})
    }

    pub async fn post(&self, path: &str, body: &Value) -> Response {
        let request = self
            .request(Method::POST, path)
            .header("origin", &self.origin);
        request.json(body).send().await.unwrap()
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.origin))
    }

    async fn send(&self, report: &Value) -> Value {
        let answer = self.post("/local/report", report).await;
        assert_eq!(answer.status(), StatusCode::OK);
        let answer: Value = answer.json().await.unwrap();
        answer["view"].clone()
    }
}
