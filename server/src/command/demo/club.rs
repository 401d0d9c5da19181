//! The demonstration's club: account, site, library and loop, each made once.

use std::path::{Path, PathBuf};

use api::account::{NewAdmin, SignIn};
use api::configuration::NewConfiguration;
use api::enrolment::AcceptEnrolment;
use api::id::{SiteId, VideoId};
use api::site::{NewSite, SiteFilter};
use api::video::NewVideo;
use domain::{Actor, Client, Domain};
use secrecy::{ExposeSecret, SecretString};
use tokio_util::io::ReaderStream;

use super::tv::{self, Tv};
use crate::command::failure::Failure;

/// Who signs in.
pub const EMAIL: &str = "demo@neopro.local";
const SITE: &str = "Salle Jean-Moulin";

/// The club with the session of its administrator.
pub struct Club {
    actor: Actor,
    site: SiteId,
}

impl Club {
    /// Makes what is missing of it.
    pub async fn prepare(
        domain: &Domain,
        password: &SecretString,
        clips: &Path,
    ) -> Result<Self, Failure> {
        let actor = sign_in(domain, password).await?;
        let club = Self {
            site: site(domain, &actor).await?,
            actor,
        };
        club.publish(domain, clips).await?;
        Ok(club)
    }

    /// Publishes every clip once; later loops are the newcomer's.
    async fn publish(&self, domain: &Domain, clips: &Path) -> Result<(), Failure> {
        let shown = domain
            .configurations()
            .site_loop(&self.actor, self.site)
            .await?;
        if shown.published.is_some() {
            return Ok(());
        }
        let mut videos = Vec::new();
        for clip in found(clips)? {
            videos.push(self.upload(domain, &clip).await?);
        }
        let new = NewConfiguration {
            base_version: None,
            videos,
            comment: "Première boucle".to_owned(),
        };
        domain
            .configurations()
            .publish(&self.actor, self.site, new)
            .await?;
        Ok(())
    }

    async fn upload(&self, domain: &Domain, clip: &Path) -> Result<VideoId, Failure> {
        let unreadable = || Failure::file(format!("lecture de {}", clip.display()));
        let file_name = clip
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let bytes = tokio::fs::File::open(clip).await.map_err(unreadable())?;
        let bytes = ReaderStream::new(bytes);
        let uploaded = domain
            .videos()
            .upload(&self.actor, NewVideo { file_name }, 0, bytes)
            .await?;
        let id = uploaded.video.id;
        if let Ok(thumbnail) = tokio::fs::read(clip.with_extension("jpg")).await {
            domain
                .videos()
                .set_thumbnail(&self.actor, id, thumbnail.into())
                .await?;
        }
        Ok(id)
    }

    /// Links the trial player by the code that it shows, comparing the words as people do.
    pub async fn link(&self, domain: &Domain) -> Result<(), Failure> {
        let Tv::Waiting(shown) = tv::linked_or_waiting().await? else {
            return Ok(());
        };
        let found = domain.enrolments().find(&self.actor, &shown.code).await?;
        if found.words != shown.words {
            return Err(Failure::Demo(
                "les mots de l’écran et du serveur diffèrent".to_owned(),
            ));
        }
        let accept = AcceptEnrolment {
            code: shown.code,
            move_from: None,
        };
        domain
            .enrolments()
            .accept(&self.actor, self.site, accept)
            .await?;
        tv::linked().await?;
        Ok(())
    }

    /// Ends the session that prepared all this.
    pub async fn sign_out(&self, domain: &Domain) -> Result<(), Failure> {
        Ok(domain.accounts().sign_out(&self.actor).await?)
    }
}

async fn sign_in(domain: &Domain, password: &SecretString) -> Result<Actor, Failure> {
    let accounts = domain.accounts();
    if !accounts.exist().await? {
        let new = NewAdmin {
            email: EMAIL.to_owned(),
            full_name: "Camille Démo".to_owned(),
            password: password.expose_secret().to_owned(),
        };
        accounts.create_admin(&Actor::System, new).await?;
    }
    let typed = SignIn {
        email: EMAIL.to_owned(),
        password: password.expose_secret().to_owned(),
    };
    let client = Client {
        address: std::net::Ipv4Addr::LOCALHOST.into(),
        user_agent: Some("neopro demo".to_owned()),
    };
    let session = accounts.sign_in(typed, &client).await?;
    Ok(accounts.authenticate(session.token.expose_secret()).await?)
}

async fn site(domain: &Domain, actor: &Actor) -> Result<SiteId, Failure> {
    let filter = SiteFilter {
        search: Some(SITE.to_owned()),
        ..SiteFilter::default()
    };
    let known = domain.sites().list(actor, filter).await?;
    if let Some(site) = known.items.first() {
        return Ok(site.id);
    }
    let new = NewSite {
        club: "Étoile sportive de Kerlann".to_owned(),
        city: "Quimper".to_owned(),
        ..NewSite::named(SITE)
    };
    Ok(domain.sites().create(actor, new).await?.id)
}

/// The clips of a folder, by name.
fn found(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let files = std::fs::read_dir(folder)
        .map_err(Failure::file(format!("lecture de {}", folder.display())))?;
    let mut clips: Vec<_> = files
        .filter_map(|file| Some(file.ok()?.path()))
        .filter(|file| file.extension().is_some_and(|kind| kind == "mp4"))
        .collect();
    clips.sort();
    if clips.is_empty() {
        let text = format!("aucune vidéo (*.mp4) dans {}", folder.display());
        return Err(Failure::Demo(text));
    }
    Ok(clips)
}
