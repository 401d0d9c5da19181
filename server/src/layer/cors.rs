//! What pages of other origins may read and send: those of `ALLOWED_ORIGINS`, with cookies, and nobody
//! else. Browsers hold to it (Fetch Standard, 3.2, CORS protocol).

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::request::Parts;
use http::{HeaderName, HeaderValue, Method, header};
use parking_lot::Mutex;
use tower_http::cors::{AllowOrigin, CorsLayer};

use crate::settings::origin::Origins;

/// Names what the server's functions are: see [`app::WIRE`].
pub const WIRE: HeaderName = HeaderName::from_static("neopro-wire");

/// How long browsers remember what they may send; they cap it themselves.
const REMEMBERED: Duration = Duration::from_hours(2);
/// Most refused origins that are named in the log, each once.
const NAMED: usize = 100;

/// The layer, for a server that is known under `origins`.
pub fn layer(origins: &Origins) -> CorsLayer {
    let (allowed, refused) = (origins.clone(), Refused::default());
    let is_allowed = move |origin: &HeaderValue, parts: &Parts| {
        let origin = origin.to_str().unwrap_or_default();
        let is_allowed = allowed.allowed.iter().any(|known| known == origin);
        if !is_allowed && !allowed.accept(origin) && !is_own(origin, parts) {
            refused.name(origin);
        }
        is_allowed
    };
    CorsLayer::new()
        .allow_origin(AllowOrigin::predicate(is_allowed))
        .allow_credentials(true)
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::DELETE])
        .allow_headers([
            header::ACCEPT,
            header::ACCEPT_LANGUAGE,
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            header::RANGE,
            HeaderName::from_static("last-event-id"),
        ])
        .expose_headers([
            WIRE,
            header::CONTENT_DISPOSITION,
            header::LOCATION,
            header::RETRY_AFTER,
            HeaderName::from_static("serverfnredirect"),
        ])
        .max_age(REMEMBERED)
}

/// A page of the address that it asks: browsers say its origin with forms.
fn is_own(origin: &str, parts: &Parts) -> bool {
    let host = parts
        .headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    origin.split_once("://").map(|(_, authority)| authority) == host
}

/// Origins whose pages were refused.
#[derive(Clone, Default)]
struct Refused(Arc<Mutex<HashSet<String>>>);

impl Refused {
    /// Names each once: a page asks again and again.
    fn name(&self, origin: &str) {
        let mut named = self.0.lock();
        if named.len() < NAMED && named.insert(origin.to_owned()) {
            tracing::warn!(
                origin,
                "a page of an unknown origin was refused: if it is your dashboard, add it to ALLOWED_ORIGINS"
            );
        }
    }
}

/// Says with every answer of a server function what they are.
pub async fn name_wire(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response
        .headers_mut()
        .insert(WIRE, HeaderValue::from_static(app::WIRE));
    response
}
