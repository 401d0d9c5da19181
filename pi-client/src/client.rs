//! The server's player API: one method for each endpoint.

mod backoff;
mod error;
mod hints;
mod token;

use std::sync::Arc;
use std::time::Duration;

use api::enrolment::{EnrolAnswer, EnrolClaim, EnrolPoll, EnrolRequest, EnrolStatus};
use api::hash::FileHash;
use api::id::BootId;
use api::limit::JSON_BYTES;
use api::path;
use api::play::{PlayBatch, PlayBatchAnswer};
use api::player::{Report, ReportAnswer};
use reqwest::header::{CONTENT_TYPE, ETAG, HeaderName, IF_NONE_MATCH, IF_RANGE, RANGE};
use reqwest::redirect::Policy;
use reqwest::{Method, RequestBuilder, Response, StatusCode, Url};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::Mutex;

pub(crate) use backoff::Backoff;
pub use error::ClientError;
pub(crate) use hints::Hint;
use token::Token;

use crate::identity::{Identity, IdentityError};
use crate::memory::StoredState;

/// A server that does not take a connection for this long is away.
const CONNECT: Duration = Duration::from_secs(10);
/// Longest way from the server to a file.
const REDIRECTS: usize = 4;
/// Longest exchange of JSON.
const EXCHANGE: Duration = Duration::from_mins(1);

/// The desired state, seen from what the player has.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum StateAnswer {
    /// It is what the player has.
    Unchanged,
    /// Another one.
    New(StoredState),
}

/// From where a download goes on.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Resume {
    /// Bytes that are here.
    pub from: u64,
    /// The strong validator of the answer that they came from.
    pub etag: Option<String>,
}

/// A player's connection to its server.
pub(crate) struct Client {
    http: reqwest::Client,
    /// Follows the server to where it keeps its files.
    files: reqwest::Client,
    server: Url,
    origin: String,
    identity: Arc<Identity>,
    boot_id: BootId,
    silence: Duration,
    token: Mutex<Option<Token>>,
}

impl Client {
    /// Talks to `server` as `identity`; a connection over which nothing comes for as long as
    /// `silence` is dead. Fails only where the machine has no usable TLS.
    pub(crate) fn new(
        server: Url,
        identity: Arc<Identity>,
        boot_id: BootId,
        silence: Duration,
    ) -> Result<Self, ClientError> {
        let client = |redirects| {
            reqwest::Client::builder()
                .user_agent(concat!("neopro-player/", env!("CARGO_PKG_VERSION")))
                .connect_timeout(CONNECT)
                .read_timeout(silence)
                .redirect(redirects)
                .build()
        };
        Ok(Self {
            // The server's own answers come from itself alone.
            http: client(Policy::none())?,
            files: client(Policy::limited(REDIRECTS))?,
            origin: server.origin().ascii_serialization(),
            server,
            identity,
            boot_id,
            silence,
            token: Mutex::new(None),
        })
    }

    /// A connection over which nothing comes for this long is dead.
    pub(crate) fn silence(&self) -> Duration {
        self.silence
    }

    /// Takes a new key in place of a revoked one.
    pub(crate) fn renew_key(&self) -> Result<(), IdentityError> {
        self.identity.renew()
    }

    /// Asks to be linked to a site.
    pub(crate) async fn enrol(&self) -> Result<EnrolAnswer, ClientError> {
        let claim = EnrolClaim {
            public_key: self.identity.public_key(),
            hardware: crate::hardware::facts(),
        };
        let claim = serde_json::to_string(&claim)?;
        let request = EnrolRequest {
            signature: self.identity.sign(&EnrolRequest::signed_text(&claim)),
            claim,
        };
        self.post(path::ENROL, &request).await
    }

    /// Asks whether somebody typed the code.
    pub(crate) async fn poll_enrolment(
        &self,
        poll: &EnrolPoll,
    ) -> Result<EnrolStatus, ClientError> {
        self.post(path::ENROL_POLL, poll).await
    }

    /// The desired state, unless it is the one that the player has.
    pub(crate) async fn state(&self, known: Option<&str>) -> Result<StateAnswer, ClientError> {
        let response = self
            .authorised(|bearer| {
                let request = self.request(Method::GET, path::STATE).bearer_auth(bearer);
                let request = request.timeout(EXCHANGE);
                match known {
                    Some(etag) => request.header(IF_NONE_MATCH, etag),
                    None => request,
                }
            })
            .await?;
        if response.status() == StatusCode::NOT_MODIFIED {
            return Ok(StateAnswer::Unchanged);
        }
        let response = accepted(response).await?;
        let etag = header(&response, &ETAG).unwrap_or_default();
        let body = body(response).await?;
        let body = String::from_utf8_lossy(&body).into_owned();
        Ok(StateAnswer::New(StoredState { etag, body }))
    }

    /// Tells how the player is.
    pub(crate) async fn report(&self, report: &Report) -> Result<ReportAnswer, ClientError> {
        self.post_authorised(path::REPORT, report).await
    }

    /// Delivers plays.
    pub(crate) async fn deliver(&self, batch: &PlayBatch) -> Result<PlayBatchAnswer, ClientError> {
        self.post_authorised(path::PLAYS, batch).await
    }

    /// Starts to fetch a file. Answers other than 200, 206 and 416 are errors; what a 206 promises
    /// is for the caller to check. A link that ran out on the way is asked for once more.
    pub(crate) async fn file(
        &self,
        sha256: FileHash,
        resume: Option<&Resume>,
    ) -> Result<Response, ClientError> {
        match self.ask_file(sha256, resume).await {
            Err(ClientError::LinkExpired { .. }) => self.ask_file(sha256, resume).await,
            other => other,
        }
    }

    async fn ask_file(
        &self,
        sha256: FileHash,
        resume: Option<&Resume>,
    ) -> Result<Response, ClientError> {
        let url = self.url(&path::player_file(sha256));
        let response = self
            .authorised(|bearer| {
                let mut request = self.files.get(url.clone()).bearer_auth(bearer);
                if let Some(resume) = resume {
                    request = request.header(RANGE, format!("bytes={}-", resume.from));
                    if let Some(etag) = &resume.etag {
                        request = request.header(IF_RANGE, etag);
                    }
                }
                request
            })
            .await?;
        let elsewhere = self.is_elsewhere(&response);
        match response.status() {
            StatusCode::RANGE_NOT_SATISFIABLE => Ok(response),
            status @ (StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::GONE)
                if elsewhere =>
            {
                Err(ClientError::LinkExpired { status })
            }
            _ => accepted(response).await,
        }
    }

    async fn post<Q: Serialize, A: DeserializeOwned>(
        &self,
        path: &str,
        question: &Q,
    ) -> Result<A, ClientError> {
        let request = self.request(Method::POST, path).json(question);
        decode(request.timeout(EXCHANGE).send().await?).await
    }

    async fn post_authorised<Q: Serialize, A: DeserializeOwned>(
        &self,
        path: &str,
        question: &Q,
    ) -> Result<A, ClientError> {
        let request = |bearer: &str| {
            let request = self.request(Method::POST, path).timeout(EXCHANGE);
            request.bearer_auth(bearer).json(question)
        };
        decode(self.authorised(request).await?).await
    }

    /// Sends with a token; a refused token is renewed once.
    async fn authorised(
        &self,
        request: impl Fn(&str) -> RequestBuilder,
    ) -> Result<Response, ClientError> {
        let bearer = self.bearer(None).await?;
        let response = request(&bearer).send().await?;
        if response.status() != StatusCode::UNAUTHORIZED || self.is_elsewhere(&response) {
            return Ok(response);
        }
        let bearer = self.bearer(Some(&bearer)).await?;
        Ok(request(&bearer).send().await?)
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, self.url(path))
    }

    fn url(&self, path: &str) -> Url {
        let mut url = self.server.clone();
        url.set_path(path);
        url.set_query(None);
        url
    }

    /// Whether the answer came from where the server keeps its files.
    fn is_elsewhere(&self, response: &Response) -> bool {
        response.url().origin() != self.server.origin()
    }
}

/// Whether the answer is a page for people: no program of ours sends one to a player.
fn is_page(response: &Response) -> bool {
    header(response, &CONTENT_TYPE).is_some_and(|kind| kind.trim_start().starts_with("text/html"))
}

/// The strong validator of an answer: a weak one says nothing about bytes.
pub(crate) fn strong_etag(response: &Response) -> Option<String> {
    header(response, &ETAG).filter(|etag| !etag.starts_with("W/"))
}

/// The text of a header.
pub(crate) fn header(response: &Response, name: &HeaderName) -> Option<String> {
    let value = response.headers().get(name)?.to_str().ok()?;
    Some(value.to_owned())
}

async fn accepted(response: Response) -> Result<Response, ClientError> {
    if !response.status().is_success() {
        return Err(ClientError::of(response).await);
    }
    if is_page(&response) {
        return Err(ClientError::SomebodyElse);
    }
    Ok(response)
}

/// The whole of a JSON answer. One that never ends must not fill the memory.
async fn body(mut response: Response) -> Result<Vec<u8>, ClientError> {
    let mut body = Vec::new();
    while let Some(bytes) = response.chunk().await? {
        body.extend_from_slice(&bytes);
        if body.len() > JSON_BYTES {
            return Err(ClientError::TooLong);
        }
    }
    Ok(body)
}

async fn decode<A: DeserializeOwned>(response: Response) -> Result<A, ClientError> {
    let body = body(accepted(response).await?).await?;
    Ok(serde_json::from_slice(&body)?)
}
