//! Linked screens.

use std::time::Duration;

use api::error::ErrorCode;
use api::hash::FileHash;
use api::id::VideoId;
use api::limit::{CHALLENGE_LIFE, PLAYER_TOKEN_LIFE};
use api::play::Clock;
use api::player::{ChallengeRequest, DesiredState, Downloads, Report, ScreenReport, TokenRequest};
use api::site::{NewSite, Screen as Shown, SiteStatus};
use domain::Actor;
use futures::TryStreamExt;

use crate::support::screen::{ORIGIN, Screen};
use crate::support::{World, admin, code_of, eventually, on_every_database};

on_every_database!(
    a_token_needs_the_key_the_origin_and_a_fresh_challenge,
    a_token_ends_after_fifteen_minutes,
    a_closed_site_loses_its_player_within_seconds,
    the_state_changes_with_publications_only,
    the_state_follows_the_name_of_its_site,
    rows_edited_by_hand_reach_the_state_within_seconds,
    a_document_that_somebody_broke_leaves_the_state_as_it_was,
    a_moment_of_many_players_is_answered_to_each,
    a_player_reads_the_files_of_its_site_only,
    a_report_is_seen_on_the_site,
    people_are_not_players,
);

async fn a_token_needs_the_key_the_origin_and_a_fresh_challenge(world: World) {
    let site = world.site("Salle A").await;
    let (screen, _) = world.linked(site).await;
    let token = screen.token_for(&world.domain, ORIGIN).await.unwrap();
    assert_eq!((token.site_id, token.expires_in_s), (site, 900));

    let elsewhere = screen
        .token_for(&world.domain, "https://evil.example")
        .await;
    assert_eq!(code_of(elsewhere), ErrorCode::PlayerRefused);
    let stranger = Screen::new().token_for(&world.domain, ORIGIN).await;
    assert_eq!(code_of(stranger), ErrorCode::PlayerRefused);

    let key_id = screen.key_id();
    let players = world.domain.players();
    let challenge = ChallengeRequest {
        key_id: key_id.clone(),
    };
    let nonce = players.challenge(&challenge).nonce;
    let signed_by = |signer: &Screen| TokenRequest {
        key_id: key_id.clone(),
        nonce: nonce.clone(),
        boot_id: screen.boot,
        signature: signer.sign(&TokenRequest::signed_text(ORIGIN, &nonce)),
    };
    let forged = players.token(signed_by(&Screen::new())).await;
    assert_eq!(code_of(forged), ErrorCode::PlayerRefused);
    world.wait(CHALLENGE_LIFE + Duration::from_secs(2));
    let late = players.token(signed_by(&screen)).await;
    assert_eq!(code_of(late), ErrorCode::PlayerRefused);
}

async fn a_token_ends_after_fifteen_minutes(world: World) {
    let (screen, _) = world.linked(world.site("Salle A").await).await;
    let token = screen.token_for(&world.domain, ORIGIN).await.unwrap().token;
    let players = world.domain.players();
    assert!(players.authenticate(&token).await.is_ok());
    assert_eq!(
        code_of(players.authenticate("x.y.z").await),
        ErrorCode::PlayerRefused
    );
    world.wait(PLAYER_TOKEN_LIFE);
    assert_eq!(
        code_of(players.authenticate(&token).await),
        ErrorCode::PlayerRefused
    );
}

async fn a_closed_site_loses_its_player_within_seconds(world: World) {
    let (screen, _) = world.linked(world.site("Salle A").await).await;
    let token = screen.token_for(&world.domain, ORIGIN).await.unwrap().token;
    let players = world.domain.players();
    players.authenticate(&token).await.unwrap();
    world
        .edit_by_hand("UPDATE sites SET is_active = FALSE")
        .await;
    let begun = std::time::Instant::now();
    while players.authenticate(&token).await.is_ok() {
        assert!(begun.elapsed() < Duration::from_secs(5), "still signed in");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let refused = screen.token_for(&world.domain, ORIGIN).await;
    assert_eq!(code_of(refused), ErrorCode::PlayerRefused);
}

async fn the_state_changes_with_publications_only(world: World) {
    let site = world.site("Salle A").await;
    let [first, second, _] = world.three_videos().await;
    let (_, player) = world.linked(site).await;
    let (empty_etag, empty) = world.state(&player).await;
    assert_eq!((empty.configuration_version, empty.files.len()), (0, 0));
    assert_eq!(empty.site_name, "Salle A");

    world
        .publish(site, None, &[first, second, first])
        .await
        .unwrap();
    let (etag, state) = world.state(&player).await;
    assert_ne!(etag, empty_etag);
    assert_eq!(state.configuration_version, 1);
    assert_eq!(state.configuration.default_loop.len(), 3);
    assert_eq!(state.files.len(), 2);

    // Another instance, a restart and a rename of a video change nothing.
    let name = "autre".to_owned();
    world
        .domain
        .videos()
        .rename(&admin(), first, name)
        .await
        .unwrap();
    let world = world.restarted().await;
    assert_eq!(world.state(&player).await, (etag.clone(), state));
    let other = world.another_instance().await;
    assert_eq!(other.players().state(&player).await.unwrap().etag, etag);
    other.close().await;
}

async fn the_state_follows_the_name_of_its_site(world: World) {
    let site = world.site("Salle A").await;
    let [video, ..] = world.three_videos().await;
    let (_, player) = world.linked(site).await;
    world.publish(site, None, &[video]).await.unwrap();
    let (etag, _) = world.state(&player).await;
    let renamed = NewSite::named("Salle B");
    world
        .domain
        .sites()
        .update(&admin(), site, renamed)
        .await
        .unwrap();
    let begun = std::time::Instant::now();
    while world.state(&player).await.0 == etag {
        assert!(
            begun.elapsed() < Duration::from_secs(5),
            "still the old name"
        );
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let (_, state) = world.state(&player).await;
    assert_eq!(state.site_name, "Salle B");
    assert_eq!((state.configuration_version, state.files.len()), (1, 1));
}

async fn a_player_reads_the_files_of_its_site_only(world: World) {
    let (site, other) = (world.site("Salle A").await, world.site("Salle B").await);
    let (_, player) = world.linked(site).await;
    let (_, stranger) = world.linked(other).await;
    let [first, second, third] = world.three_videos().await;
    let videos = world.domain.videos();
    let mut hashes = Vec::new();
    for id in [first, second, third] {
        hashes.push(videos.get(&admin(), id).await.unwrap().sha256);
    }
    world.publish(site, None, &[first]).await.unwrap();
    world.publish(site, Some(1), &[second]).await.unwrap();
    let players = world.domain.players();
    // The current manifest's and the previous one's.
    for hash in &hashes[..2] {
        let file = players.file(&player, *hash).await.unwrap();
        let length = file.size;
        let pieces: Vec<_> = file
            .read(0..length)
            .await
            .unwrap()
            .try_collect()
            .await
            .unwrap();
        assert_eq!(pieces.concat().len() as u64, length);
    }
    for (actor, hash) in [
        (&player, hashes[2]),
        (&stranger, hashes[0]),
        (&player, FileHash([7; 32])),
    ] {
        let refused = players.file(actor, hash).await;
        assert_eq!(code_of(refused), ErrorCode::NotFound);
    }
    world.publish(site, Some(2), &[third]).await.unwrap();
    let gone = players.file(&player, hashes[0]).await;
    assert_eq!(code_of(gone), ErrorCode::NotFound);
}

async fn a_report_is_seen_on_the_site(world: World) {
    let site = world.site("Salle A").await;
    let [video, ..] = world.three_videos().await;
    let (screen, player) = world.linked(site).await;
    let report = Report {
        player_version: "1.0.0".to_owned(),
        clock: Clock::Synced,
        configuration_version: Some(0),
        screen: ScreenReport {
            screen: Shown::Playing,
            video_id: Some(video),
            position_ms: 400,
            ..ScreenReport::default()
        },
        downloads: Downloads {
            files: 3,
            files_ready: 1,
            bytes: 3000,
            bytes_ready: 1000,
        },
        waiting_plays: 7,
        ..Report::of_boot(screen.boot)
    };
    let answer = world
        .domain
        .players()
        .report(&player, report)
        .await
        .unwrap();
    assert_eq!(answer.etag, world.state(&player).await.0);
    let seen = eventually(async || {
        let seen = world.domain.sites().get(&admin(), site).await.unwrap();
        (seen.site.status == SiteStatus::Online).then_some(seen)
    });
    let seen = seen.await;
    assert_eq!(seen.site.screen, Shown::Playing);
    let on_screen = seen.site.on_screen.unwrap();
    assert_eq!((on_screen.video_id, on_screen.position_ms), (video, 400));
    let machine = seen.player.unwrap();
    assert_eq!(machine.waiting_plays, Some(7));
    assert_eq!(machine.downloads.unwrap().files_ready, 1);
}

async fn people_are_not_players(world: World) {
    let players = world.domain.players();
    assert_eq!(code_of(players.state(&admin()).await), ErrorCode::Forbidden);
    let file = players.file(&admin(), FileHash([7; 32])).await;
    assert_eq!(code_of(file), ErrorCode::Forbidden);
}

/// Waits until the state is what `is_wanted` says, as long as an edit may take.
async fn within_five_seconds(
    world: &World,
    player: &Actor,
    is_wanted: impl Fn(&DesiredState) -> bool,
) {
    let begun = std::time::Instant::now();
    loop {
        let (_, state) = world.state(player).await;
        if is_wanted(&state) {
            return;
        }
        assert!(begun.elapsed() < Duration::from_secs(5), "still {state:?}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

async fn rows_edited_by_hand_reach_the_state_within_seconds(world: World) {
    let site = world.site("Salle A").await;
    let [first, second, _] = world.three_videos().await;
    let (_, player) = world.linked(site).await;
    world.publish(site, None, &[first]).await.unwrap();
    world
        .publish(site, Some(1), &[first, second])
        .await
        .unwrap();
    let ids = |state: &DesiredState| -> Vec<VideoId> {
        let places = state.configuration.default_loop.iter();
        places.map(|place| place.video_id).collect()
    };

    within_five_seconds(&world, &player, |state| ids(state) == [first, second]).await;
    world
        .edit_by_hand("UPDATE sites SET published_version = 1")
        .await;
    within_five_seconds(&world, &player, |state| {
        ids(state) == [first] && state.configuration_version == 1 && state.files.len() == 1
    })
    .await;
    world
        .edit_by_hand("UPDATE sites SET published_version = 2")
        .await;
    within_five_seconds(&world, &player, |state| ids(state) == [first, second]).await;
    world
        .edit_by_hand("UPDATE videos SET duration_ms = 4321 WHERE name = 'silent'")
        .await;
    within_five_seconds(&world, &player, |state| {
        state.configuration.default_loop[0].duration_ms == 4321
    })
    .await;
    let removed = "UPDATE videos SET deleted_at = created_at WHERE name = 'sound'";
    world.edit_by_hand(removed).await;
    within_five_seconds(&world, &player, |state| {
        ids(state) == [first] && state.files.len() == 1
    })
    .await;
    world
        .edit_by_hand("UPDATE sites SET published_version = NULL")
        .await;
    within_five_seconds(&world, &player, |state| ids(state).is_empty()).await;
}

async fn a_document_that_somebody_broke_leaves_the_state_as_it_was(world: World) {
    let site = world.site("Salle A").await;
    let [video, ..] = world.three_videos().await;
    let (_, player) = world.linked(site).await;
    world.publish(site, None, &[video]).await.unwrap();
    let (_, before) = world.state(&player).await;
    let edit = "UPDATE configurations SET document = '{'; UPDATE sites SET name = 'Salle B'";
    world.edit_by_hand(edit).await;
    within_five_seconds(&world, &player, |state| state.site_name == "Salle B").await;
    let (_, after) = world.state(&player).await;
    assert_eq!(after.configuration, before.configuration);
    assert_eq!(after.files, before.files);
}

async fn a_moment_of_many_players_is_answered_to_each(world: World) {
    let mut screens = Vec::new();
    for number in 0..8 {
        let site = world.site(&format!("Salle {number}")).await;
        screens.push((site, world.linked(site).await.0));
    }
    // Nothing of them is in this one's memory.
    let other = world.another_instance().await;
    let stranger = Screen::new();
    let asked = screens.iter().map(async |(site, screen)| {
        let token = screen.token_for(&other, ORIGIN).await.unwrap();
        let player = other.players().authenticate(&token.token).await.unwrap();
        let state = other.players().state(&player).await.unwrap();
        let state: DesiredState = serde_json::from_slice(&state.body).unwrap();
        (*site, token.site_id, state.site_name)
    });
    let asked = futures::future::join_all(asked);
    let (told, refused) = tokio::join!(asked, stranger.token_for(&other, ORIGIN));
    assert_eq!(code_of(refused), ErrorCode::PlayerRefused);
    for (number, (site, of_token, name)) in told.into_iter().enumerate() {
        assert_eq!((of_token, name), (site, format!("Salle {number}")));
    }
    other.close().await;
}
