//! Everything that an installation keeps, in one file, and back.

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use api::account::SignIn;
use chrono::{TimeDelta, Utc};
use domain::backup::{self, BackupFault, Manifest, Outcome, Progress};
use domain::{Domain, Settings};
use futures::TryStreamExt;

use crate::play::{deliver, play, report};
use crate::support::library::film;
use crate::support::{PASSWORD, World, admin, client, on_every_database};

on_every_database!(
    a_backup_comes_back_in_an_embedded_installation,
    a_backup_comes_back_in_production,
    a_changed_byte_is_found_before_anything_is_touched,
    an_incomplete_backup_is_refused,
    an_installation_in_use_is_not_overwritten,
    a_video_without_its_file_does_not_keep_the_rest_from_being_saved,
    a_backup_does_not_overwrite_a_file,
);

/// Tables whose rows must all come back.
const TABLES: [&str; 9] = [
    "users",
    "sites",
    "videos",
    "players",
    "configurations",
    "desired_states",
    "analytics",
    "play_days",
    "audit",
];

fn quiet(_: Progress<'_>) {}

/// A club with a screen that showed something, a month ago too.
async fn lived_in(world: &World) {
    world.signed_in().await;
    let video = world.upload("sound.mp4").await;
    let site = world.site("Étoile « d’Angers »").await;
    let (_, player) = world.linked(site).await;
    world.publish(site, None, &[video.id]).await.unwrap();
    let now = world.clock.now();
    let plays = (1..=1200)
        .map(|minute| play(&video, now - TimeDelta::minutes(minute * 40)))
        .collect::<Vec<_>>();
    for some in plays.chunks(400) {
        deliver(world, &player, some.to_vec()).await;
    }
    let jpeg = std::fs::read(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/fixtures/picture.jpg"
    ));
    let videos = world.domain.videos();
    let actor = admin();
    let drawn = videos.set_thumbnail(&actor, video.id, jpeg.unwrap().into());
    drawn.await.unwrap();
}

/// Where a backup of this world goes.
fn file_of(world: &World) -> PathBuf {
    world.settings.data.join("backup.tar")
}

async fn saved(world: &World) -> (PathBuf, Manifest) {
    let file = file_of(world);
    let manifest = backup::create(&world.settings, &file, quiet).await;
    (file, manifest.unwrap())
}

async fn restored(settings: &Settings, file: &std::path::Path) -> Outcome<Manifest> {
    backup::restore(settings, file, quiet).await
}

async fn assert_same(one: &World, other: &World) {
    for table in TABLES {
        let select = format!("SELECT 1 FROM {table}");
        let (rows, back) = (one.count(&select).await, other.count(&select).await);
        assert_eq!(rows, back, "{table}");
        assert!(rows > 0, "{table}");
    }
    let (before, after) = (report(one, all()).await, report(other, all()).await);
    assert_eq!(before, after);
    let typed = SignIn {
        email: "anne@club.fr".to_owned(),
        password: PASSWORD.to_owned(),
    };
    let accounts = other.domain.accounts();
    accounts.sign_in(typed, &client("192.0.2.1")).await.unwrap();
    let videos = other.domain.videos();
    let actor = admin();
    let page = videos.list(&actor, api::video::VideoFilter::default());
    let video = page.await.unwrap().items.remove(0);
    let read = videos.file(&admin(), video.id).await.unwrap();
    let read = read.read(0..video.size).await.unwrap();
    let read: Vec<_> = read.try_collect().await.unwrap();
    assert_eq!(read.concat(), film("sound.mp4"));
    videos.thumbnail(&admin(), video.id).await.unwrap();
}

fn all() -> api::report::PlayFilter {
    let today = Utc::now().date_naive();
    api::report::PlayFilter {
        from: Some(today - TimeDelta::days(60)),
        to: Some(today + TimeDelta::days(1)),
        ..api::report::PlayFilter::default()
    }
}

async fn a_backup_comes_back_in_an_embedded_installation(world: World) {
    comes_back(&world, World::on_sqlite().await).await;
}

async fn a_backup_comes_back_in_production(world: World) {
    comes_back(&world, World::behind_pgbouncer().await).await;
}

async fn comes_back(world: &World, other: World) {
    lived_in(world).await;
    let (file, manifest) = saved(world).await;
    let mode = std::fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!((manifest.objects.len(), manifest.lost.len()), (2, 0));
    let verified = backup::verify(&file, quiet).await.unwrap();
    assert_eq!(verified.tables, manifest.tables);
    restored(&other.settings, &file).await.unwrap();
    // What was put back is what a backup of it says again, whatever kind of database it is in.
    let again = other.settings.data.join("again.tar");
    let again = backup::create(&other.settings, &again, quiet).await;
    assert_eq!(again.unwrap().objects, manifest.objects);
    let restarted = other.restarted().await;
    assert_same(world, &restarted).await;
}

async fn a_changed_byte_is_found_before_anything_is_touched(world: World) {
    lived_in(&world).await;
    let (file, _) = saved(&world).await;
    let whole = std::fs::read(&file).unwrap();
    let other = World::on_sqlite().await;
    for place in [
        600,
        whole.len() / 2,
        whole.len() - 60_000,
        whole.len() - 1600,
    ] {
        let mut changed = whole.clone();
        changed[place] ^= 1;
        std::fs::write(&file, changed).unwrap();
        let refusal = restored(&other.settings, &file).await.unwrap_err();
        let is_told = matches!(refusal, BackupFault::Damaged(_) | BackupFault::Foreign);
        assert!(is_told, "{place}: {refusal}");
        assert_eq!(other.files_in("videos"), 0);
        assert_eq!(other.count("SELECT id FROM users").await, 0);
    }
    std::fs::write(&file, whole).unwrap();
    restored(&other.settings, &file).await.unwrap();
    assert_same(&world, &other).await;
}

async fn an_incomplete_backup_is_refused(world: World) {
    lived_in(&world).await;
    let (file, _) = saved(&world).await;
    let whole = std::fs::read(&file).unwrap();
    let other = World::on_sqlite().await;
    for length in [0, 700, whole.len() / 2, whole.len() - 1025] {
        std::fs::write(&file, &whole[..length]).unwrap();
        let refusal = restored(&other.settings, &file).await.unwrap_err();
        assert!(
            matches!(refusal, BackupFault::Truncated),
            "{length}: {refusal}"
        );
    }
    assert_eq!(other.count("SELECT id FROM users").await, 0);
}

async fn an_installation_in_use_is_not_overwritten(world: World) {
    lived_in(&world).await;
    let (file, _) = saved(&world).await;
    let other = World::on_sqlite().await;
    other.signed_in().await;
    for settings in [&other.settings, &world.settings] {
        let refusal = restored(settings, &file).await.unwrap_err();
        assert!(matches!(refusal, BackupFault::NotEmpty), "{refusal}");
    }
    assert_eq!(other.files_in("videos"), 0);
    assert_eq!(other.count("SELECT id FROM users").await, 1);
}

async fn a_video_without_its_file_does_not_keep_the_rest_from_being_saved(world: World) {
    lived_in(&world).await;
    let lost = world.upload("silent.mp4").await;
    for file in std::fs::read_dir(world.kept_files().join("videos")).unwrap() {
        let file = file.unwrap().path();
        if file.to_string_lossy().contains(&lost.sha256.to_string()) {
            std::fs::remove_file(file).unwrap();
        }
    }
    let (file, manifest) = saved(&world).await;
    assert_eq!(manifest.lost, [lost.name]);
    let other = World::on_sqlite().await;
    restored(&other.settings, &file).await.unwrap();
    assert_eq!(other.files_in("videos"), 1);
}

async fn a_backup_does_not_overwrite_a_file(world: World) {
    let file = file_of(&world);
    std::fs::write(&file, "mine").unwrap();
    let refusal = backup::create(&world.settings, &file, quiet).await;
    assert!(matches!(refusal.unwrap_err(), BackupFault::Exists));
    assert_eq!(std::fs::read(&file).unwrap(), b"mine");
}

/// A table of a later change is saved without anybody thinking of it, or is left out on purpose.
#[tokio::test]
async fn every_table_is_saved_or_left_out_on_purpose() {
    let world = World::on_postgres().await;
    let (_, manifest) = saved(&world).await;
    let mut known: Vec<_> = manifest
        .tables
        .into_iter()
        .map(|table| table.name)
        .collect();
    let left = [
        "changes",
        "enrolments",
        "first_run_code",
        "foreign_objects",
        "installation",
        "login_throttle",
        "seaql_migrations",
        "messages",
        "password_resets",
        "sessions",
        "unclaimed_files",
        "uploads",
    ];
    known.extend(left.map(str::to_owned));
    known.sort();
    let tables = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
        AND relkind IN ('r', 'p') AND NOT relispartition ORDER BY relname COLLATE \"C\"";
    let there = world.psql(tables).await;
    assert_eq!(there.lines().collect::<Vec<_>>(), known);
}

/// The restored plays lie where new ones of their months would.
#[tokio::test]
async fn restored_plays_lie_in_the_partitions_of_their_months() {
    let world = World::on_sqlite().await;
    lived_in(&world).await;
    let (file, _) = saved(&world).await;
    let other = World::behind_pgbouncer().await;
    restored(&other.settings, &file).await.unwrap();
    assert_eq!(other.count("SELECT 1 FROM analytics_default").await, 0);
    Domain::migrate(&other.settings).await.unwrap();
}
