use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use http::StatusCode;
use http::header::DATE;
use reqwest::{Client, Response};
use secrecy::ExposeSecret;
use serde::Deserialize;

use super::{Finding, State};
use domain::settings::SupabaseProject;

const PATIENCE: Duration = Duration::from_secs(10);
/// The buckets of the guide's step 3.5.
const BUCKETS: [&str; 2] = ["videos", "software-updates"];
/// A clock further off than this makes codes and signatures wrong.
const CLOCK: TimeDelta = TimeDelta::seconds(60);
pub(super) const STORAGE: &str = "Stockage Supabase";
const TIME: &str = "Horloge";

/// What matters of a bucket; errors come with a status of their own, in a 400.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
struct Bucket {
    public: bool,
    status_code: String,
}

pub(super) async fn check(supabase: &SupabaseProject) -> Vec<Finding> {
    let mut found = Vec::new();
    for bucket in BUCKETS {
        match ask(supabase, bucket).await {
            Ok(answer) => {
                if found.is_empty() {
                    found.extend(clock(&answer));
                }
                found.push(read(bucket, answer).await);
            }
            Err(cause) => {
                let cause = cause.without_url();
                let message = format!("{} ne répond pas ({cause})", supabase.url);
                let finding = Finding::new(STORAGE, State::Failed, message);
                found.push(finding.advise("Vérifiez SUPABASE_URL (Settings → API → Project URL)."));
                break;
            }
        }
    }
    found
}

async fn ask(supabase: &SupabaseProject, bucket: &str) -> Result<Response, reqwest::Error> {
    let key = supabase.service_key.expose_secret();
    let url = format!("{}/storage/v1/bucket/{bucket}", supabase.url);
    let client = Client::builder().timeout(PATIENCE).build()?;
    let request = client.get(url).bearer_auth(key).header("apikey", key);
    request.send().await
}

async fn read(bucket: &str, answer: Response) -> Finding {
    let status = answer.status();
    let body: Bucket = answer.json().await.unwrap_or_default();
    let failed = |message: String| Finding::new(STORAGE, State::Failed, message);
    match (status, body.status_code.as_str()) {
        (StatusCode::OK, _) if body.public => Finding::new(
            STORAGE,
            State::Ok,
            format!("le bucket « {bucket} » existe et il est public"),
        ),
        (StatusCode::OK, _) => failed(format!("le bucket « {bucket} » n’est pas public"))
            .advise("Storage → le bucket → Edit bucket → cochez Public bucket (guide, étape 3.5)."),
        (StatusCode::NOT_FOUND, _) | (_, "404") => {
            failed(format!("le bucket « {bucket} » n’existe pas"))
                .advise("Storage → New bucket, avec ce nom exact (guide, étape 3.5).")
        }
        (StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN, _) | (_, "401" | "403") => failed(
            "la clé est refusée".to_owned(),
        )
        .advise(
            "SUPABASE_SERVICE_KEY doit être la clé service_role de ce projet (guide, étape 3.4).",
        ),
        (status, _) => failed(format!("réponse {status} pour le bucket « {bucket} »")),
    }
}

/// How far this machine's clock is from the answer's.
fn clock(answer: &Response) -> Option<Finding> {
    let date = answer.headers().get(DATE)?.to_str().ok()?;
    let there = DateTime::parse_from_rfc2822(date).ok()?.to_utc();
    let ahead = Utc::now() - there;
    if ahead.abs() < CLOCK {
        return Some(Finding::new(TIME, State::Ok, "à l’heure"));
    }
    let side = if ahead > TimeDelta::zero() {
        "avance"
    } else {
        "retarde"
    };
    let message = format!("cette machine {side} de {} s", ahead.abs().num_seconds());
    let finding = Finding::new(TIME, State::Failed, message);
    Some(finding.advise("Réglez l’horloge de la machine (timedatectl set-ntp true)."))
}
