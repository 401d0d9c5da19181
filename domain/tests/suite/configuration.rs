//! What each TV does.

use api::configuration::NewConfiguration;
use api::error::ErrorCode;
use api::id::{SiteId, VideoId};
use api::permission::Role;

use crate::support::{World, admin, code_of, on_every_database, somebody};

on_every_database!(
    a_videosis_published_as_numbered_versions,
    who_started_from_an_older_version_is_refused,
    two_people_who_publish_at_once_do_not_overwrite_each_other,
    an_impossible_videosis_refused,
    the_library_says_how_many_sites_show_a_video_now,
    a_publication_is_not_lost_to_the_first_poll,
    every_publication_leaves_an_audit_entry,
);

async fn a_videosis_published_as_numbered_versions(world: World) {
    let site = world.site("Salle A").await;
    let [first, second, third] = world.three_videos().await;
    let configurations = world.domain.configurations();
    let empty = configurations.site_loop(&admin(), site).await.unwrap();
    assert!(empty.published.is_none() && empty.videos.is_empty());

    let published = world
        .publish(site, None, &[third, first, third])
        .await
        .unwrap();
    assert_eq!((published.version, published.videos), (1, 3));
    assert_eq!(published.duration_ms, 5000);
    assert_eq!(published.published_by, "Anne Durand");
    let shown = configurations.site_loop(&admin(), site).await.unwrap();
    assert_eq!(shown.published, Some(published.clone()));
    let order: Vec<VideoId> = shown.videos.iter().map(|video| video.id).collect();
    assert_eq!(order, [third, first, third]);

    let comment = " Match de samedi ".to_owned();
    let new = NewConfiguration {
        base_version: Some(1),
        videos: vec![second],
        comment,
    };
    let next = configurations.publish(&admin(), site, new).await.unwrap();
    assert_eq!(
        (next.version, next.comment.as_str()),
        (2, "Match de samedi")
    );
    let empty = world.publish(site, Some(2), &[]).await.unwrap();
    assert_eq!((empty.version, empty.videos, empty.duration_ms), (3, 0, 0));
    let versions = configurations.versions(&admin(), site).await.unwrap();
    assert_eq!(versions, [empty, next, published]);
}

async fn who_started_from_an_older_version_is_refused(world: World) {
    let site = world.site("Salle A").await;
    let [video, ..] = world.three_videos().await;
    for base in [Some(0), Some(1)] {
        let refused = world.publish(site, base, &[video]).await;
        assert_eq!(code_of(refused), ErrorCode::ConfigurationChanged);
    }
    world.publish(site, None, &[video]).await.unwrap();
    for base in [None, Some(0), Some(2)] {
        let refused = world.publish(site, base, &[]).await;
        assert_eq!(code_of(refused), ErrorCode::ConfigurationChanged);
    }
    let kept = world
        .domain
        .configurations()
        .site_loop(&admin(), site)
        .await;
    assert_eq!(kept.unwrap().videos.len(), 1);
}

async fn two_people_who_publish_at_once_do_not_overwrite_each_other(world: World) {
    let site = world.site("Salle A").await;
    let videos = world.three_videos().await;
    let published = videos
        .each_ref()
        .map(|video| world.publish(site, None, std::slice::from_ref(video)));
    let published = futures::future::join_all(published).await;
    assert_eq!(published.iter().filter(|result| result.is_ok()).count(), 1);
    for result in published.into_iter().filter(Result::is_err) {
        assert_eq!(code_of(result), ErrorCode::ConfigurationChanged);
    }
}

async fn an_impossible_videosis_refused(world: World) {
    let site = world.site("Salle A").await;
    let [video, ..] = world.three_videos().await;
    let unknown = world.publish(site, None, &[video, VideoId::new()]).await;
    assert_eq!(code_of(unknown), ErrorCode::VideoUnknown);
    let long = world.publish(site, None, &[video; 501]).await;
    assert_eq!(code_of(long), ErrorCode::LoopTooLong);
    let nowhere = world.publish(SiteId::new(), None, &[video]).await;
    assert_eq!(code_of(nowhere), ErrorCode::NotFound);
    let new = NewConfiguration {
        base_version: None,
        videos: vec![video],
        comment: "x".repeat(121),
    };
    let configurations = world.domain.configurations();
    let wordy = configurations.publish(&admin(), site, new.clone()).await;
    assert_eq!(code_of(wordy), ErrorCode::Invalid);
    let viewer = configurations
        .publish(&somebody(Role::Viewer), site, new)
        .await;
    assert_eq!(code_of(viewer), ErrorCode::Forbidden);
    assert!(
        configurations
            .versions(&admin(), site)
            .await
            .unwrap()
            .is_empty()
    );
    world.publish(site, None, &[video; 500]).await.unwrap();
}

async fn the_library_says_how_many_sites_show_a_video_now(world: World) {
    let sites = [world.site("Salle A").await, world.site("Salle B").await];
    let [first, second, _] = world.three_videos().await;
    for site in sites {
        world.publish(site, None, &[first, first]).await.unwrap();
    }
    world.publish(sites[1], Some(1), &[second]).await.unwrap();
    let videos = world.domain.videos();
    for (id, shown_by) in [(first, 1), (second, 1)] {
        assert_eq!(videos.get(&admin(), id).await.unwrap().sites, shown_by);
    }
}

async fn a_publication_is_not_lost_to_the_first_poll(world: World) {
    let [video, ..] = world.three_videos().await;
    let mut linked = Vec::new();
    for number in 0..10 {
        let site = world.site(&format!("Salle {number}")).await;
        let (_, player) = world.linked(site).await;
        let players = world.domain.players();
        let videos = [video];
        let (polled, published) =
            tokio::join!(players.state(&player), world.publish(site, None, &videos));
        polled.unwrap();
        published.unwrap();
        linked.push(player);
    }
    // What a fresh start reads from the database.
    let world = world.restarted().await;
    for player in linked {
        let (_, state) = world.state(&player).await;
        assert_eq!(state.configuration_version, 1);
    }
}

async fn every_publication_leaves_an_audit_entry(world: World) {
    let site = world.site("Salle A").await;
    world.publish(site, None, &[]).await.unwrap();
    let refused = world.publish(site, None, &[]).await;
    assert_eq!(code_of(refused), ErrorCode::ConfigurationChanged);
    let entries = world.audited("configuration.publish").await;
    assert_eq!(entries, 1);
}
