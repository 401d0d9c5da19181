//! Order in the library: tags, filters, where videos are shown, deleting.

use api::error::{ApiError, ErrorCode};
use api::id::VideoId;
use api::limit::TAGS_PER_VIDEO;
use api::permission::Role;
use api::video::{VideoFilter, VideoState};
use domain::Result;

use crate::support::library::film;
use crate::support::{World, admin, code_of, on_every_database, somebody};

on_every_database!(
    tags_are_lines_and_spelt_the_same_everywhere,
    impossible_tags_are_refused,
    videos_are_filtered_by_tag_and_by_being_shown,
    a_video_says_which_sites_show_it,
    a_shown_video_is_not_deleted_and_the_refusal_names_the_sites,
    a_deleted_video_is_gone_with_its_file,
    the_same_bytes_bring_a_deleted_video_back,
    a_deleted_video_is_not_published,
    publishing_and_deleting_at_once_leave_no_hole,
    a_viewer_manages_nothing,
);

impl World {
    async fn tag(&self, id: VideoId, tags: &[&str]) -> Vec<String> {
        let tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
        let video = self.domain.videos().tag(&admin(), id, tags).await;
        video.unwrap().tags
    }

    async fn listed(&self, filter: VideoFilter) -> Vec<VideoId> {
        let page = self.domain.videos().list(&admin(), filter).await.unwrap();
        assert_eq!(page.total, page.items.len() as u64);
        page.items.into_iter().map(|video| video.id).collect()
    }

    async fn delete(&self, id: VideoId) -> Result<()> {
        self.domain.videos().delete(&admin(), id).await
    }
}

fn with_tag(tag: &str) -> VideoFilter {
    VideoFilter {
        tag: Some(tag.to_owned()),
        ..VideoFilter::default()
    }
}

fn in_state(state: VideoState) -> VideoFilter {
    VideoFilter {
        state: Some(state),
        ..VideoFilter::default()
    }
}

async fn tags_are_lines_and_spelt_the_same_everywhere(world: World) {
    let [first, second, third] = world.three_videos().await;
    let typed = [" Saison 2026 ", "", "boulangerie", "SAISON 2026"];
    assert_eq!(
        world.tag(first, &typed).await,
        ["boulangerie", "Saison 2026"]
    );
    assert_eq!(
        world.tag(second, &["saison 2026", "Étoile"]).await,
        ["Saison 2026", "Étoile"]
    );
    let tags = world.domain.videos().tags(&admin()).await.unwrap();
    let tags: Vec<_> = tags.into_iter().map(|tag| (tag.tag, tag.videos)).collect();
    let expected = [("boulangerie", 1), ("Saison 2026", 2), ("Étoile", 1)];
    assert_eq!(tags, expected.map(|(tag, count)| (tag.to_owned(), count)));
    assert!(world.tag(first, &[]).await.is_empty());
    assert!(world.tag(third, &[]).await.is_empty());
    let shown = world.domain.videos().get(&admin(), second).await.unwrap();
    assert_eq!(shown.tags, ["Saison 2026", "Étoile"]);
    assert_eq!(world.audited("video.tag").await, 4);
}

async fn impossible_tags_are_refused(world: World) {
    let id = world.upload("silent.mp4").await.id;
    let many = (0..=TAGS_PER_VIDEO).map(|tag| tag.to_string()).collect();
    for tags in [many, vec!["x".repeat(41)]] {
        let refused = world.domain.videos().tag(&admin(), id, tags).await;
        let refused = ApiError::from(refused.unwrap_err());
        assert_eq!(refused.code, ErrorCode::Invalid);
        assert_eq!(refused.fields[0].code, ErrorCode::TagsRefused);
    }
    let tags = vec!["x".to_owned()];
    let videos = world.domain.videos();
    let unknown = videos.tag(&admin(), VideoId::new(), tags).await;
    assert_eq!(code_of(unknown), ErrorCode::NotFound);
}

async fn videos_are_filtered_by_tag_and_by_being_shown(world: World) {
    let [first, second, third] = world.three_videos().await;
    world.tag(first, &["Martin"]).await;
    world.tag(third, &["Martin", "Hiver"]).await;
    let site = world.site("Salle A").await;
    world.publish(site, None, &[second]).await.unwrap();
    world.publish(site, Some(1), &[third, third]).await.unwrap();
    assert_eq!(world.listed(with_tag("Martin")).await, [third, first]);
    assert_eq!(world.listed(with_tag("Hiver")).await, [third]);
    assert!(world.listed(with_tag("Été")).await.is_empty());
    assert_eq!(world.listed(with_tag(" ")).await.len(), 3);
    assert_eq!(world.listed(in_state(VideoState::Shown)).await, [third]);
    assert_eq!(
        world.listed(in_state(VideoState::Unused)).await,
        [second, first]
    );
    let both = VideoFilter {
        search: Some("silent".to_owned()),
        ..with_tag("Martin")
    };
    assert_eq!(world.listed(both).await, [first]);
}

async fn a_video_says_which_sites_show_it(world: World) {
    let [first, second, _] = world.three_videos().await;
    let (hall, gym) = (world.site("Salle").await, world.site("Gymnase").await);
    world.publish(hall, None, &[first, first]).await.unwrap();
    world.publish(gym, None, &[second, first]).await.unwrap();
    let sites = async |id| {
        let sites = world.domain.videos().sites(&admin(), id).await.unwrap();
        sites.into_iter().map(|site| site.name).collect::<Vec<_>>()
    };
    assert_eq!(sites(first).await, ["Gymnase", "Salle"]);
    assert_eq!(sites(second).await, ["Gymnase"]);
    world.publish(gym, Some(1), &[first]).await.unwrap();
    assert!(sites(second).await.is_empty());
    let unknown = world.domain.videos().sites(&admin(), VideoId::new()).await;
    assert_eq!(code_of(unknown), ErrorCode::NotFound);
}

async fn a_shown_video_is_not_deleted_and_the_refusal_names_the_sites(world: World) {
    let id = world.upload("silent.mp4").await.id;
    let site = world.site("Salle A").await;
    world.publish(site, None, &[id]).await.unwrap();
    let refusal = ApiError::from(world.delete(id).await.unwrap_err());
    assert_eq!(refusal.code, ErrorCode::VideoInUse);
    let named: Vec<_> = refusal
        .sites
        .iter()
        .map(|site| site.name.as_str())
        .collect();
    assert_eq!((refusal.sites[0].id, named), (site, vec!["Salle A"]));
    assert!(world.domain.videos().file(&admin(), id).await.is_ok());
    // An older loop holds nobody back.
    world.publish(site, Some(1), &[]).await.unwrap();
    world.delete(id).await.unwrap();
    assert_eq!(world.audited("video.delete").await, 1);
}

async fn a_deleted_video_is_gone_with_its_file(world: World) {
    let id = world.upload("silent.mp4").await.id;
    world.tag(id, &["Martin"]).await;
    let videos = world.domain.videos();
    let picture = film("picture.jpg").into();
    videos.set_thumbnail(&admin(), id, picture).await.unwrap();
    world.delete(id).await.unwrap();
    assert_eq!(
        (world.files_in("videos"), world.files_in("thumbnails")),
        (0, 0)
    );
    assert!(world.listed(VideoFilter::default()).await.is_empty());
    assert!(videos.tags(&admin()).await.unwrap().is_empty());
    assert_eq!(world.domain.home().get(&admin()).await.unwrap().videos, 0);
    assert_eq!(code_of(videos.get(&admin(), id).await), ErrorCode::NotFound);
    let file = videos.file(&admin(), id).await.map(drop);
    assert_eq!(code_of(file), ErrorCode::NotFound);
    assert_eq!(code_of(world.delete(id).await), ErrorCode::NotFound);
}

async fn the_same_bytes_bring_a_deleted_video_back(world: World) {
    let first = world.upload("silent.mp4").await;
    world.tag(first.id, &["Martin"]).await;
    world.delete(first.id).await.unwrap();
    let bytes = film("silent.mp4");
    let again = (0..3).map(|_| world.upload_bytes("Nouveau nom.mp4", &bytes));
    let again = futures::future::try_join_all(again).await.unwrap();
    assert_eq!(again.iter().filter(|again| !again.already_known).count(), 1);
    let video = &again[0].video;
    assert_eq!((video.id, video.name.as_str()), (first.id, "Nouveau nom"));
    assert!(video.tags.is_empty());
    assert_eq!(world.files_in("videos"), 1);
    assert!(world.domain.videos().file(&admin(), first.id).await.is_ok());
}

async fn a_deleted_video_is_not_published(world: World) {
    let id = world.upload("silent.mp4").await.id;
    let site = world.site("Salle A").await;
    world.delete(id).await.unwrap();
    let refused = world.publish(site, None, &[id]).await;
    assert_eq!(code_of(refused), ErrorCode::VideoUnknown);
}

async fn publishing_and_deleting_at_once_leave_no_hole(world: World) {
    for name in ["silent.mp4", "sound.mp4", "other.mp4"] {
        let id = world.upload(name).await.id;
        let site = world.site(name).await;
        let loop_ = [id];
        let (published, deleted) =
            futures::join!(world.publish(site, None, &loop_), world.delete(id));
        assert_ne!(
            published.is_ok(),
            deleted.is_ok(),
            "one of them comes first"
        );
    }
}

async fn a_viewer_manages_nothing(world: World) {
    let id = world.upload("silent.mp4").await.id;
    let videos = world.domain.videos();
    let viewer = somebody(Role::Viewer);
    assert_eq!(
        code_of(videos.tag(&viewer, id, vec![]).await),
        ErrorCode::Forbidden
    );
    assert_eq!(
        code_of(videos.delete(&viewer, id).await),
        ErrorCode::Forbidden
    );
    assert!(videos.sites(&viewer, id).await.unwrap().is_empty());
    assert!(videos.tags(&viewer).await.unwrap().is_empty());
    let sponsor = somebody(Role::Sponsor);
    assert_eq!(
        code_of(videos.sites(&sponsor, id).await),
        ErrorCode::Forbidden
    );
    assert_eq!(code_of(videos.tags(&sponsor).await), ErrorCode::Forbidden);
}
