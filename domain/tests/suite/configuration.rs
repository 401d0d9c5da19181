//! What each TV does.

use api::configuration::{NewConfiguration, RestoreConfiguration, VersionFilter};
use api::error::{ApiError, ErrorCode};
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
    versions_are_listed_in_pages_and_read_one_by_one,
    an_old_version_is_published_again,
    a_missing_video_is_named_and_left_out_only_on_demand,
    who_restores_and_who_publishes_at_once_do_not_overwrite_each_other,
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
    let filter = VersionFilter::default();
    let versions = configurations.versions(&admin(), site, filter).await;
    assert_eq!(versions.unwrap().items, [empty, next, published]);
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
    let unknown = ApiError::from(unknown.unwrap_err());
    assert_eq!(unknown.code, ErrorCode::VideoUnknown);
    let fields: Vec<&str> = unknown.fields.iter().map(|field| &*field.field).collect();
    assert_eq!(fields, ["videos.1"]);
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
    let filter = VersionFilter::default();
    let versions = configurations.versions(&admin(), site, filter).await;
    assert_eq!(versions.unwrap().total, 0);
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

fn restore_on(base_version: i32) -> RestoreConfiguration {
    RestoreConfiguration {
        base_version: Some(base_version),
        leave_out: Vec::new(),
    }
}

async fn versions_are_listed_in_pages_and_read_one_by_one(world: World) {
    let site = world.site("Salle A").await;
    let [first, second, _] = world.three_videos().await;
    world
        .publish(site, None, &[second, first, second])
        .await
        .unwrap();
    for base in 1..5 {
        world.publish(site, Some(base), &[first]).await.unwrap();
    }
    let configurations = world.domain.configurations();
    let filter = VersionFilter {
        page: Some(2),
        per_page: Some(2),
    };
    let page = configurations
        .versions(&admin(), site, filter)
        .await
        .unwrap();
    let numbers: Vec<i32> = page.items.iter().map(|version| version.version).collect();
    assert_eq!((page.total, numbers), (5, vec![3, 2]));

    // Names are those of the day.
    let renamed = "Optique Armor".to_owned();
    let videos = world.domain.videos();
    videos.rename(&admin(), second, renamed).await.unwrap();
    let old = configurations.version(&admin(), site, 1).await.unwrap();
    let ids: Vec<VideoId> = old.places.iter().map(|place| place.video_id).collect();
    assert_eq!(ids, [second, first, second]);
    assert_eq!((old.published.version, &*old.places[0].name), (1, "sound"));
    assert!(old.places.iter().all(|place| place.in_library));
    let viewer = somebody(Role::Viewer);
    assert!(configurations.version(&viewer, site, 1).await.is_ok());
    for (site, version) in [(site, 0), (site, 6), (SiteId::new(), 1)] {
        let unknown = configurations.version(&admin(), site, version).await;
        assert_eq!(code_of(unknown), ErrorCode::NotFound);
    }
    let sponsor = configurations
        .version(&somebody(Role::Sponsor), site, 1)
        .await;
    assert_eq!(code_of(sponsor), ErrorCode::Forbidden);
}

async fn an_old_version_is_published_again(world: World) {
    let site = world.site("Salle A").await;
    let [first, second, _] = world.three_videos().await;
    world.publish(site, None, &[second, first]).await.unwrap();
    world.publish(site, Some(1), &[]).await.unwrap();
    let configurations = world.domain.configurations();
    let late = configurations
        .restore(&admin(), site, 1, restore_on(1))
        .await;
    assert_eq!(code_of(late), ErrorCode::ConfigurationChanged);
    let viewer = somebody(Role::Viewer);
    let viewer = configurations
        .restore(&viewer, site, 1, restore_on(2))
        .await;
    assert_eq!(code_of(viewer), ErrorCode::Forbidden);
    let unknown = configurations
        .restore(&admin(), site, 7, restore_on(2))
        .await;
    assert_eq!(code_of(unknown), ErrorCode::NotFound);

    let restored = configurations
        .restore(&admin(), site, 1, restore_on(2))
        .await
        .unwrap();
    assert_eq!(
        (restored.version, &*restored.comment),
        (3, "Reprise de la version 1")
    );
    let shown = configurations.site_loop(&admin(), site).await.unwrap();
    let order: Vec<VideoId> = shown.videos.iter().map(|video| video.id).collect();
    assert_eq!(order, [second, first]);
    assert_eq!(world.audited("configuration.restore").await, 1);
    assert_eq!(world.audited("configuration.publish").await, 3);
}

async fn a_missing_video_is_named_and_left_out_only_on_demand(world: World) {
    let site = world.site("Salle A").await;
    let [first, second, third] = world.three_videos().await;
    let loops = [vec![first, third, second, third], vec![first]];
    for (base, videos) in [None, Some(1)].into_iter().zip(loops) {
        world.publish(site, base, &videos).await.unwrap();
    }
    let removed = "DELETE FROM configuration_videos WHERE version = 1 AND position IN (1, 3);
                   DELETE FROM videos WHERE name = 'other'";
    world.edit_by_hand(removed).await;

    let configurations = world.domain.configurations();
    let old = configurations.version(&admin(), site, 1).await.unwrap();
    let missing = |place: &&api::configuration::PublishedPlace| !place.in_library;
    let missing: Vec<&str> = old
        .places
        .iter()
        .filter(missing)
        .map(|p| &*p.name)
        .collect();
    assert_eq!(missing, ["other", "other"]);
    let refused = configurations
        .restore(&admin(), site, 1, restore_on(2))
        .await;
    assert_eq!(code_of(refused), ErrorCode::VideoUnknown);
    // Who leaves out a video that is there gets it all the same.
    let wish = RestoreConfiguration {
        leave_out: vec![third, first],
        ..restore_on(2)
    };
    let restored = configurations.restore(&admin(), site, 1, wish).await;
    assert_eq!(restored.unwrap().videos, 2);
    let shown = configurations.site_loop(&admin(), site).await.unwrap();
    let order: Vec<VideoId> = shown.videos.iter().map(|video| video.id).collect();
    assert_eq!(order, [first, second]);
}

async fn who_restores_and_who_publishes_at_once_do_not_overwrite_each_other(world: World) {
    let site = world.site("Salle A").await;
    let [first, second, _] = world.three_videos().await;
    world.publish(site, None, &[first]).await.unwrap();
    let configurations = world.domain.configurations();
    let (marie, videos) = (admin(), [second]);
    let (published, restored) = tokio::join!(
        world.publish(site, Some(1), &videos),
        configurations.restore(&marie, site, 1, restore_on(1)),
    );
    let outcomes = [published, restored];
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    for outcome in outcomes.into_iter().filter(Result::is_err) {
        assert_eq!(code_of(outcome), ErrorCode::ConfigurationChanged);
    }
    let filter = VersionFilter::default();
    let versions = configurations.versions(&admin(), site, filter).await;
    assert_eq!(versions.unwrap().total, 2);
}
