//! The OpenAPI document and its page.

use api::path;
use axum::Router;
use axum::extract::Request;
use axum::middleware::{self, Next};
use axum::response::Response;
use http::{HeaderValue, StatusCode, header};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{InfoBuilder, License, OpenApi, OpenApiBuilder, RefOr, Responses};
use utoipa_axum::router::OpenApiRouter;
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::auth::cookie;
use crate::state::AppState;
use crate::{health, rest};

/// Where the page is.
pub const UI: &str = "/api-docs";
/// Where the document is.
pub const DOCUMENT: &str = "/api-docs/openapi.json";

/// The page's scripts and styles are vendored; it styles its elements by attributes and draws
/// its icons from `data:` addresses.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
     object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);

const DESCRIPTION: &str = "Sites, videos, loops and the proof that they played.\n\n\
Every refusal is an `ApiError`: `code` is stable, `message` is a sentence in the language of \
`Accept-Language` (French by default). `x-permission` names what an operation demands.";

/// The document of every operation.
pub fn document() -> OpenApi {
    let (_, mut document) = described().split_for_parts();
    for item in document.paths.paths.values_mut() {
        let operations = [
            &mut item.get,
            &mut item.post,
            &mut item.put,
            &mut item.delete,
        ];
        for operation in operations.into_iter().flatten() {
            describe(&mut operation.responses);
        }
    }
    document
}

/// OpenAPI 3.1 wants a description of every answer: the name of its status where there is no other.
fn describe(responses: &mut Responses) {
    for (status, response) in &mut responses.responses {
        if let RefOr::T(response) = response
            && response.description.is_empty()
        {
            let status = status
                .parse()
                .ok()
                .and_then(|code| StatusCode::from_u16(code).ok());
            let name = status.and_then(|status| status.canonical_reason());
            name.unwrap_or_default()
                .clone_into(&mut response.description);
        }
    }
}

/// The described routes, in one router with the document's base: what is answered here is
/// described there.
pub(crate) fn described() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(base())
        .merge(health::router())
        .nest(path::API, rest::router())
        .nest(path::API, rest::uploads())
        .merge(rest::players())
}

/// The page and the document.
pub(crate) fn router() -> Router<AppState> {
    // Nothing is sent to a validator elsewhere.
    let page = SwaggerUi::new(UI).config(Config::default().validator_url("none"));
    Router::from(page.url(DOCUMENT, document())).layer(middleware::from_fn(allow_page))
}

async fn allow_page(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, POLICY);
    response
}

fn base() -> OpenApi {
    let info = InfoBuilder::new()
        .title("NeoPro")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(DESCRIPTION))
        .license(Some(License::new(env!("CARGO_PKG_LICENSE"))))
        .build();
    let cookie = ApiKey::Cookie(ApiKeyValue::with_description(
        cookie::SECURE,
        "Set by `POST /api/v1/session`.",
    ));
    let bearer = Http::builder()
        .scheme(HttpAuthScheme::Bearer)
        .bearer_format("JWT")
        .description(Some("From `POST /api/v1/player/token`."))
        .build();
    let mut document = OpenApiBuilder::new().info(info).build();
    let components = document.components.get_or_insert_default();
    components.add_security_scheme("session", SecurityScheme::ApiKey(cookie));
    components.add_security_scheme("player", SecurityScheme::Http(bearer));
    document
}
