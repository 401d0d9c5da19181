//! Videos in a Supabase project, with nothing but the guide's two variables.

use api::path;
use axum::body::Body;
use domain::BucketLook;
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
