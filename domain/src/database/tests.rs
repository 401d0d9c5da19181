//! The schema itself: it can go and come back, and fits the rows of [`crate::entity`].

use std::time::Duration;

use chrono::{Months, NaiveDate, NaiveTime, TimeDelta, Utc};
use migration::{Migrator, MigratorTrait};
use sea_orm::{ActiveModelTrait, ConnectionTrait, DbBackend, EntityTrait, IntoActiveModel};
use tempfile::TempDir;
use uuid::Uuid;

use super::Database;
use super::postgres::Statements::{Forgotten, Kept};
use crate::changes::Changes;
use crate::entity::{self, play, user};

#[path = "../../tests/suite/support/servers.rs"]
mod servers;

struct Opened {
    database: Database,
    _folder: TempDir,
}

async fn open(url: Option<String>) -> Opened {
    let folder = tempfile::tempdir().unwrap();
    let url = url.map(Into::into);
    let database = Database::open(url.as_ref(), folder.path()).await.unwrap();
    Opened {
        database,
        _folder: folder,
    }
}

macro_rules! on_every_database {
    ($($name:ident),* $(,)?) => {$(
        mod $name {
            #[tokio::test]
            async fn on_sqlite() {
                super::$name(&super::open(None).await.database).await;
            }

            #[tokio::test]
            async fn behind_pgbouncer() {
                let url = super::servers::pooled_database();
                super::$name(&super::open(Some(url)).await.database).await;
            }

            #[tokio::test]
            async fn behind_a_pooler_that_says_nothing() {
                let url = super::servers::quietly_pooled_database();
                super::$name(&super::open(Some(url)).await.database).await;
            }

            #[tokio::test]
            async fn directly() {
                let url = super::servers::direct_database();
                super::$name(&super::open(Some(url)).await.database).await;
            }
        }
    )*};
}

on_every_database!(
    the_schema_goes_and_comes_back,
    every_row_fits_its_table,
    what_is_not_committed_is_undone,
    a_committed_write_is_seen_by_the_next_read,
    every_edit_of_users_is_noticed,
    plays_move_into_the_partition_of_their_month,
    plays_that_come_while_their_month_is_made_are_stored,
    writers_at_the_same_time_lose_nothing,
    dropped_transactions_do_not_disturb_others,
    callers_that_give_up_leave_nothing_open,
);

async fn the_schema_goes_and_comes_back(database: &Database) {
    for _ in 0..2 {
        let transaction = database.write().await.unwrap();
        Migrator::down(&transaction, None).await.unwrap();
        transaction.commit().await.unwrap();
        super::schema::migrate(database).await.unwrap();
    }
    every_row_fits_its_table(database).await;
}

async fn every_row_fits_its_table(database: &Database) {
    let transaction = database.read().await.unwrap();
    macro_rules! read_all {
        ($($name:ident),*) => {
            $(entity::$name::Entity::find().all(&transaction).await.unwrap();)*
        };
    }
    read_all!(
        audit,
        change,
        configuration,
        configuration_video,
        desired_state,
        enrolment,
        first_run_code,
        login_throttle,
        play,
        play_day,
        player,
        session,
        site,
        user,
        video
    );
}

#[tokio::test]
async fn only_poolers_cost_cached_statements() {
    let statements = async |url: String| match super::postgres::connect(&url.into()).await.unwrap()
    {
        super::Connections::Postgres { statements, .. } => statements,
        super::Connections::Sqlite { .. } => unreachable!("the address is PostgreSQL's"),
    };
    assert_eq!(statements(servers::pooled_database()).await, Forgotten);
    assert_eq!(
        statements(servers::quietly_pooled_database()).await,
        Forgotten
    );
    assert_eq!(statements(servers::direct_database()).await, Kept);
}

/// As many processes start at once: none may take the pooler for the database itself.
#[tokio::test]
async fn a_pooler_that_says_nothing_is_recognised_every_time() {
    let open = async |_| open(Some(servers::quietly_pooled_database())).await;
    for _ in 0..6 {
        futures::future::join_all((0..4).map(open)).await;
    }
}

#[tokio::test]
async fn a_begin_that_is_given_up_is_ended() {
    let url = servers::direct_database();
    let name = url.rsplit('/').next().unwrap().to_owned();
    let opened = open(Some(url)).await;
    callers_that_give_up_leave_nothing_open(&opened.database).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    let select = format!(
        "SELECT count(*) FROM pg_stat_activity
         WHERE datname = '{name}' AND state = 'idle in transaction'"
    );
    let open_ones = servers::client("psql", &["-At", "-d", "postgres", "-c", &select]);
    assert_eq!(String::from_utf8_lossy(&open_ones).trim(), "0");
}

fn somebody(number: usize) -> user::Model {
    let now = crate::Clock::default().now();
    user::Model {
        id: Uuid::now_v7(),
        email: format!("{number}@club.fr"),
        password_hash: "-".to_owned(),
        full_name: "Anne".to_owned(),
        role: "admin".to_owned(),
        is_active: true,
        created_at: now,
        updated_at: now,
    }
}

async fn store(transaction: &impl ConnectionTrait, row: &user::Model) {
    let row = row.clone().into_active_model();
    user::Entity::insert(row)
        .exec_without_returning(transaction)
        .await
        .unwrap();
}

async fn users(database: &Database) -> Vec<user::Model> {
    let transaction = database.read().await.unwrap();
    user::Entity::find().all(&transaction).await.unwrap()
}

async fn what_is_not_committed_is_undone(database: &Database) {
    let transaction = database.write().await.unwrap();
    store(&transaction, &somebody(1)).await;
    drop(transaction);
    assert!(users(database).await.is_empty());
}

async fn a_committed_write_is_seen_by_the_next_read(database: &Database) {
    let row = somebody(1);
    let transaction = database.write().await.unwrap();
    store(&transaction, &row).await;
    transaction.commit().await.unwrap();
    assert_eq!(users(database).await, [row]);
}

async fn every_edit_of_users_is_noticed(database: &Database) {
    let changes = Changes::new();
    let mut seen = Vec::new();
    for statement in [
        "SELECT 1",
        "INSERT INTO users (email, password_hash) VALUES ('a@b.fr', '-')",
        "UPDATE users SET is_active = FALSE",
        "DELETE FROM users",
    ] {
        let transaction = database.write().await.unwrap();
        transaction.execute_unprepared(statement).await.unwrap();
        transaction.commit().await.unwrap();
        changes.refresh(database).await.unwrap();
        seen.push(changes.version("users"));
    }
    assert_eq!(seen, [0, 1, 2, 3]);
}

fn played(at: chrono::DateTime<Utc>) -> play::Model {
    play::Model {
        site_id: Uuid::now_v7(),
        played_at: at,
        id: Uuid::now_v7(),
        boot_id: Uuid::now_v7(),
        seq: 1,
        video_id: Uuid::now_v7(),
        sha256: "0".repeat(64),
        configuration_version: 1,
        duration_ms: 10_000,
        shown_ms: 10_000,
        outcome: "completed".to_owned(),
        clock: "synced".to_owned(),
        site_name: "Gymnase".to_owned(),
        video_name: "Boulangerie".to_owned(),
        local_day: at.date_naive(),
        local_hour: 12,
        utc_offset_s: 3600,
        received_at: at,
        corrected_at: None,
        quarantine: None,
        not_before: None,
        not_after: None,
    }
}

async fn plays_move_into_the_partition_of_their_month(database: &Database) {
    let march = NaiveDate::from_ymd_opt(2031, 3, 1).unwrap();
    let begins = march.and_hms_opt(0, 0, 0).unwrap().and_utc();
    let minute = TimeDelta::minutes(1);
    let times = [
        begins - minute,
        begins,
        begins + TimeDelta::days(31) - minute,
    ];
    let mut rows = times.map(played).to_vec();
    let transaction = database.write().await.unwrap();
    for row in &rows {
        row.clone()
            .into_active_model()
            .insert(&transaction)
            .await
            .unwrap();
    }
    transaction.commit().await.unwrap();
    for _ in 0..2 {
        database.prepare_months(march).await.unwrap();
    }

    let transaction = database.read().await.unwrap();
    let mut kept = play::Entity::find().all(&transaction).await.unwrap();
    kept.sort_by_key(|row| row.played_at);
    rows.sort_by_key(|row| row.played_at);
    assert_eq!(kept, rows);
    if transaction.get_database_backend() == DbBackend::Postgres {
        let moved = "SELECT count(*) AS count FROM analytics_2031_03";
        let statement = sea_orm::Statement::from_string(DbBackend::Postgres, moved);
        let row = transaction.query_one_raw(statement).await.unwrap().unwrap();
        assert_eq!(row.try_get::<i64>("", "count").unwrap(), 2);
    }
}

async fn plays_that_come_while_their_month_is_made_are_stored(database: &Database) {
    let first = NaiveDate::from_ymd_opt(2032, 1, 1).unwrap();
    // Each time three months that nobody has prepared yet.
    let months = (0..12).map(|turn| first + Months::new(3 * turn));
    let store = async |month: NaiveDate, minute: i64| {
        let at = month.and_time(NaiveTime::MIN).and_utc() + TimeDelta::minutes(minute);
        let transaction = database.write().await.unwrap();
        let row = played(at).into_active_model();
        row.insert(&transaction).await.unwrap();
        transaction.commit().await.unwrap();
    };
    for month in months {
        let plays = futures::future::join_all((0..6).map(|minute| store(month, minute)));
        let (_, made) = futures::join!(plays, database.prepare_months(month));
        made.unwrap();
    }
    let transaction = database.read().await.unwrap();
    let kept = play::Entity::find().all(&transaction).await.unwrap();
    assert_eq!(kept.len(), 12 * 6);
}

async fn writers_at_the_same_time_lose_nothing(database: &Database) {
    let write = async |number| {
        for _ in 0..4 {
            assert!(users(database).await.len() <= 40);
        }
        let transaction = database.write().await.unwrap();
        store(&transaction, &somebody(number)).await;
        transaction.commit().await.unwrap();
    };
    futures::future::join_all((0..40).map(write)).await;
    assert_eq!(users(database).await.len(), 40);
}

async fn dropped_transactions_do_not_disturb_others(database: &Database) {
    let work = async |number: usize| {
        for turn in 0..10 {
            let dropped = database.write().await.unwrap();
            store(&dropped, &somebody(1000)).await;
            drop(dropped);
            assert!(users(database).await.len() <= 80);
            let kept = database.write().await.unwrap();
            store(&kept, &somebody(number * 10 + turn)).await;
            kept.commit().await.unwrap();
        }
    };
    let all = futures::future::join_all((0..8).map(work));
    let in_time = tokio::time::timeout(Duration::from_secs(30), all).await;
    assert!(in_time.is_ok(), "the connections are blocked");
    assert_eq!(users(database).await.len(), 80);
}

async fn callers_that_give_up_leave_nothing_open(database: &Database) {
    for wait_us in (0..60).map(|n| n * 50) {
        let patience = Duration::from_micros(wait_us);
        let _given_up = tokio::time::timeout(patience, database.write()).await;
    }
    let work = tokio::time::timeout(Duration::from_secs(10), users(database)).await;
    assert!(work.unwrap().is_empty());
}
