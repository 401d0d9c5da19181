use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use api::account::NewAdmin;
use api::configuration::NewConfiguration;
use api::id::{SiteId, VideoId};
use axum::extract::ConnectInfo;
use axum::{Extension, Router};
use domain::{Actor, Clock, Domain};
use leptos::config::LeptosOptions;
use serde_json::json;
use server::settings::Settings;
use server::settings::variables::Variables;
use server::{AppState, assets};
use tempfile::TempDir;

use super::clip;
use super::visitor::Visitor;

pub const EMAIL: &str = "ana@example.fr";
pub const PASSWORD: &str = "Correct-Horse-42";
/// Small enough to be exceeded by a test.
pub const VIDEO_BYTES: u64 = 1024 * 1024;

/// A whole server in this process, with its own data.
pub struct TestApp {
    pub domain: Domain,
    pub clock: Clock,
    pub router: Router,
    data: TempDir,
}

impl TestApp {
    /// A server as it starts without any variable.
    pub async fn start() -> Self {
        Self::with_variables(&[]).await
    }

    /// A server in this environment.
    pub async fn with_variables(variables: &[(&str, &str)]) -> Self {
        Self::with(variables, assets::options().unwrap()).await
    }

    /// A server with the dashboard's files in this folder, their names with hashes.
    pub async fn with_site(folder: &Path) -> Self {
        let options = LeptosOptions::builder().output_name("neopro");
        let options = options.site_root(folder.to_str().unwrap()).hash_files(true);
        Self::with(&[], options.build()).await
    }

    async fn with(variables: &[(&str, &str)], options: LeptosOptions) -> Self {
        let data = tempfile::tempdir().unwrap();
        let mut variables = Variables::of(variables);
        variables.set_default("NEOPRO_DATA", data.path().to_str().unwrap());
        let settings = Settings::read(variables).unwrap();
        let clock = Clock::default();
        let opened = domain::Settings {
            clock: clock.clone(),
            video_bytes: Some(VIDEO_BYTES),
            ..settings.domain()
        };
        let domain = Domain::open(opened).await.unwrap();
        let address = SocketAddr::from(([203, 0, 113, 7], 40_000));
        let router = server::router(AppState::new(domain.clone(), settings, options))
            .layer(Extension(ConnectInfo(address)));
        Self {
            domain,
            clock,
            router,
            data,
        }
    }

    /// The folder of the library's files.
    pub fn files(&self) -> PathBuf {
        self.data.path().join("files")
    }

    /// Somebody whom nobody knows.
    pub fn stranger(&self) -> Visitor {
        Visitor::new(self.router.clone())
    }

    /// A signed-in administrator, created at the first call.
    pub async fn admin(&self) -> Visitor {
        if !self.domain.accounts().exist().await.unwrap() {
            self.create_admin().await;
        }
        let typed = json!({ "email": EMAIL, "password": PASSWORD });
        let answer = self.stranger().post("/api/v1/session", &typed).await;
        assert_eq!(answer.status, 201, "{answer:?}");
        self.stranger().with_cookie(&answer.session_cookie())
    }

    /// The account behind [`EMAIL`] and [`PASSWORD`].
    pub async fn create_admin(&self) {
        let new = NewAdmin {
            email: EMAIL.to_owned(),
            full_name: "Ana Le Goff".to_owned(),
            password: PASSWORD.to_owned(),
        };
        self.domain
            .accounts()
            .create_admin(&Actor::System, new)
            .await
            .unwrap();
    }

    /// A site made by an administrator.
    pub async fn site(&self, name: &str) -> SiteId {
        let answer = self
            .admin()
            .await
            .post("/api/v1/sites", &json!({ "name": name }))
            .await;
        answer.as_type::<api::site::Site>().id
    }

    /// A clip of the fixtures in the library.
    pub async fn video(&self, fixture: &str) -> VideoId {
        let bytes = clip::read(fixture);
        let path = format!("/api/v1/videos?file_name={}", fixture_name(fixture));
        let answer = self.admin().await.upload(&path, bytes).await;
        answer.as_type::<api::video::Uploaded>().video.id
    }

    /// Publishes these videos as the site's next version.
    pub async fn publish(&self, site: SiteId, videos: Vec<VideoId>) {
        let path = format!("/api/v1/sites/{site}/configurations");
        let new = NewConfiguration {
            base_version: None,
            videos,
            comment: String::new(),
        };
        let answer = self.admin().await.post(&path, &new).await;
        assert_eq!(answer.status, 201, "{answer:?}");
    }
}

fn fixture_name(fixture: &str) -> String {
    let name = Path::new(fixture).file_name().unwrap().to_str().unwrap();
    name.replace(' ', "%20")
}
