//! Uploads whose parts go straight to the object store.

use api::error::ErrorCode;
use api::limit::CHUNK_BYTES;
use api::upload::{Chunk, NewUpload, PartAddress, Upload};
use domain::Actor;
use futures::TryStreamExt;
use reqwest::StatusCode;

use crate::support::library::film;
use crate::support::parts::{announced, hash};
use crate::support::{World, admin, code_of};

/// A film of three parts: what is behind its end is free space.
fn long_film() -> Vec<u8> {
    let (mut film, bytes) = (film("silent.mp4"), 18 * 1024 * 1024 + 5);
    let size = u32::try_from(bytes - film.len()).unwrap();
    film.extend(size.to_be_bytes());
    film.extend(*b"free");
    film.resize(bytes, 7);
    film
}

fn direct(file_name: &str, size: usize) -> NewUpload {
    NewUpload {
        direct: true,
        ..announced(file_name, size)
    }
}

async fn put(address: &PartAddress, bytes: &[u8]) -> StatusCode {
    let client = reqwest::Client::new();
    let put = client.put(&address.url).body(bytes.to_vec()).send().await;
    put.unwrap().status()
}

/// The part of `film` that comes next.
fn next_part<'a>(upload: &Upload, film: &'a [u8]) -> (PartAddress, &'a [u8]) {
    let next = upload.next.clone().unwrap();
    let start = usize::try_from(upload.received).unwrap();
    let size = usize::try_from(next.size).unwrap();
    (next, &film[start..start + size])
}

impl World {
    async fn tell(&self, actor: &Actor, upload: &Upload, part: &[u8]) -> Upload {
        let chunk = Chunk {
            offset: upload.received,
            sha256: hash(part),
        };
        let uploads = self.domain.uploads();
        uploads.arrived(actor, upload.id, chunk).await.unwrap()
    }

    async fn bring(&self, actor: &Actor, upload: &Upload, film: &[u8]) -> Upload {
        let (next, part) = next_part(upload, film);
        assert_eq!(put(&next, part).await, StatusCode::OK);
        self.tell(actor, upload, part).await
    }
}

#[tokio::test]
async fn a_film_goes_straight_to_the_store_and_is_verified_there() {
    let world = World::behind_pgbouncer().await;
    let (anne, film) = (admin(), long_film());
    let uploads = world.domain.uploads();
    assert!(
        uploads
            .direct_origin()
            .unwrap()
            .starts_with("http://127.0.0.1:")
    );
    let mut upload = uploads
        .begin(&anne, direct("long.mp4", film.len()))
        .await
        .unwrap();
    let mut sizes = Vec::new();
    while upload.received < upload.size {
        sizes.push(upload.next.as_ref().unwrap().size);
        upload = world.bring(&anne, &upload, &film).await;
    }
    assert_eq!(sizes, [CHUNK_BYTES, CHUNK_BYTES, 2 * 1024 * 1024 + 5]);
    assert_eq!(upload.next, None);
    let video = uploads.complete(&anne, upload.id).await.unwrap().video;
    assert_eq!(video.sha256, hash(&film));
    let stored = world.domain.videos().file(&anne, video.id).await.unwrap();
    let read = stored.read(0..video.size).await.unwrap();
    assert!(read.try_collect::<Vec<_>>().await.unwrap().concat() == film);
    assert_eq!(
        (world.files_in("videos"), world.files_in("incoming")),
        (1, 0)
    );
}

#[tokio::test]
async fn an_address_takes_its_part_alone_and_tells_no_secret() {
    let world = World::behind_pgbouncer().await;
    let (anne, film) = (admin(), long_film());
    let uploads = world.domain.uploads();
    let upload = uploads
        .begin(&anne, direct("long.mp4", film.len()))
        .await
        .unwrap();
    let (next, part) = next_part(&upload, &film);
    assert!(next.url.contains("X-Amz-Expires=3600"), "{}", next.url);
    assert!(!next.url.contains("secret-du-stockage"), "{}", next.url);
    assert_eq!(put(&next, &part[1..]).await, StatusCode::FORBIDDEN);
    let other = PartAddress {
        url: next.url.replace("partNumber=1", "partNumber=2"),
        ..next
    };
    assert_eq!(put(&other, part).await, StatusCode::FORBIDDEN);
    let told = world.tell(&anne, &upload, part).await;
    assert_eq!(told.received, 0, "nothing is there yet");
}

#[tokio::test]
async fn another_instance_goes_on_where_a_lost_connection_ended() {
    let world = World::behind_pgbouncer().await;
    let (anne, film) = (admin(), long_film());
    let uploads = world.domain.uploads();
    let upload = uploads
        .begin(&anne, direct("long.mp4", film.len()))
        .await
        .unwrap();
    let upload = world.bring(&anne, &upload, &film).await;
    // This one arrived, and nobody heard of it.
    let (next, part) = next_part(&upload, &film);
    assert_eq!(put(&next, part).await, StatusCode::OK);
    let world = world.on_another_machine().await;
    let uploads = world.domain.uploads();
    let mut upload = uploads
        .begin(&anne, direct("long.mp4", film.len()))
        .await
        .unwrap();
    assert_eq!(upload.received, CHUNK_BYTES);
    while upload.received < upload.size {
        upload = world.bring(&anne, &upload, &film).await;
    }
    let video = uploads.complete(&anne, upload.id).await.unwrap().video;
    assert_eq!(video.sha256, hash(&film));
}

#[tokio::test]
async fn a_part_that_was_damaged_on_its_way_is_noticed() {
    let world = World::behind_pgbouncer().await;
    let (anne, film) = (admin(), long_film());
    let uploads = world.domain.uploads();
    let mut upload = uploads
        .begin(&anne, direct("long.mp4", film.len()))
        .await
        .unwrap();
    while upload.received < upload.size {
        let (next, part) = next_part(&upload, &film);
        let mut arriving = part.to_vec();
        if upload.received == CHUNK_BYTES {
            arriving[77] ^= 1;
        }
        assert_eq!(put(&next, &arriving).await, StatusCode::OK);
        upload = world.tell(&anne, &upload, part).await;
    }
    for _ in 0..2 {
        let refused = uploads.complete(&anne, upload.id).await;
        assert_eq!(code_of(refused), ErrorCode::UploadCorrupt);
    }
    assert_eq!(
        (world.files_in("videos"), world.files_in("incoming")),
        (0, 0)
    );
}

#[tokio::test]
async fn what_is_given_up_is_given_up_in_the_store_too() {
    let world = World::behind_pgbouncer().await;
    let (anne, film) = (admin(), long_film());
    let uploads = world.domain.uploads();
    let upload = uploads
        .begin(&anne, direct("long.mp4", film.len()))
        .await
        .unwrap();
    let upload = world.bring(&anne, &upload, &film).await;
    uploads.cancel(&anne, upload.id).await.unwrap();
    let (next, part) = next_part(&upload, &film);
    let refused = put(&next, part).await;
    assert!(refused.is_client_error(), "{refused}");
}

#[tokio::test]
async fn who_does_not_reach_the_store_sends_through_the_server() {
    let world = World::behind_pgbouncer().await;
    let (anne, film) = (admin(), film("sound.mp4"));
    let uploads = world.domain.uploads();
    let upload = uploads
        .begin(&anne, direct("spot.mp4", film.len()))
        .await
        .unwrap();
    assert!(upload.next.is_some());
    let through = world.begin(&anne, "spot.mp4", film.len()).await.unwrap();
    assert_eq!(through.next, None);
    assert_ne!(through.id, upload.id);
    world.append(&anne, through.id, 0, &film).await.unwrap();
    assert!(uploads.complete(&anne, through.id).await.is_ok());
}

#[tokio::test]
async fn a_store_that_does_not_answer_keeps_nobody_from_beginning() {
    let world = World::behind_pgbouncer().await;
    let (anne, film) = (admin(), film("sound.mp4"));
    let uploads = world.domain.uploads();
    world.store().set_down(true);
    let upload = uploads
        .begin(&anne, direct("spot.mp4", film.len()))
        .await
        .unwrap();
    assert_eq!(upload.next, None);
    world.store().set_down(false);
    world.append(&anne, upload.id, 0, &film).await.unwrap();
    assert!(uploads.complete(&anne, upload.id).await.is_ok());
}

#[tokio::test]
async fn a_folder_takes_no_parts_from_elsewhere() {
    let world = World::on_sqlite().await;
    let uploads = world.domain.uploads();
    let upload = uploads
        .begin(&admin(), direct("spot.mp4", 10))
        .await
        .unwrap();
    assert_eq!((upload.next, uploads.direct_origin()), (None, None));
}
