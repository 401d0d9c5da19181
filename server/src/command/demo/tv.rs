//! What the trial player's own page shows, read as that page reads it.

use std::time::Duration;

use http::header;
use reqwest::Client;
use serde::Deserialize;
use serde_json::json;
use tokio::time::{Instant, sleep};

use crate::command::failure::Failure;

/// Where the player serves its pages.
pub const LISTEN: &str = "127.0.0.1:8080";
/// The TV's page, as people open it.
pub const PAGE: &str = "http://localhost:8080/tv";

/// How long the player may take to reach the server and to show a code.
const PATIENCE: Duration = Duration::from_secs(30);
const INTERVAL: Duration = Duration::from_millis(300);

/// What is on the screen.
#[derive(Deserialize)]
#[serde(tag = "page", rename_all = "snake_case")]
pub enum Tv {
    /// A code waits for an admin.
    #[serde(rename = "pairing")]
    Waiting(Shown),
    /// The screen belongs to a site.
    #[serde(alias = "playing")]
    Idle,
    /// Neither yet.
    #[serde(other)]
    Starting,
}

/// A code and its words.
#[derive(Deserialize)]
pub struct Shown {
    /// The code, `XXXX-XXXX`.
    pub code: String,
    /// The words that the dashboard must show too.
    pub words: [String; 2],
}

#[derive(Deserialize)]
struct Answer {
    lease: Option<String>,
    view: Tv,
}

/// Waits until the screen shows a code or belongs to a site.
pub async fn linked_or_waiting() -> Result<Tv, Failure> {
    until(
        |tv| !matches!(tv, Tv::Starting),
        "l’écran n’affiche pas de code",
    )
    .await
}

/// Waits until the screen belongs to a site.
pub async fn linked() -> Result<Tv, Failure> {
    until(|tv| matches!(tv, Tv::Idle), "l’écran ne se relie pas").await
}

async fn until(wanted: fn(&Tv) -> bool, otherwise: &str) -> Result<Tv, Failure> {
    let client = Client::builder().no_proxy().timeout(INTERVAL * 10).build();
    let client = client.map_err(|error| Failure::Demo(error.to_string()))?;
    let start = Instant::now();
    loop {
        match look(&client).await {
            Ok(tv) if wanted(&tv) => return Ok(tv),
            Ok(_) => {}
            Err(error) => tracing::debug!(%error, "the player's page does not answer yet"),
        }
        if start.elapsed() > PATIENCE {
            return Err(Failure::Demo(otherwise.to_owned()));
        }
        sleep(INTERVAL).await;
    }
}

/// Asks as a page that nobody sees, and gives back at once what a real page needs.
async fn look(client: &Client) -> Result<Tv, reqwest::Error> {
    let asked = json!({ "visibility": "hidden" });
    let answer: Answer = post(client, "lease", asked).await?.json().await?;
    if let Some(lease) = answer.lease {
        post(client, "release", json!({ "lease": lease })).await?;
    }
    Ok(answer.view)
}

async fn post(
    client: &Client,
    verb: &str,
    body: serde_json::Value,
) -> Result<reqwest::Response, reqwest::Error> {
    let request = client
        .post(format!("http://{LISTEN}/local/{verb}"))
        .header(header::ORIGIN, format!("http://{LISTEN}"))
        .json(&body);
    request.send().await?.error_for_status()
}
