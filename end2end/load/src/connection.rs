//! One client's connection to the server: HTTP/1.1, kept alive, opened again when it is needed.

use std::net::SocketAddr;

use api::error::{ApiError, ErrorCode};
use bytes::Bytes;
use http::request::Builder;
use http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::net::TcpStream;

use crate::failure::Failure;

/// Where the server is, and the origin that it knows itself by.
#[derive(Clone, Debug)]
pub(crate) struct Server {
    /// Its address.
    pub(crate) address: SocketAddr,
    /// Such as `http://localhost:3001`.
    pub(crate) origin: String,
}

impl Server {
    /// The server that listens on this port of this machine.
    pub(crate) fn here(port: u16) -> Self {
        Self {
            address: SocketAddr::from(([127, 0, 0, 1], port)),
            origin: format!("http://localhost:{port}"),
        }
    }
}

/// A whole answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) path: String,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Answer {
    /// The text of a header.
    pub(crate) fn header(&self, name: impl header::AsHeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The answer of a success or of "not modified"; anything else is a failure.
    pub(crate) fn accepted(self) -> Result<Self, Failure> {
        if self.status.is_success() || self.status == StatusCode::NOT_MODIFIED {
            return Ok(self);
        }
        let refusal: Option<ApiError> = serde_json::from_slice(&self.body).ok();
        Err(Failure::Refused {
            code: refusal.map_or(ErrorCode::Other, |refusal| refusal.code),
            path: self.path,
            status: self.status,
        })
    }

    /// What a success says.
    pub(crate) fn read<T: DeserializeOwned>(self) -> Result<T, Failure> {
        Ok(serde_json::from_slice(&self.accepted()?.body)?)
    }
}

/// The `Authorization` of a token.
pub(crate) fn bearer(token: &str) -> Result<HeaderValue, Failure> {
    let value = HeaderValue::try_from(format!("Bearer {token}"));
    value.map_err(|_| Failure::unmet("a token that no header can hold"))
}

/// A connection that its owner alone uses.
pub(crate) struct Connection {
    server: Server,
    /// Goes with every request, such as who asks.
    pub(crate) headers: HeaderMap,
    sender: Option<SendRequest<Full<Bytes>>>,
}

impl Connection {
    /// Connects with the first request.
    pub(crate) fn to(server: &Server) -> Self {
        Self {
            server: server.clone(),
            headers: HeaderMap::new(),
            sender: None,
        }
    }

    /// Asks for what is at `path`.
    pub(crate) async fn get(&mut self, path: &str) -> Result<Answer, Failure> {
        self.send(Request::get(path), Bytes::new()).await
    }

    /// Sends JSON.
    pub(crate) async fn post(
        &mut self,
        path: &str,
        body: &impl Serialize,
    ) -> Result<Answer, Failure> {
        self.post_bytes(path, serde_json::to_vec(body)?.into())
            .await
    }

    /// Sends JSON that stands written already.
    pub(crate) async fn post_bytes(&mut self, path: &str, body: Bytes) -> Result<Answer, Failure> {
        let json = (header::CONTENT_TYPE, "application/json");
        let request = Request::builder().method(Method::POST).uri(path);
        self.send(request.header(json.0, json.1), body).await
    }

    /// Sends this and reads the whole answer.
    pub(crate) async fn send(&mut self, request: Builder, body: Bytes) -> Result<Answer, Failure> {
        let path = request.uri_ref().map_or("", http::Uri::path).to_owned();
        let answer = self.open(request, body).await?;
        let (parts, body) = answer.into_parts();
        let body = match body.collect().await {
            Ok(body) => body.to_bytes(),
            Err(error) => {
                self.sender = None;
                return Err(error.into());
            }
        };
        Ok(Answer {
            path,
            status: parts.status,
            headers: parts.headers,
            body,
        })
    }

    /// Sends this and leaves the body to be read.
    pub(crate) async fn open(
        &mut self,
        request: Builder,
        body: Bytes,
    ) -> Result<http::Response<Incoming>, Failure> {
        let mut request = request
            .header(header::HOST, self.host())
            .body(Full::new(body))
            .map_err(|error| Failure::unmet(error.to_string()))?;
        for (name, value) in &self.headers {
            request.headers_mut().insert(name, value.clone());
        }
        let mut sender = match self.sender.take() {
            Some(sender) if !sender.is_closed() => sender,
            _ => self.connect().await?,
        };
        sender.ready().await?;
        let answer = sender.send_request(request).await?;
        self.sender = Some(sender);
        Ok(answer)
    }

    async fn connect(&self) -> Result<SendRequest<Full<Bytes>>, Failure> {
        let stream = TcpStream::connect(self.server.address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        // Ends with the sender, or when the server hangs up: the next request tells.
        tokio::spawn(connection);
        Ok(sender)
    }

    fn host(&self) -> &str {
        self.server.origin.trim_start_matches("http://")
    }
}
