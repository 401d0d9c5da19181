//! Files in an object store.

use api::error::ErrorCode;
use api::health::{Dependency, HealthStatus};
use domain::settings::{BucketAddress, S3Address, SupabaseProject};
use domain::{Actor, BucketFault, BucketLook, look_at_bucket};
use futures::TryStreamExt;

use crate::support::library::film;
use crate::support::s3::Store;
use crate::support::{World, admin, code_of, eventually};

/// A film that is longer than one part of an object: what is behind its end is free space.
fn long_film(bytes: usize) -> Vec<u8> {
    let mut film = film("silent.mp4");
    let size = u32::try_from(bytes - film.len()).unwrap();
    film.extend(size.to_be_bytes());
    film.extend(*b"free");
    film.resize(bytes, 7);
    film
}

#[tokio::test]
async fn a_large_film_reads_back_from_the_bucket_by_range() {
    let world = World::behind_pgbouncer().await;
    let bytes = long_film(18 * 1024 * 1024 + 5);
    let video = world.upload_bytes("long.mp4", &bytes).await.unwrap().video;
    assert_eq!(video.size, bytes.len() as u64);
    for range in [0..10, 8_388_600..8_388_620, video.size - 3..video.size] {
        let file = world.domain.videos().file(&admin(), video.id).await;
        let read = file.unwrap().read(range.clone()).await.unwrap();
        let read = read.try_collect::<Vec<_>>().await.unwrap().concat();
        let part = usize::try_from(range.start).unwrap()..usize::try_from(range.end).unwrap();
        assert_eq!(read, bytes[part], "{range:?}");
    }
    assert_eq!(
        (world.files_in("videos"), world.files_in("incoming")),
        (1, 0)
    );
}

#[tokio::test]
async fn a_player_is_referred_to_the_bucket_without_learning_its_keys() {
    let world = World::behind_pgbouncer().await;
    let site = world.site("Salle A").await;
    let (_, player) = world.linked(site).await;
    let video = world.upload("silent.mp4").await;
    world.publish(site, None, &[video.id]).await.unwrap();
    let file = world.domain.players().file(&player, video.sha256).await;
    let link = file.unwrap().link.unwrap();
    let secret = "secret-du-stockage";
    assert!(
        link.contains("X-Amz-Expires=900") && !link.contains(secret),
        "{link}"
    );

    let client = reqwest::Client::new();
    let part = client
        .get(&link)
        .header("range", "bytes=4-7")
        .send()
        .await
        .unwrap();
    assert_eq!(part.status(), 206);
    assert_eq!(part.bytes().await.unwrap(), film("silent.mp4")[4..8]);
    let unsigned = link.split('?').next().unwrap();
    let refused = client.get(unsigned).send().await.unwrap();
    assert_eq!(refused.status(), 403);
}

#[tokio::test]
async fn a_bucket_that_is_gone_is_said_and_loses_nothing() {
    let world = World::behind_pgbouncer().await;
    let (anne, bytes) = (admin(), film("sound.mp4"));
    let upload = world.begin(&anne, "spot.mp4", bytes.len()).await.unwrap();
    world
        .append(&anne, upload.id, 0, &bytes[..3000])
        .await
        .unwrap();
    world.store().set_down(true);
    let refused = world.append(&anne, upload.id, 3000, &bytes[3000..]).await;
    assert_eq!(code_of(refused), ErrorCode::Unavailable);
    let health = world.domain.health().await;
    assert_eq!(health.status, HealthStatus::Degraded);
    assert_eq!(health.failing, [Dependency::Storage]);
    world.store().set_down(false);
    world
        .append(&anne, upload.id, 3000, &bytes[3000..])
        .await
        .unwrap();
    let uploaded = world.domain.uploads().complete(&anne, upload.id).await;
    assert_eq!(uploaded.unwrap().video.size, bytes.len() as u64);
    assert_eq!(world.domain.health().await.status, HealthStatus::Healthy);
}

#[tokio::test]
async fn another_instance_goes_on_with_an_upload() {
    let world = World::behind_pgbouncer().await;
    let (anne, bytes) = (admin(), film("sound.mp4"));
    let upload = world.begin(&anne, "spot.mp4", bytes.len()).await.unwrap();
    world
        .append(&anne, upload.id, 0, &bytes[..3000])
        .await
        .unwrap();
    let world = world.on_another_machine().await;
    world
        .append(&anne, upload.id, 3000, &bytes[3000..])
        .await
        .unwrap();
    let uploads = world.domain.uploads();
    assert!(uploads.complete(&anne, upload.id).await.is_ok());
    eventually(async || (world.files_in("incoming") == 0).then_some(())).await;
}

#[tokio::test]
async fn what_is_wrong_with_a_bucket_is_told_apart() {
    let store = Store::start().await;
    assert_eq!(look_at_bucket(&store.setting()).await, Ok(BucketLook::S3));
    let wrong = S3Address {
        secret_access_key: "une autre".into(),
        ..store.address()
    };
    let refused = look_at_bucket(&BucketAddress::S3(wrong)).await;
    assert_eq!(refused, Err(BucketFault::Refused));
    std::fs::remove_dir(store.bucket()).unwrap();
    let missing = look_at_bucket(&store.setting()).await;
    assert_eq!(missing, Err(BucketFault::Missing));
    let nobody = S3Address {
        endpoint: "http://127.0.0.1:1".to_owned(),
        ..store.address()
    };
    let unreachable = look_at_bucket(&BucketAddress::S3(nobody)).await;
    let Err(BucketFault::Unreachable(words)) = unreachable else {
        panic!("{unreachable:?}");
    };
    assert!(!words.contains("secret-du-stockage"), "{words}");
}

#[tokio::test]
async fn a_silent_supabase_is_said_to_be_silent() {
    let project = SupabaseProject {
        url: "http://127.0.0.1:1".to_owned(),
        service_key: "eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoic2VydmljZV9yb2xlIn0.c2lnbmF0dXJl".into(),
    };
    let looked = look_at_bucket(&BucketAddress::Supabase(project)).await;
    assert!(
        matches!(looked, Err(BucketFault::Unreachable(_))),
        "{looked:?}"
    );
}

#[tokio::test]
async fn the_files_of_a_machine_move_into_a_bucket_and_an_interrupted_move_goes_on() {
    let mut world = World::on_sqlite().await;
    let names = ["silent.mp4", "sound.mp4", "other.mp4"];
    for name in names {
        world.upload(name).await;
    }
    let kept = world.kept_files().join("videos");
    let files: Vec<_> = std::fs::read_dir(&kept).unwrap().flatten().collect();
    let [damaged, lost, _] = files.as_slice() else {
        panic!("{files:?}");
    };
    std::fs::write(damaged.path(), "other bytes").unwrap();
    let away = kept.with_extension("away");
    std::fs::rename(lost.path(), &away).unwrap();

    let store = Store::start().await;
    world.settings.bucket = Some(store.setting());
    let world = world.restarted().await;
    let videos = world.domain.videos();
    let told = |_: &str, _: u64| {};
    let first = videos.transfer(&Actor::System, told).await.unwrap();
    let lengths = (first.missing.len(), first.damaged.len());
    assert_eq!(
        (first.copied, first.present, lengths),
        (1, 0, (1, 1)),
        "{first:?}"
    );

    std::fs::rename(&away, lost.path()).unwrap();
    let again = videos.transfer(&Actor::System, told).await.unwrap();
    assert_eq!((again.copied, again.present), (1, 1), "{again:?}");
    assert_eq!(store.objects("videos").len(), 2);
    assert!(
        std::fs::exists(lost.path()).unwrap(),
        "the folder is left as it is"
    );
    let refused = videos.transfer(&admin(), told).await;
    assert_eq!(code_of(refused), ErrorCode::Forbidden);
}
