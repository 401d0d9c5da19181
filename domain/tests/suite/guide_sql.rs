//! The SQL that the deployment guide has pasted, on PostgreSQL.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use api::error::ErrorCode;
use domain::{Content, DatabaseFault, Domain, Script, Settings};
use secrecy::ExposeSecret;

use crate::support::{World, code_of, servers};

/// The guide's step 7.4.
const MFA: &str = "
ALTER TABLE users
ADD COLUMN IF NOT EXISTS mfa_enabled BOOLEAN DEFAULT FALSE,
ADD COLUMN IF NOT EXISTS mfa_secret TEXT,
ADD COLUMN IF NOT EXISTS mfa_backup_codes TEXT[],
ADD COLUMN IF NOT EXISTS mfa_verified_at TIMESTAMP WITH TIME ZONE;

CREATE INDEX IF NOT EXISTS idx_users_mfa_enabled
ON users(mfa_enabled) WHERE mfa_enabled = TRUE;
";

/// Its step 7.5.
const TABLES: &str = "SELECT table_name FROM information_schema.tables
WHERE table_schema = 'public' ORDER BY table_name;";

/// What the history and the tables are made of, in one text; months come and go by themselves.
const SCHEMA: &str = "
SELECT version FROM seaql_migrations ORDER BY 1;
SELECT table_name, column_name, data_type, column_default, is_nullable
FROM information_schema.columns
WHERE table_schema = 'public' AND table_name !~ '^analytics_2' ORDER BY 1, 2;
SELECT tablename, indexdef FROM pg_indexes
WHERE schemaname = 'public' AND tablename !~ '^analytics_2' ORDER BY 1, 2;
SELECT event_object_table, trigger_name, event_manipulation
FROM information_schema.triggers ORDER BY 1, 2, 3;";

async fn paste(world: &World) {
    for script in [Script::Base, Script::Analytics] {
        world.psql(&script.text()).await;
    }
}

/// A world whose database was never seen by a server.
async fn on_an_empty_database() -> World {
    let mut world = World::on_postgres().await;
    world.settings.database_url = Some(servers::direct_database().into());
    world
}

#[tokio::test]
async fn pasted_tables_are_those_that_the_server_makes() {
    let made = World::on_postgres().await;
    let pasted = on_an_empty_database().await;
    paste(&pasted).await;
    let by_hand = pasted.psql(SCHEMA).await;
    assert_eq!(by_hand, made.psql(SCHEMA).await);
    Domain::migrate(&pasted.settings).await.unwrap();
    assert_eq!(pasted.psql(SCHEMA).await, by_hand);
}

#[tokio::test]
async fn the_scripts_may_be_pasted_again_after_the_servers_start() {
    let world = World::on_postgres().await;
    let before = world.psql(SCHEMA).await;
    paste(&world).await;
    paste(&world).await;
    assert_eq!(world.psql(SCHEMA).await, before);
}

#[tokio::test]
async fn the_first_script_alone_is_completed_by_the_server() {
    let world = on_an_empty_database().await;
    let script = Script::Base.text();
    world.psql(&script).await;
    Domain::migrate(&world.settings).await.unwrap();
    let complete = World::on_postgres().await;
    assert_eq!(world.psql(SCHEMA).await, complete.psql(SCHEMA).await);
}

#[tokio::test]
async fn the_guides_mfa_migration_and_list_of_tables_work() {
    let world = on_an_empty_database().await;
    paste(&world).await;
    world.psql(MFA).await;
    world.psql(MFA).await;
    let tables = world.psql(TABLES).await;
    for table in ["analytics", "groups", "sites", "users"] {
        assert!(tables.lines().any(|line| line == table), "{tables}");
    }
    Domain::migrate(&world.settings).await.unwrap();
}

#[tokio::test]
async fn tables_of_another_program_are_left_alone() {
    let world = on_an_empty_database().await;
    world
        .psql("CREATE TABLE users (id UUID PRIMARY KEY, email VARCHAR(255)); INSERT INTO users VALUES (gen_random_uuid(), 'a@b.fr')")
        .await;
    let before = world.psql(TABLES).await;
    let refused = Domain::migrate(&world.settings).await;
    assert_eq!(code_of(refused), ErrorCode::ForeignDatabase);
    let script = Script::Base.text();
    let url = world.settings.database_url.as_ref().unwrap();
    let name = url.expose_secret().rsplit('/').next().unwrap();
    let arguments = ["-v", "ON_ERROR_STOP=1", "-d", name, "-c", &script];
    let pasted = servers::run("psql", &arguments);
    assert!(!pasted.status.success());
    let said = String::from_utf8_lossy(&pasted.stderr);
    assert!(
        said.contains("Cette base contient les tables d’un autre programme"),
        "{said}"
    );
    assert_eq!(world.psql(TABLES).await, before);
    assert_eq!(world.psql("SELECT email FROM users").await, "a@b.fr");
}

/// The files stand in the repository for who has no server at hand. `UPDATE=1` writes them.
#[test]
fn the_files_in_docs_are_what_the_server_prints() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/sql");
    for (script, name) in [
        (Script::Base, "init-db.sql"),
        (Script::Analytics, "analytics-tables.sql"),
    ] {
        let text = script.text();
        let file = folder.join(name);
        if std::env::var_os("UPDATE").is_some() {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&file, &text).unwrap();
        }
        let kept = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(
            kept == text,
            "{name} is not what is printed: UPDATE=1 writes it"
        );
    }
}

/// Why the database of an address cannot be reached.
async fn fault(world: &World, url: String) -> Option<DatabaseFault> {
    let settings = Settings {
        database_url: Some(url.into()),
        ..world.settings.clone()
    };
    let look = Domain::look(&settings).await.unwrap_err();
    look.database_fault()
}

#[tokio::test]
async fn a_wrong_address_is_told_by_what_is_wrong_with_it() {
    let world = World::on_sqlite().await;
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = nobody.local_addr().unwrap().port();
    drop(nobody);
    for hint in ["", "?pgbouncer=true"] {
        let refused = format!("postgresql://neopro@127.0.0.1:{port}/neopro{hint}");
        assert_eq!(fault(&world, refused).await, Some(DatabaseFault::Refused));
    }
    // One that asks a pooler again is made to wait.
    for url in [servers::direct_database(), servers::pooled_database()] {
        let (server, _) = url.rsplit_once('/').unwrap();
        let unknown = fault(&world, format!("{server}/nowhere")).await;
        assert_eq!(unknown, Some(DatabaseFault::UnknownDatabase), "{server}");
    }
}

#[tokio::test]
async fn a_look_tells_what_is_there_and_changes_nothing() {
    let empty = on_an_empty_database().await;
    let look = Domain::look(&empty.settings).await.unwrap();
    assert!(
        look.server.starts_with("PostgreSQL ") && !look.is_pooled,
        "{look:?}"
    );
    assert!(matches!(look.content, Content::Ours { pending } if pending > 20));
    assert_eq!(empty.psql(TABLES).await, "");
    let pooled = World::behind_pgbouncer().await;
    let look = Domain::look(&pooled.settings).await.unwrap();
    let is_direct = std::env::var("POOLER").is_ok_and(|pooler| pooler == "direct");
    assert_eq!(look.is_pooled, !is_direct);
    assert_eq!(look.content, Content::Ours { pending: 0 });
    let foreign = on_an_empty_database().await;
    foreign.psql("CREATE TABLE sites (id INT)").await;
    let look = Domain::look(&foreign.settings).await.unwrap();
    assert_eq!(look.content, Content::Foreign);
    let embedded = World::on_sqlite().await;
    let look = Domain::look(&embedded.settings).await.unwrap();
    assert!(look.server.starts_with("SQLite "), "{look:?}");
}

#[tokio::test]
async fn a_migration_makes_a_folder_that_nobody_else_may_read() {
    let world = World::on_sqlite().await;
    let settings = Settings {
        data: world.settings.data.join("fresh"),
        ..world.settings.clone()
    };
    Domain::migrate(&settings).await.unwrap();
    let folder = std::fs::metadata(&settings.data).unwrap();
    assert_eq!(folder.permissions().mode() & 0o777, 0o700);
}
