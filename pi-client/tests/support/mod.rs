//! What the tests share: a server of the contract, a page without a browser, a running player.
#![allow(
    dead_code,
    clippy::allow_attributes,
    reason = "each test program uses a part of it"
)]

pub mod card;
pub mod hall;
pub mod page;
pub mod server;

use std::path::Path;
use std::time::Duration;

use api::configuration::{Configuration, LoopItem};
use api::hash::FileHash;
use api::id::VideoId;
use api::player::{DesiredState, ManifestFile};
use api::video::{Ground, VideoKind};
use pi_client::{Player, Settings};
use server::FakeServer;
use sha2::{Digest, Sha256};

/// Starts a player that hurries.
pub async fn player_of(server: &FakeServer, data: &Path) -> Player {
    Player::start(settings_of(server, data)).await.unwrap()
}

/// The settings of a player that hurries.
pub fn settings_of(server: &FakeServer, data: &Path) -> Settings {
    settings_for(&server.origin(), data)
}

/// The same for the server at this address.
pub fn settings_for(server: &str, data: &Path) -> Settings {
    let mut settings = Settings::new(server, data).unwrap();
    settings.pace.report = Duration::from_millis(50);
    settings.pace.retry = Duration::from_millis(20);
    settings.pace.pairing = Some(Duration::from_millis(20));
    settings.ntp = data.join("ntp");
    settings.space.reserve = 64 * 1024;
    settings.space.keep_free = 0;
    settings
}

/// A file's name.
pub fn hash(bytes: &[u8]) -> FileHash {
    FileHash(Sha256::digest(bytes).into())
}

/// Bytes that compress badly and differ from clip to clip.
pub fn clip_bytes(seed: u8, size: usize) -> Vec<u8> {
    (0..size)
        .map(|at| u8::try_from(at % 251).unwrap() ^ seed)
        .collect()
}

/// A state whose loop shows these clips.
pub fn state_of(version: i32, clips: &[(&[u8], u64)]) -> DesiredState {
    let item = |(bytes, duration_ms): &(&[u8], u64)| LoopItem {
        video_id: VideoId::new(),
        sha256: hash(bytes),
        name: "Boulangerie Lefèvre".to_owned(),
        duration_ms: *duration_ms,
        kind: VideoKind::default(),
        ground: Ground::default(),
    };
    let file = |(bytes, _): &(&[u8], u64)| ManifestFile {
        sha256: hash(bytes),
        size: bytes.len() as u64,
    };
    DesiredState {
        site_name: "Gymnase de Rennes".to_owned(),
        configuration_version: version,
        configuration: Configuration {
            default_loop: clips.iter().map(item).collect(),
        },
        files: clips.iter().map(file).collect(),
    }
}
