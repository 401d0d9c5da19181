//! Files of the storage that no video names, by REST.

use std::fs;
use std::time::{Duration, SystemTime};

use api::error::ErrorCode;
use api::id::ForeignId;
use domain::Actor;
use http::header;
use serde_json::json;

use crate::support::TestApp;

#[tokio::test]
async fn the_list_is_empty_while_nobody_put_a_file_there() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for path in [
        "/api/v1/storage/foreign",
        "/api/v1/storage/foreign?state=found&per_page=1",
    ] {
        let answer = admin.get(path).await;
        assert_eq!((answer.status, &answer.json()["total"]), (200, &json!(0)));
    }
}

#[tokio::test]
async fn what_is_not_there_is_neither_imported_nor_ignored() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for verb in ["import", "ignore"] {
        let path = format!("/api/v1/storage/foreign/{}/{verb}", ForeignId::new());
        let answer = admin.post(&path, &json!({})).await;
        assert_eq!(answer.refusal(), (404, ErrorCode::NotFound), "{path}");
        let stranger = app.stranger().post(&path, &json!({})).await;
        assert_eq!(stranger.refusal().0, 401, "{path}");
    }
}

#[tokio::test]
async fn the_dashboard_names_what_is_missing_and_offers_what_was_put_there() {
    let app = TestApp::start().await;
    let (site, video) = (app.site("Rennes").await, app.video("silent.mp4").await);
    app.publish(site, vec![video]).await;
    for file in fs::read_dir(app.files().join("videos")).unwrap() {
        fs::remove_file(file.unwrap().path()).unwrap();
    }
    let path = app.files().join("Boulangerie été.mp4");
    fs::write(&path, "Bonjour !").unwrap();
    let file = fs::File::options().write(true).open(&path).unwrap();
    let earlier = SystemTime::now() - Duration::from_hours(2);
    file.set_modified(earlier).unwrap();
    let foreign = app.domain.foreign();
    foreign.reconcile(&Actor::System).await.unwrap();

    let admin = app.admin().await.with(header::ACCEPT, "text/html");
    for (path, words) in [
        ("/videos".to_owned(), "Fichier manquant"),
        ("/videos".to_owned(), "1 fichier du stockage n’est pas"),
        (format!("/videos/{video}"), "n’est plus dans le stockage"),
        (
            format!("/sites/{site}"),
            "Le fichier d’une vidéo de la boucle manque",
        ),
        ("/videos/storage".to_owned(), "Boulangerie été.mp4"),
        (
            "/videos/storage?state=ignored".to_owned(),
            "Aucun fichier ignoré",
        ),
    ] {
        let page = admin.get(&path).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(page.text().contains(words), "{path}: {words}");
    }
}
