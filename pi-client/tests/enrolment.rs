//! From an unknown screen to a site's player.
#![expect(clippy::unwrap_used, reason = "what helps a test may fail like one")]

mod support;

use std::time::Duration;

use support::page::Page;
use support::server::{FakeServer, World};
use support::{clip_bytes, player_of, state_of};

#[tokio::test]
async fn a_new_screen_shows_its_code_and_belongs_to_the_site_once_accepted() {
    let server = FakeServer::start().await;
    let data = tempfile::tempdir().unwrap();
    let player = player_of(&server, data.path()).await;
    let mut page = Page::open(&player).await;
    page.until("pairing").await;
    assert_eq!(page.view["code"], "KXPT-DRWM");
    assert_eq!(page.view["words"][1], "marée");
    assert!(page.view["qr"]["size"].as_u64() > Some(20));

    server.accept();
    page.until("idle").await;
    assert_eq!(page.view["site_name"], "Gymnase de Rennes");
    assert_eq!(page.view["reason"], "nothing");
    server
        .until("it reports", |world| !world.reports.is_empty())
        .await;
    let report = server.world().reports[0].clone();
    assert_eq!(report.boot_id, player.boot_id());
    assert_eq!(report.configuration_version, None);
    player.stop().await;
}

#[tokio::test]
async fn an_expired_code_makes_way_for_a_new_one() {
    let server = FakeServer::start().await;
    let data = tempfile::tempdir().unwrap();
    let player = player_of(&server, data.path()).await;
    server.until("a code", |world| world.codes == 1).await;
    server.world().code_expired = true;
    server.until("another code", |world| world.codes == 2).await;
    player.stop().await;
}

#[tokio::test]
async fn a_restarted_player_does_not_enrol_again() {
    let server = FakeServer::start().await;
    let data = tempfile::tempdir().unwrap();
    server.accept();
    let player = player_of(&server, data.path()).await;
    server
        .until("it reports", |world| !world.reports.is_empty())
        .await;
    let (key, boot) = (player.key_id(), player.boot_id());
    player.stop().await;
    let before = server.world().reports.len();

    let player = player_of(&server, data.path()).await;
    server
        .until("it reports", |world| world.reports.len() > before)
        .await;
    assert_eq!(server.world().codes, 1);
    assert_eq!(player.key_id(), key);
    assert_ne!(player.boot_id(), boot, "each run is its own boot");
    player.stop().await;
}

#[tokio::test]
async fn a_refused_token_is_renewed_once_without_a_new_code() {
    let server = FakeServer::start().await;
    let data = tempfile::tempdir().unwrap();
    server.accept();
    let player = player_of(&server, data.path()).await;
    server
        .until("it reports", |world| !world.reports.is_empty())
        .await;
    server.world().token = None;
    server
        .until("another token", |world| world.tokens == 2)
        .await;
    let before = server.world().reports.len();
    server
        .until("it reports", |world| world.reports.len() > before)
        .await;
    assert_eq!(server.world().codes, 1);
    player.stop().await;
}

#[tokio::test]
async fn a_screen_that_loses_its_link_shows_a_code_and_goes_on_playing() {
    let server = FakeServer::start().await;
    let data = tempfile::tempdir().unwrap();
    let clip = clip_bytes(1, 1_000);
    server.accept();
    server.publish(state_of(1, &[(&clip, 1_000)]), &[&clip]);
    let player = player_of(&server, data.path()).await;
    server.until_applied(1).await;
    {
        let mut world = server.world();
        world.keys.clear();
        world.site = None;
        world.token = None;
    }
    server.until("another code", |world| world.codes == 2).await;
    let mut page = Page::open(&player).await;
    for _ in 0..100 {
        page.until("playing").await;
        if page.view["pairing"]["code"] == "KXPT-DRWM" {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(page.view["page"], "playing");
    assert_eq!(page.view["pairing"]["code"], "KXPT-DRWM");
    player.stop().await;
}

#[tokio::test]
async fn a_screen_whose_key_was_revoked_takes_a_new_one_and_enrols_with_it() {
    let server = FakeServer::start().await;
    let data = tempfile::tempdir().unwrap();
    server.accept();
    let player = player_of(&server, data.path()).await;
    server
        .until("it reports", |world| !world.reports.is_empty())
        .await;
    let old = player.key_id();
    {
        let mut world = server.world();
        world.keys.clear();
        world.revoked.insert(old.clone());
        world.site = None;
        world.token = None;
    }
    server.until("another code", |world| world.codes == 2).await;
    let new = player.key_id();
    assert_ne!(new, old);
    server.accept();
    server
        .until("it is linked again", |world| world.keys.contains_key(&new))
        .await;
    player.stop().await;
    let player = player_of(&server, data.path()).await;
    assert_eq!(player.key_id(), new, "the new key is kept");
    player.stop().await;
}

#[tokio::test]
async fn a_linked_screen_knows_its_site_without_the_server() {
    let server = FakeServer::start().await;
    let data = tempfile::tempdir().unwrap();
    server.accept();
    let player = player_of(&server, data.path()).await;
    server
        .until("it reports", |world| !world.reports.is_empty())
        .await;
    player.stop().await;
    let settings = support::settings_of(&server, data.path());
    drop(server);

    let player = pi_client::Player::start(settings).await.unwrap();
    let mut page = Page::open(&player).await;
    page.until("idle").await;
    assert_eq!(page.view["site_name"], "Gymnase de Rennes");
    player.stop().await;
}

#[tokio::test]
async fn a_screen_without_network_says_so_and_goes_on_trying() {
    let server = FakeServer::start().await;
    let data = tempfile::tempdir().unwrap();
    let settings = support::settings_of(&server, data.path());
    let address = server.address();
    drop(server);
    let player = pi_client::Player::start(settings).await.unwrap();
    let mut page = Page::open(&player).await;
    page.until("unreachable").await;
    let _server = FakeServer::start_at(address, World::default()).await;
    page.until("pairing").await;
    player.stop().await;
}
