//! The server's player API: one method for each endpoint.

mod backoff;
mod error;
mod token;

use std::sync::Arc;
use std::time::Duration;

use api::enrolment::{EnrolAnswer, EnrolClaim, EnrolPoll, EnrolRequest, EnrolStatus};
use api::hash::FileHash;
use api::id::BootId;
use api::path;
use api::play::{PlayBatch, PlayBatchAnswer};
use api::player::{Report, ReportAnswer};
use reqwest::header::{ETAG, HeaderName, IF_NONE_MATCH, IF_RANGE, RANGE};
use reqwest::{Method, RequestBuilder, Response, StatusCode, Url};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::Mutex;

pub(crate) use backoff::Backoff;
pub use error::ClientError;
use token::Token;

use crate::identity::Identity;
use crate::memory::StoredState;

/// A server that does not take a connection for this long is away.
const CONNECT: Duration = Duration::from_secs(10);
/// A connection over which nothing comes for this long is dead.
const SILENCE: Duration = Duration::from_secs(30);
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
    server: Url,
    origin: String,
    identity: Arc<Identity>,
    boot_id: BootId,
    token: Mutex<Option<Token>>,
}

impl Client {
    /// Talks to `server` as `identity`. Fails only where the machine has no usable TLS.
    pub(crate) fn new(
        server: Url,
        identity: Arc<Identity>,
        boot_id: BootId,
    ) -> Result<Self, ClientError> {
        let http = reqwest::Client::builder()
            .user_agent(concat!("neopro-player/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT)
            .read_timeout(SILENCE)
            .build()?;
        Ok(Self {
            http,
            origin: server.origin().ascii_serialization(),
            server,
            identity,
            boot_id,
            token: Mutex::new(None),
        })
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
        let body = response.text().await?;
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
    /// is for the caller to check.
    pub(crate) async fn file(
        &self,
        sha256: FileHash,
        resume: Option<&Resume>,
    ) -> Result<Response, ClientError> {
        let path = path::player_file(sha256);
        let response = self
            .authorised(|bearer| {
                let mut request = self.request(Method::GET, &path).bearer_auth(bearer);
                if let Some(resume) = resume {
                    request = request.header(RANGE, format!("bytes={}-", resume.from));
                    if let Some(etag) = &resume.etag {
                        request = request.header(IF_RANGE, etag);
                    }
                }
                request
            })
            .await?;
        match response.status() {
            StatusCode::RANGE_NOT_SATISFIABLE => Ok(response),
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
        if response.status() != StatusCode::UNAUTHORIZED {
            return Ok(response);
        }
        let bearer = self.bearer(Some(&bearer)).await?;
        Ok(request(&bearer).send().await?)
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let mut url = self.server.clone();
        url.set_path(path);
        url.set_query(None);
        self.http.request(method, url)
    }
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
    if response.status().is_success() {
        Ok(response)
    } else {
        Err(ClientError::of(response).await)
    }
}

async fn decode<A: DeserializeOwned>(response: Response) -> Result<A, ClientError> {
    let body = accepted(response).await?.bytes().await?;
    Ok(serde_json::from_slice(&body)?)
}
