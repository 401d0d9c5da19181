//! The doctor, on an embedded database and before a stand-in for Supabase.

use serde_json::json;
use server::check::{Finding, State, everything};
use server::settings::Settings;
use server::settings::variables::Variables;
use tempfile::TempDir;

use crate::support::supabase::{KEY, Supabase};

async fn found(variables: &[(&str, &str)]) -> Vec<Finding> {
    let folder = TempDir::new().unwrap();
    let mut all = vec![("NEOPRO_DATA", folder.path().to_str().unwrap())];
    all.extend(variables);
    everything(&Settings::read(Variables::of(&all)).unwrap()).await
}

fn of<'a>(found: &'a [Finding], part: &str) -> Vec<(State, &'a str)> {
    let own = found.iter().filter(|finding| finding.part == part);
    own.map(|finding| (finding.state, finding.message.as_str()))
        .collect()
}

#[tokio::test]
async fn the_embedded_default_is_well() {
    let found = found(&[]).await;
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        of(&found, "Base de données")[0].1.starts_with("SQLite"),
        "{found:?}"
    );
    assert!(
        found.iter().all(|finding| finding.state != State::Failed),
        "{found:?}"
    );
}

#[tokio::test]
async fn a_look_at_an_empty_machine_leaves_it_empty() {
    let parent = TempDir::new().unwrap();
    let data = parent.path().join("data");
    let variables = [("NEOPRO_DATA", data.to_str().unwrap())];
    let found = everything(&Settings::read(Variables::of(&variables)).unwrap()).await;
    assert!(
        found.iter().all(|finding| finding.state == State::Ok),
        "{found:?}"
    );
    assert!(!data.exists());
}

#[tokio::test]
async fn a_bucket_that_is_missing_or_private_is_named() {
    let public = json!({ "name": "software-updates", "public": true });
    let private = json!({ "name": "software-updates", "public": false });
    for (other, state, words) in [
        (Some(public), State::Ok, "existe et il est public"),
        (Some(private), State::Failed, "n’est pas public"),
        (None, State::Failed, "n’existe pas"),
    ] {
        let url = Supabase::start(other).await.url;
        let found = found(&[("SUPABASE_URL", &url), ("SUPABASE_SERVICE_KEY", KEY)]).await;
        let buckets = of(&found, "Stockage Supabase");
        assert_eq!(buckets[0].0, State::Ok, "{found:?}");
        assert_eq!(buckets[1].0, state);
        assert!(
            buckets[1].1.contains("« software-updates »") && buckets[1].1.contains(words),
            "{found:?}"
        );
        assert_eq!(of(&found, "Horloge"), [(State::Ok, "à l’heure")]);
    }
}

#[tokio::test]
async fn a_refused_key_and_a_silent_address_are_told_apart_and_not_repeated() {
    let url = Supabase::start(None).await.url;
    let other = KEY.replace('9', "8");
    let refused = found(&[("SUPABASE_URL", &url), ("SUPABASE_SERVICE_KEY", &other)]).await;
    assert_eq!(
        of(&refused, "Stockage Supabase")[0],
        (State::Failed, "la clé est refusée")
    );
    let silent = [
        ("SUPABASE_URL", "http://127.0.0.1:1"),
        ("SUPABASE_SERVICE_KEY", KEY),
        ("REDIS_URL", "redis://default:s3cret@127.0.0.1:1"),
        (
            "DATABASE_URL",
            "postgresql://neopro:s3cret@127.0.0.1:1/neopro",
        ),
    ];
    let silent = found(&silent).await;
    for (part, words) in [
        ("Stockage Supabase", "ne répond pas"),
        ("Redis", "personne ne répond sur 127.0.0.1:1"),
        ("Base de données", "Connection refused"),
    ] {
        let (state, message) = of(&silent, part)[0];
        assert!(
            state == State::Failed && message.contains(words),
            "{part}: {message}"
        );
    }
    let told = format!("{refused:?}{silent:?}");
    assert!(
        !told.contains("s3cret") && !told.contains(KEY) && !told.contains(&other),
        "{told}"
    );
}

#[tokio::test]
async fn redis_without_tls_on_another_machine_is_warned_of() {
    // An address of documentation: nobody is there.
    let found = found(&[("REDIS_URL", "redis://default:s3cret@192.0.2.1:6379")]).await;
    let redis = found
        .iter()
        .find(|finding| finding.part == "Redis")
        .unwrap();
    assert!(
        redis
            .advice
            .iter()
            .any(|advice| advice.contains("rediss://")),
        "{redis:?}"
    );
}

#[tokio::test]
async fn channels_are_looked_at_and_none_is_more_than_a_warning() {
    let variables = [
        ("SLACK_WEBHOOK_URL", "https://example.fr/s3cret"),
        ("SENDGRID_API_KEY", "SG.s3cret"),
        ("SENDGRID_API_URL", "http://127.0.0.1:1"),
        ("EMAIL_FROM", "alertes@club.fr"),
        ("SMTP_URL", "pas une adresse s3cret"),
    ];
    let found = found(&variables).await;
    for (part, words) in [
        ("Slack", "n’a pas la forme d’un webhook"),
        ("E-mail", "SendGrid ne répond pas"),
        ("SMTP_URL", "le serveur démarre sans"),
    ] {
        let (state, message) = of(&found, part)[0];
        assert!(
            state == State::Warning && message.contains(words),
            "{part}: {message}"
        );
    }
    assert!(!format!("{found:?}").contains("s3cret"), "{found:?}");
}
