//! Videos in a Supabase project, with nothing but the guide's two variables.

use std::time::Duration;

use api::path;
use axum::body::Body;
use domain::{Actor, BucketLook};
use http::{Method, header};
use serde_json::json;
use server::settings::Settings;
use server::settings::variables::Variables;
use sha2::{Digest, Sha256};

use crate::support::supabase::{KEY, Supabase, TOKEN};
use crate::support::{TestApp, TestScreen, clip};

#[tokio::test]
async fn a_film_goes_there_and_a_player_fetches_it_from_there() {
    let supabase = Supabase::start(None).await;
    let variables = [
        ("SUPABASE_URL", supabase.url.as_str()),
        ("SUPABASE_SERVICE_KEY", KEY),
    ];
    let app = TestApp::with_variables(&variables).await;
    let (site, video) = (app.site("Rennes").await, app.video("sound.mp4").await);
    app.publish(site, vec![video]).await;
    let film = clip::read("sound.mp4");
    assert_eq!(supabase.names().len(), 1, "{:?}", supabase.names());

    let admin = app.admin().await.with(header::RANGE, "bytes=10-19");
    let part = admin.get(&format!("/api/v1/videos/{video}/file")).await;
    assert_eq!((part.status, part.body.as_slice()), (206, &film[10..20]));

    let screen = TestScreen::new(1);
    screen.link(&app, site).await;
    let player = screen.visitor(&app).await;
    let state = player.get(path::STATE).await.json();
    let sha256 = state["files"][0]["sha256"].as_str().unwrap().to_owned();
    let referred = player.get(&format!("/api/v1/player/files/{sha256}")).await;
    assert_eq!(
        (referred.status, referred.header("cache-control")),
        (302, "no-store")
    );
    let link = referred.header("location");
    assert!(
        link.contains("/object/public/videos/") && !link.contains(KEY),
        "{link}"
    );
    let fetched = reqwest::get(link).await.unwrap().bytes().await.unwrap();
    assert_eq!(fetched, film);
}

#[tokio::test]
async fn an_upload_in_parts_gathers_there() {
    let supabase = Supabase::start(None).await;
    let variables = [
        ("SUPABASE_URL", supabase.url.as_str()),
        ("SUPABASE_SERVICE_KEY", KEY),
    ];
    let app = TestApp::with_variables(&variables).await;
    let (admin, film) = (app.admin().await, clip::read("sound.mp4"));
    let new = json!({ "file_name": "spot.mp4", "size": film.len() });
    let upload = admin.post(path::UPLOADS, &new).await.json();
    let id = upload["id"].as_str().unwrap();
    for part in [0..3000, 3000..film.len()] {
        let (offset, sent) = (part.start, &film[part]);
        let hash = hex::encode(Sha256::digest(sent));
        let path = format!(
            "{}/{id}/chunks?offset={offset}&sha256={hash}",
            path::UPLOADS
        );
        let body = Body::from(sent.to_vec());
        let sent = admin.send(Method::PUT, &path, body).await;
        assert_eq!(sent.status, 200, "{sent:?}");
    }
    assert_eq!(supabase.names().len(), 2, "{:?}", supabase.names());
    let done = format!("{}/{id}/complete", path::UPLOADS);
    let done = admin.post(&done, &json!({})).await;
    assert_eq!(done.status, 200, "{done:?}");
    let names = supabase.names();
    assert!(
        names.len() == 1 && names[0].starts_with("videos/"),
        "{names:?}"
    );
}

#[tokio::test]
async fn the_door_is_chosen_by_what_the_key_opens() {
    let supabase = Supabase::start(None).await;
    for (key, door) in [(KEY, BucketLook::Supabase), (TOKEN, BucketLook::S3)] {
        let variables = Variables::of(&[
            ("SUPABASE_URL", &supabase.url),
            ("SUPABASE_SERVICE_KEY", key),
        ]);
        let bucket = Settings::read(variables).unwrap().data.bucket.unwrap();
        assert_eq!(domain::look_at_bucket(&bucket).await, Ok(door), "{key}");
    }
}

#[tokio::test]
async fn what_people_put_there_by_hand_is_found_in_every_folder() {
    let supabase = Supabase::start(None).await;
    let variables = [
        ("SUPABASE_URL", supabase.url.as_str()),
        ("SUPABASE_SERVICE_KEY", KEY),
    ];
    let app = TestApp::with_variables(&variables).await;
    let (admin, video) = (app.admin().await, app.video("silent.mp4").await);
    let film = clip::read("sound.mp4");
    supabase.put_by_hand("mai/Saison 2026/Boulangerie #1 100 % ?.mp4", film.clone());
    supabase.put_by_hand("vide/.emptyFolderPlaceholder", Vec::new());
    supabase.put_by_hand("incoming/autre/000000000000-1", vec![1]);
    for number in 0..1_100 {
        supabase.put_by_hand(&format!("juin/{number:05}.mp4"), vec![1]);
    }
    let foreign = app.domain.foreign();
    foreign.reconcile(&Actor::System).await.unwrap();
    let all = admin.get("/api/v1/storage/foreign").await.json();
    assert_eq!(all["total"], 1_101);
    for number in 0..1_100 {
        supabase.remove_by_hand(&format!("juin/{number:05}.mp4"));
    }
    foreign.reconcile(&Actor::System).await.unwrap();
    let all = admin.get("/api/v1/storage/foreign").await.json();
    let found = &all["items"][0];
    assert_eq!(
        (&all["total"], &found["key"]),
        (
            &json!(1),
            &json!("mai/Saison 2026/Boulangerie #1 100 % ?.mp4")
        )
    );

    let id = found["id"].as_str().unwrap();
    let path = format!("/api/v1/storage/foreign/{id}/import");
    assert_eq!(admin.post(&path, &json!({})).await.status, 204);
    let imported = async {
        loop {
            let all = admin.get("/api/v1/storage/foreign").await.json();
            if all["items"][0]["state"] != "waiting" {
                break all["items"][0]["state"].clone();
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    let imported = tokio::time::timeout(Duration::from_secs(15), imported).await;
    assert_eq!(imported.unwrap(), "imported");
    let path = format!("/api/v1/videos/{video}");
    let there = admin.get(&path).await.json();
    assert_eq!(there["missing_since"], json!(null));
    for key in supabase.names() {
        supabase.remove_by_hand(&key);
    }
    foreign.reconcile(&Actor::System).await.unwrap();
    let gone = admin.get(&path).await.json();
    assert!(gone["missing_since"].is_string(), "{gone}");
}
