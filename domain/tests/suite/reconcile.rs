//! Files that people add to the storage and remove from it by hand.

use std::path::PathBuf;
use std::time::Duration;

use api::error::ErrorCode;
use api::foreign::{ForeignFilter, ForeignObject, ForeignState};
use api::id::{ForeignId, VideoId};
use api::permission::Role;
use api::video::VideoFilter;
use domain::Actor;
use futures::TryStreamExt;

use crate::support::library::film;
use crate::support::{World, admin, code_of, eventually, on_every_database, somebody};

on_every_database!(
    a_file_removed_by_hand_is_named_on_its_video_and_its_sites_until_it_is_back,
    the_same_file_uploaded_again_repairs_a_video_that_nobody_missed_yet,
    a_file_put_there_by_hand_becomes_a_video_and_stays_where_it_is,
    a_file_that_is_no_video_says_why,
    the_bytes_of_a_known_video_make_no_second_one,
    the_bytes_of_a_lost_video_repair_it,
    nothing_on_its_way_is_called_foreign_or_missing,
    an_ignored_file_is_offered_no_more_until_it_is_written_anew,
    who_may_not_upload_may_not_import,
    a_storage_of_many_files_is_read_in_pages,
);

impl World {
    async fn reconcile(&self) -> domain::Result<()> {
        self.domain.foreign().reconcile(&Actor::System).await
    }

    /// Puts a file into the storage as a person does, long enough ago.
    fn put_by_hand(&self, key: &str, bytes: &[u8]) {
        let path = self.kept_files().join(key);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
        self.wait(Duration::from_hours(2));
    }

    /// The one video in the storage.
    fn kept_video(&self) -> PathBuf {
        let mut files = std::fs::read_dir(self.kept_files().join("videos")).unwrap();
        files.next().unwrap().unwrap().path()
    }

    async fn foreign(&self) -> Vec<ForeignObject> {
        let foreign = self.domain.foreign();
        let list = foreign.list(&admin(), ForeignFilter::default()).await;
        list.unwrap().items
    }

    /// Imports the one file that is foreign, and waits for what becomes of it.
    async fn import_the_one(&self) -> ForeignObject {
        let [found] = self.foreign().await.try_into().unwrap();
        self.domain
            .foreign()
            .import(&admin(), found.id)
            .await
            .unwrap();
        eventually(async || {
            let [now] = self.foreign().await.try_into().unwrap();
            (now.state != ForeignState::Waiting).then_some(now)
        })
        .await
    }

    async fn is_missing(&self, id: VideoId) -> bool {
        let video = self.domain.videos().get(&admin(), id).await.unwrap();
        video.missing_since.is_some()
    }
}

async fn a_file_removed_by_hand_is_named_on_its_video_and_its_sites_until_it_is_back(world: World) {
    let site = world.site("Salle A").await;
    let video = world.upload("silent.mp4").await;
    world.publish(site, None, &[video.id]).await.unwrap();
    world.reconcile().await.unwrap();
    assert!(!world.is_missing(video.id).await);

    let (file, away) = (world.kept_video(), world.settings.data.join("away"));
    std::fs::copy(&file, &away).unwrap();
    std::fs::remove_file(&file).unwrap();
    world.reconcile().await.unwrap();
    assert!(world.is_missing(video.id).await);
    let detail = world.domain.sites().get(&admin(), site).await.unwrap();
    let names: Vec<_> = detail
        .missing_videos
        .iter()
        .map(|missing| &missing.name)
        .collect();
    assert_eq!(names, ["silent"]);
    let the_loop = world
        .domain
        .configurations()
        .site_loop(&admin(), site)
        .await;
    assert!(the_loop.unwrap().videos[0].missing_since.is_some());

    std::fs::copy(&away, &file).unwrap();
    world.reconcile().await.unwrap();
    assert!(!world.is_missing(video.id).await);
    let detail = world.domain.sites().get(&admin(), site).await.unwrap();
    assert_eq!(detail.missing_videos, []);
    assert_eq!(world.foreign().await, []);
}

async fn the_same_file_uploaded_again_repairs_a_video_that_nobody_missed_yet(world: World) {
    let video = world.upload("silent.mp4").await;
    let bytes = film("silent.mp4");
    for noticed in [false, true] {
        std::fs::remove_file(world.kept_video()).unwrap();
        if noticed {
            world.reconcile().await.unwrap();
            assert!(world.is_missing(video.id).await);
        }
        let again = world
            .send_in_parts(&admin(), "encore.mp4", &bytes)
            .await
            .unwrap();
        assert!(!again.already_known, "its file was not there");
        assert_eq!(again.video, video);
        assert_eq!(read(&world, video.id).await, bytes);
    }
    let known = world.upload_bytes("encore.mp4", &bytes).await.unwrap();
    assert!(known.already_known);
    // Another file under its name is no file of it.
    std::fs::write(world.kept_video(), b"Bonjour !").unwrap();
    world.reconcile().await.unwrap();
    assert!(world.is_missing(video.id).await);
    let again = world.upload_bytes("encore.mp4", &bytes).await.unwrap();
    assert_eq!(
        (again.already_known, again.video.missing_since),
        (false, None)
    );
}

async fn read(world: &World, id: VideoId) -> Vec<u8> {
    let file = world.domain.videos().file(&admin(), id).await.unwrap();
    let size = file.size;
    let pieces: Vec<_> = file
        .read(0..size)
        .await
        .unwrap()
        .try_collect()
        .await
        .unwrap();
    pieces.concat()
}

async fn a_file_put_there_by_hand_becomes_a_video_and_stays_where_it_is(world: World) {
    let bytes = film("sound.mp4");
    let key = "sponsors/Boulangerie été #1.mp4";
    world.put_by_hand(key, &bytes);
    world.reconcile().await.unwrap();
    world.reconcile().await.unwrap();
    let [found] = world.foreign().await.try_into().unwrap();
    assert_eq!((found.key.as_str(), found.size), (key, bytes.len() as u64));
    assert_eq!((found.state, found.video), (ForeignState::Found, None));

    let imported = world.import_the_one().await;
    assert_eq!(
        (imported.state, imported.refusal),
        (ForeignState::Imported, None)
    );
    let id = imported.video.unwrap();
    let video = world.domain.videos().get(&admin(), id).await.unwrap();
    assert_eq!(video.name, "Boulangerie été #1");
    assert_eq!(read(&world, id).await, bytes);
    let site = world.site("Salle A").await;
    let (_, player) = world.linked(site).await;
    world.publish(site, None, &[id]).await.unwrap();
    let file = world.domain.players().file(&player, video.sha256).await;
    assert_eq!(file.unwrap().size, video.size);
    assert!(world.kept_files().join(key).exists());

    // The same file is not offered twice; once it is gone, so is its row.
    world.reconcile().await.unwrap();
    assert_eq!(world.foreign().await, [imported]);
    std::fs::remove_file(world.kept_files().join(key)).unwrap();
    world.reconcile().await.unwrap();
    assert_eq!(world.foreign().await, []);
    assert!(!world.is_missing(id).await);
}

async fn a_file_that_is_no_video_says_why(world: World) {
    world.put_by_hand("spot.mp4", b"Bonjour !");
    world.reconcile().await.unwrap();
    let refused = world.import_the_one().await;
    assert_eq!(refused.state, ForeignState::Refused);
    assert_eq!(refused.refusal, Some(ErrorCode::VideoNotRecognised));
    let mut world = world;
    world.settings.video_bytes = Some(5000);
    let world = world.restarted().await;
    world.put_by_hand("spot.mp4", &film("sound.mp4"));
    world.reconcile().await.unwrap();
    let large = world.import_the_one().await;
    assert_eq!(large.refusal, Some(ErrorCode::VideoTooLarge));
    let videos = world
        .domain
        .videos()
        .list(&admin(), VideoFilter::default())
        .await;
    assert_eq!(videos.unwrap().total, 0);
    assert_eq!(world.files_in("incoming"), 0);
}

async fn the_bytes_of_a_known_video_make_no_second_one(world: World) {
    let video = world.upload("silent.mp4").await;
    world.put_by_hand("spot.mp4", &film("silent.mp4"));
    world.reconcile().await.unwrap();
    let known = world.import_the_one().await;
    assert_eq!(
        (known.state, known.video),
        (ForeignState::Known, Some(video.id))
    );
    world
        .domain
        .videos()
        .delete(&admin(), video.id)
        .await
        .unwrap();
    world.reconcile().await.unwrap();
    let [again] = world.foreign().await.try_into().unwrap();
    assert_eq!((again.state, again.video), (ForeignState::Found, None));
}

async fn the_bytes_of_a_lost_video_repair_it(world: World) {
    let video = world.upload("silent.mp4").await;
    std::fs::remove_file(world.kept_video()).unwrap();
    world.put_by_hand("spot.mp4", &film("silent.mp4"));
    world.reconcile().await.unwrap();
    assert!(world.is_missing(video.id).await);
    let imported = world.import_the_one().await;
    assert_eq!(
        (imported.state, imported.video),
        (ForeignState::Imported, Some(video.id))
    );
    assert!(!world.is_missing(video.id).await);
    assert_eq!(read(&world, video.id).await, film("silent.mp4"));
}

async fn nothing_on_its_way_is_called_foreign_or_missing(world: World) {
    let (anne, bytes) = (admin(), film("sound.mp4"));
    let upload = world.begin(&anne, "spot.mp4", bytes.len()).await.unwrap();
    world
        .append(&anne, upload.id, 0, &bytes[..3000])
        .await
        .unwrap();
    let video = world.upload("silent.mp4").await;
    let picture = film("picture.jpg").into();
    let videos = world.domain.videos();
    videos
        .set_thumbnail(&anne, video.id, picture)
        .await
        .unwrap();
    world.put_by_hand("spot.mp4.part/.DS_Store", b"a mark of a machine");
    world.reconcile().await.unwrap();
    assert_eq!(world.foreign().await, []);
    assert!(!world.is_missing(video.id).await);

    // What is younger than an hour may still be written.
    let path = world.kept_files().join("frais.mp4");
    std::fs::write(&path, &bytes).unwrap();
    let later = std::time::SystemTime::now() + Duration::from_hours(2);
    let file = std::fs::File::options().write(true).open(&path).unwrap();
    file.set_modified(later).unwrap();
    world.reconcile().await.unwrap();
    assert_eq!(world.foreign().await, []);
    world.wait(Duration::from_hours(2));
    world.reconcile().await.unwrap();
    assert_eq!(world.foreign().await.len(), 1);
}

async fn an_ignored_file_is_offered_no_more_until_it_is_written_anew(world: World) {
    world.put_by_hand("spot.mp4", b"Bonjour !");
    world.reconcile().await.unwrap();
    let [found] = world.foreign().await.try_into().unwrap();
    world
        .domain
        .foreign()
        .ignore(&admin(), found.id)
        .await
        .unwrap();
    world.reconcile().await.unwrap();
    assert_eq!(world.foreign().await, []);
    let ignored = ForeignFilter {
        state: Some(ForeignState::Ignored),
        ..ForeignFilter::default()
    };
    let ignored = world.domain.foreign().list(&admin(), ignored).await;
    assert_eq!(ignored.unwrap().total, 1);
    world.put_by_hand("spot.mp4", b"Bonsoir tout le monde !");
    world.reconcile().await.unwrap();
    assert_eq!(world.foreign().await.len(), 1);
}

async fn who_may_not_upload_may_not_import(world: World) {
    let foreign = world.domain.foreign();
    let viewer = somebody(Role::Viewer);
    let list = foreign.list(&viewer, ForeignFilter::default()).await;
    assert_eq!(code_of(list), ErrorCode::Forbidden);
    let id = ForeignId::new();
    for outcome in [
        foreign.import(&viewer, id).await,
        foreign.ignore(&viewer, id).await,
    ] {
        assert_eq!(code_of(outcome), ErrorCode::Forbidden);
    }
    let operator = somebody(Role::Operator);
    assert_eq!(
        code_of(foreign.import(&operator, id).await),
        ErrorCode::NotFound
    );
    assert_eq!(
        code_of(foreign.reconcile(&operator).await),
        ErrorCode::Forbidden
    );
}

#[tokio::test]
async fn a_bucket_that_does_not_answer_is_not_an_empty_one() {
    let world = World::behind_pgbouncer().await;
    let video = world.upload("silent.mp4").await;
    world.put_by_hand("spot.mp4", &film("sound.mp4"));
    world.reconcile().await.unwrap();
    let before = world.foreign().await;
    assert_eq!(before.len(), 1);
    world.store().set_down(true);
    assert!(world.reconcile().await.is_err());
    world.store().set_down(false);
    assert!(!world.is_missing(video.id).await);
    assert_eq!(world.foreign().await, before);
    // Nor is one that is not there at all.
    let bucket = world.store().bucket();
    let away = bucket.with_extension("away");
    std::fs::rename(&bucket, &away).unwrap();
    assert!(world.reconcile().await.is_err());
    std::fs::rename(&away, &bucket).unwrap();
    assert!(!world.is_missing(video.id).await);
    world.reconcile().await.unwrap();
    assert_eq!(world.foreign().await, before);
}

#[tokio::test]
async fn a_folder_that_is_gone_is_not_an_empty_one() {
    let world = World::on_sqlite().await;
    let video = world.upload("silent.mp4").await;
    let (files, away) = (world.kept_files(), world.settings.data.join("away"));
    std::fs::rename(&files, &away).unwrap();
    assert!(world.reconcile().await.is_err());
    std::fs::rename(&away, &files).unwrap();
    assert!(!world.is_missing(video.id).await);
}

async fn a_storage_of_many_files_is_read_in_pages(world: World) {
    let folder = world.kept_files().join("beaucoup");
    std::fs::create_dir_all(&folder).unwrap();
    for number in 0..2_100 {
        std::fs::write(folder.join(format!("{number:05}.mp4")), b"x").unwrap();
    }
    world.wait(Duration::from_hours(2));
    world.reconcile().await.unwrap();
    let foreign = world.domain.foreign();
    let list = foreign.list(&admin(), ForeignFilter::default()).await;
    assert_eq!(list.unwrap().total, 2_100);
    world.reconcile().await.unwrap();
}
