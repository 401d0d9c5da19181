//! What every measure starts from: a server, an administrator, a library.

use std::path::Path;

use api::account::SignIn;
use api::id::VideoId;

use super::base::Base;
use crate::admin::Admin;
use crate::failure::Failure;
use crate::fleet::Fleet;
use crate::process::Neopro;
use crate::tally::Tally;

/// A server with a library, and who may change it.
pub(crate) struct Stage {
    pub(crate) base: Base,
    pub(crate) sign_in: SignIn,
    pub(crate) neopro: Neopro,
    pub(crate) admin: Admin,
    pub(crate) videos: Vec<VideoId>,
    pub(crate) fleet: Fleet,
}

impl Stage {
    /// Starts the server and uploads every clip of the folder.
    pub(crate) async fn set(
        program: &Path,
        clips: &Path,
        seed: u64,
        base: Base,
    ) -> Result<Self, Failure> {
        let (neopro, sign_in) = Neopro::start(program, base.settings()).await?;
        let mut admin = Admin::sign_in(&neopro.server, &sign_in).await?;
        let mut files: Vec<_> = std::fs::read_dir(clips)?
            .filter_map(|file| Some(file.ok()?.path()))
            .filter(|file| file.extension().is_some_and(|kind| kind == "mp4"))
            .collect();
        files.sort();
        let mut videos = Vec::new();
        for (number, file) in files.iter().enumerate() {
            let bytes = tokio::fs::read(file).await?;
            let name = format!("clip-{number}.mp4");
            videos.push(admin.upload(&name, bytes.into()).await?.id);
        }
        let fleet = Fleet {
            server: neopro.server.clone(),
            seed,
            tally: Tally::default(),
        };
        Ok(Self {
            base,
            sign_in,
            neopro,
            admin,
            videos,
            fleet,
        })
    }
}
