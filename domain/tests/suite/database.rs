//! The database as operators and other instances meet it.

use api::account::SignIn;
use api::error::ErrorCode;
use api::health::{Dependency, HealthStatus};
use api::permission::Role;
use api::site::{NewSite, SiteFilter};

use crate::support::{World, admin, client, code_of, on_every_database};

on_every_database!(
    a_restart_finds_everything_as_it_was,
    many_requests_at_once_share_few_connections,
    two_instances_may_start_at_once,
);

/// bcrypt of "Correct horse 1", as the guide's generator makes it.
fn guides_insert(role: &str, active: bool) -> String {
    let hash = bcrypt::hash_with_result("Correct horse 1", 4).unwrap();
    let hash = hash.format_for_version(bcrypt::Version::TwoA);
    format!(
        "INSERT INTO users (email, password_hash, full_name, role, is_active, created_at, updated_at)
         VALUES ('Votre@Email.com', '{hash}', 'Votre Nom', '{role}', {active}, NOW(), NOW());"
    )
}

async fn sign_in(world: &World) -> domain::Result<domain::account::NewSession> {
    let typed = SignIn {
        email: "votre@email.com".to_owned(),
        password: "Correct horse 1".to_owned(),
    };
    world
        .domain
        .accounts()
        .sign_in(typed, &client("192.0.2.7"))
        .await
}

#[tokio::test]
async fn the_guides_sql_makes_an_administrator_whose_hash_is_renewed() {
    let world = World::behind_pgbouncer().await;
    world.psql(&guides_insert("super_admin", true)).await;
    let session = sign_in(&world).await.unwrap();
    assert_eq!(session.account.role, Role::Admin);
    let kept = world.psql("SELECT password_hash FROM users").await;
    assert!(kept.starts_with("$argon2id$"), "{kept}");
    assert!(sign_in(&world).await.is_ok());
}

#[tokio::test]
async fn an_unknown_role_or_a_closed_account_does_not_sign_in() {
    let world = World::behind_pgbouncer().await;
    world.psql(&guides_insert("king", true)).await;
    assert_eq!(
        code_of(sign_in(&world).await),
        ErrorCode::InvalidCredentials
    );
    world
        .psql("UPDATE users SET role = 'admin', is_active = false")
        .await;
    assert_eq!(
        code_of(sign_in(&world).await),
        ErrorCode::InvalidCredentials
    );
    world.psql("UPDATE users SET is_active = true").await;
    assert!(sign_in(&world).await.is_ok());
}

#[tokio::test]
async fn the_guides_select_lists_active_sites() {
    let world = World::behind_pgbouncer().await;
    world
        .domain
        .sites()
        .create(&admin(), NewSite::named("Gymnase"))
        .await
        .unwrap();
    world
        .psql("INSERT INTO sites (name) VALUES ('Par SQL')")
        .await;
    let select = "SELECT name, status, last_seen FROM sites WHERE is_active = true ORDER BY name;";
    assert_eq!(
        world.psql(select).await,
        "Gymnase|pending|\nPar SQL|pending|"
    );
    let page = world
        .domain
        .sites()
        .list(&admin(), SiteFilter::default())
        .await
        .unwrap();
    assert_eq!(page.total, 2);
}

#[tokio::test]
async fn no_table_is_open_to_the_hosts_own_rest_doors() {
    let world = World::behind_pgbouncer().await;
    let open = "SELECT relname FROM pg_class
                WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relrowsecurity";
    assert_eq!(world.psql(open).await, "");
}

#[tokio::test]
async fn other_ways_to_postgresql_work_too() {
    for world in [
        World::on_postgres().await,
        World::behind_quiet_pgbouncer().await,
        World::behind_renaming_pooler().await,
    ] {
        many_requests_at_once_share_few_connections(world).await;
    }
}

#[tokio::test]
async fn a_lost_database_is_a_degradation_and_no_more() {
    let world = World::behind_pgbouncer().await;
    world.psql("ALTER TABLE changes RENAME TO elsewhere").await;
    let health = world.domain.health().await;
    assert_eq!(health.status, HealthStatus::Degraded);
    assert_eq!(health.failing, [Dependency::Database]);
    assert!(!health.is_ready());
    let files = world.kept_files();
    let away = files.with_extension("away");
    std::fs::rename(&files, &away).unwrap();
    let health = world.domain.health().await;
    assert_eq!(health.status, HealthStatus::Unhealthy, "{health:?}");
    std::fs::rename(&away, &files).unwrap();
    world.psql("ALTER TABLE elsewhere RENAME TO changes").await;
    assert_eq!(world.domain.health().await.status, HealthStatus::Healthy);
}

#[tokio::test]
async fn lost_connections_are_replaced() {
    for world in [World::on_postgres().await, World::behind_pgbouncer().await] {
        world
            .domain
            .sites()
            .create(&admin(), NewSite::named("Gymnase"))
            .await
            .unwrap();
        world
            .psql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid()",
            )
            .await;
        let page = world
            .domain
            .sites()
            .list(&admin(), SiteFilter::default())
            .await;
        assert_eq!(page.unwrap().total, 1);
    }
}

async fn a_restart_finds_everything_as_it_was(world: World) {
    world
        .domain
        .sites()
        .create(&admin(), NewSite::named("Gymnase"))
        .await
        .unwrap();
    let world = world.restarted().await;
    let page = world
        .domain
        .sites()
        .list(&admin(), SiteFilter::default())
        .await
        .unwrap();
    assert_eq!(page.items[0].name, "Gymnase");
    assert_eq!(world.domain.health().await.status, HealthStatus::Healthy);
}

async fn many_requests_at_once_share_few_connections(world: World) {
    let work = async |number: usize| {
        let sites = world.domain.sites();
        let created = sites
            .create(&admin(), NewSite::named(&format!("Site {number}")))
            .await
            .unwrap();
        for _ in 0..10 {
            assert_eq!(sites.get(&admin(), created.id).await.unwrap().site, created);
        }
    };
    futures::future::join_all((0..50).map(work)).await;
    let page = world
        .domain
        .sites()
        .list(&admin(), SiteFilter::default())
        .await
        .unwrap();
    assert_eq!(page.total, 50);
}

async fn two_instances_may_start_at_once(world: World) {
    let (one, two) = tokio::join!(world.another_instance(), world.another_instance());
    one.sites()
        .create(&admin(), NewSite::named("Gymnase"))
        .await
        .unwrap();
    let page = two
        .sites()
        .list(&admin(), SiteFilter::default())
        .await
        .unwrap();
    assert_eq!(page.total, 1);
    one.close().await;
    two.close().await;
}
