//! What an administrator does, through the REST API.

use api::account::SignIn;
use api::configuration::{NewConfiguration, SiteLoop};
use api::enrolment::AcceptEnrolment;
use api::hash::FileHash;
use api::id::{SiteId, VideoId};
use api::page::Page;
use api::path;
use api::site::{NewSite, Site};
use api::upload::{Chunk, NewUpload, Upload};
use api::video::{Uploaded, Video};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Request, header};
use sha2::{Digest, Sha256};

use crate::connection::{Connection, Server};
use crate::failure::Failure;

/// A signed-in administrator.
pub(crate) struct Admin {
    connection: Connection,
}

impl Admin {
    /// Signs in.
    pub(crate) async fn sign_in(server: &Server, sign_in: &SignIn) -> Result<Self, Failure> {
        let mut connection = Connection::to(server);
        let origin = HeaderValue::try_from(&server.origin);
        let origin = origin.map_err(|_| Failure::unmet("an origin that no header can hold"))?;
        connection.headers.insert(header::ORIGIN, origin);
        let answer = connection
            .post("/api/v1/session", sign_in)
            .await?
            .accepted()?;
        let cookie = answer.header(header::SET_COOKIE).unwrap_or_default();
        let cookie = cookie.split(';').next().unwrap_or_default();
        let cookie = HeaderValue::try_from(cookie);
        let cookie = cookie.map_err(|_| Failure::unmet("a cookie that no header can hold"))?;
        connection.headers.insert(header::COOKIE, cookie);
        Ok(Self { connection })
    }

    /// The same person on another connection.
    pub(crate) fn again(&self, server: &Server) -> Self {
        let mut connection = Connection::to(server);
        connection.headers = self.headers();
        Self { connection }
    }

    /// A header set that speaks for this person.
    pub(crate) fn headers(&self) -> HeaderMap {
        self.connection.headers.clone()
    }

    pub(crate) async fn create_site(&mut self, name: &str) -> Result<Site, Failure> {
        let site = NewSite {
            club: "Étoile sportive de la mesure".to_owned(),
            city: "Quimper".to_owned(),
            ..NewSite::named(name)
        };
        self.connection.post("/api/v1/sites", &site).await?.read()
    }

    /// Links the screen behind a code to a site.
    pub(crate) async fn accept(
        &mut self,
        site: SiteId,
        accept: &AcceptEnrolment,
    ) -> Result<(), Failure> {
        let path = format!("/api/v1/sites/{site}/player");
        self.connection.post(&path, accept).await?.accepted()?;
        Ok(())
    }

    /// Puts a file into the library: one that is small enough for one part.
    pub(crate) async fn upload(&mut self, name: &str, file: Bytes) -> Result<Video, Failure> {
        let sha256 = FileHash(Sha256::digest(&file).into());
        let new = NewUpload {
            file_name: name.to_owned(),
            size: file.len() as u64,
            modified_ms: None,
            sha256: Some(sha256),
            direct: false,
        };
        let upload: Upload = self.connection.post(path::UPLOADS, &new).await?.read()?;
        let part = path::upload_chunk(upload.id, Chunk { offset: 0, sha256 });
        let request = Request::put(part).header(header::CONTENT_TYPE, "application/octet-stream");
        self.connection.send(request, file).await?.accepted()?;
        let complete = format!("{}/{}/complete", path::UPLOADS, upload.id);
        let uploaded: Uploaded = self.connection.post(&complete, &()).await?.read()?;
        Ok(uploaded.video)
    }

    /// Videos of the library, newest first.
    pub(crate) async fn videos(&mut self) -> Result<Vec<Video>, Failure> {
        let page: Page<Video> = self.connection.get(path::VIDEOS).await?.read()?;
        Ok(page.items)
    }

    /// Makes these videos the loop of a site.
    pub(crate) async fn publish(
        &mut self,
        site: SiteId,
        videos: &[VideoId],
    ) -> Result<(), Failure> {
        let path = format!("/api/v1/sites/{site}/loop");
        let shown: SiteLoop = self.connection.get(&path).await?.read()?;
        let new = NewConfiguration {
            base_version: shown.published.map(|version| version.version),
            videos: videos.to_vec(),
            comment: "Boucle de mesure".to_owned(),
        };
        let path = format!("/api/v1/sites/{site}/configurations");
        self.connection.post(&path, &new).await?.accepted()?;
        Ok(())
    }

    /// The address of a page that must be there.
    pub(crate) async fn open(&mut self, path: &str) -> Result<Bytes, Failure> {
        Ok(self.connection.get(path).await?.accepted()?.body)
    }
}
