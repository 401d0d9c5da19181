//! A TV that is on all the time: shows whatever the player of a folder tells it, run after run.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use reqwest::Client;
use serde_json::{Value, json};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep};

/// How often the page speaks.
const PULSE: Duration = Duration::from_millis(30);

/// The TV, on until it is dropped.
pub struct Hall {
    task: JoinHandle<()>,
}

impl Hall {
    /// Shows clips of this length.
    pub fn open(data: &Path, clip: Duration) -> Self {
        let tv = Tv {
            http: Client::builder().no_proxy().build().unwrap(),
            data: data.to_owned(),
            clip,
            lease: None,
            showing: None,
        };
        Self {
            task: tokio::spawn(tv.watch()),
        }
    }
}

impl Drop for Hall {
    fn drop(&mut self) {
        self.task.abort();
    }
}

struct Tv {
    http: Client,
    data: PathBuf,
    clip: Duration,
    lease: Option<String>,
    showing: Option<(String, Instant)>,
}

impl Tv {
    async fn watch(mut self) {
        loop {
            // The player is off, or was cut in the middle of a word: the TV goes on trying.
            if self.pulse().await.is_none() {
                self.lease = None;
            }
            sleep(PULSE).await;
        }
    }

    async fn pulse(&mut self) -> Option<()> {
        let view = match &self.lease {
            None => {
                let answer = self
                    .post("lease", &json!({"visibility": "visible"}))
                    .await?;
                self.lease = Some(answer["lease"].as_str()?.to_owned());
                answer["view"].clone()
            }
            Some(lease) => {
                let report = json!({
                    "lease": lease, "visibility": "visible", "clip": self.clip_now(),
                });
                self.post("report", &report).await?["view"].clone()
            }
        };
        let token = view["current"]["token"].as_str();
        let shown = self.showing.as_ref().map(|(token, _)| token.as_str());
        if token != shown {
            self.showing = token.map(|token| (token.to_owned(), Instant::now()));
        }
        Some(())
    }

    fn clip_now(&self) -> Value {
        let Some((token, since)) = &self.showing else {
            return Value::Null;
        };
        let shown = since.elapsed().min(self.clip);
        let state = if shown == self.clip {
            "ended"
        } else {
            "playing"
        };
        let media_ms = u64::try_from(shown.as_millis()).unwrap();
        json!({"token": token, "state": state, "frames": 1 + media_ms / 10, "media_ms": media_ms})
    }

    async fn post(&self, path: &str, body: &Value) -> Option<Value> {
        let address = std::fs::read_to_string(self.data.join("address")).ok()?;
        let address: SocketAddr = address.parse().ok()?;
        let url = format!("http://{address}/local/{path}");
        let request = self.http.post(url).json(body);
        let request = request.header("origin", format!("http://{address}"));
        let answer = request.timeout(Duration::from_secs(2)).send().await.ok()?;
        let answer = answer.error_for_status().ok()?;
        answer.json().await.ok()
    }
}
