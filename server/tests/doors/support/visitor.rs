use axum::Router;
use axum::body::Body;
use http::{HeaderMap, HeaderName, Method, Request, Response, header};
use serde::Serialize;
use tower::ServiceExt;

use super::answer::Answer;

/// Where a browser on the server's machine stands.
pub const ORIGIN: &str = "http://localhost:3001";

/// Somebody who sends requests, with the headers of all of them.
#[derive(Clone)]
pub struct Visitor {
    router: Router,
    headers: HeaderMap,
}

impl Visitor {
    pub fn new(router: Router) -> Self {
        let visitor = Self {
            router,
            headers: HeaderMap::new(),
        };
        visitor
            .with(header::HOST, "localhost:3001")
            .with(header::ORIGIN, ORIGIN)
    }

    /// The same visitor with another header.
    pub fn with(mut self, name: HeaderName, value: &str) -> Self {
        self.headers.insert(name, value.parse().unwrap());
        self
    }

    /// The same visitor without a header.
    pub fn without(mut self, name: HeaderName) -> Self {
        self.headers.remove(name);
        self
    }

    pub fn with_cookie(self, cookie: &str) -> Self {
        self.with(header::COOKIE, cookie)
    }

    /// A program rather than a browser.
    pub fn with_token(self, token: &str) -> Self {
        let bearer = format!("Bearer {token}");
        self.without(header::ORIGIN)
            .with(header::AUTHORIZATION, &bearer)
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, Body::empty()).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, Body::empty()).await
    }

    pub async fn post(&self, path: &str, json: &impl Serialize) -> Answer {
        self.send_json(Method::POST, path, json).await
    }

    pub async fn put(&self, path: &str, json: &impl Serialize) -> Answer {
        self.send_json(Method::PUT, path, json).await
    }

    /// Sends a form as a page without script does.
    pub async fn submit(&self, path: &str, form: &str) -> Answer {
        let form_type = "application/x-www-form-urlencoded";
        let sender = self.clone().with(header::CONTENT_TYPE, form_type);
        sender
            .send(Method::POST, path, Body::from(form.to_owned()))
            .await
    }

    pub async fn upload(&self, path: &str, bytes: impl Into<Body>) -> Answer {
        self.send(Method::POST, path, bytes.into()).await
    }

    async fn send_json(&self, method: Method, path: &str, json: &impl Serialize) -> Answer {
        let body = Body::from(serde_json::to_vec(json).unwrap());
        let sender = self.clone().with(header::CONTENT_TYPE, "application/json");
        sender.send(method, path, body).await
    }

    pub async fn send(&self, method: Method, path: &str, body: Body) -> Answer {
        Answer::read(self.ask(method, path, body).await).await
    }

    /// Asks for something without an end.
    pub async fn open(&self, path: &str) -> Response<Body> {
        self.ask(Method::GET, path, Body::empty()).await
    }

    async fn ask(&self, method: Method, path: &str, body: Body) -> Response<Body> {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .body(body)
            .unwrap();
        *request.headers_mut() = self.headers.clone();
        self.router.clone().oneshot(request).await.unwrap()
    }
}
