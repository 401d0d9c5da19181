//! Extractors whose refusals are [`ApiError`]s.

use api::error::{ApiError, ErrorCode};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::response::{IntoResponse, Response};
use domain::Actor;
use http::StatusCode;
use http::request::Parts;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A JSON body, asked or answered.
#[derive(Debug)]
pub struct Json<T>(pub T);

/// A form sent by a plain HTML page.
#[derive(Debug)]
pub struct Form<T>(pub T);

/// The query of the address.
#[derive(Debug)]
pub struct Query<T>(pub T);

/// The variable parts of the path. What cannot be an id names nothing.
#[derive(Debug)]
pub struct Path<T>(pub T);

/// Who signed in, by cookie; refuses strangers. What they may do, the domain decides.
#[derive(Debug)]
pub struct SignedIn(pub Actor);

/// The player behind a bearer token; refuses strangers.
#[derive(Debug)]
pub struct PlayerAuth(pub Actor);

/// Whoever it is.
#[derive(Debug)]
pub struct MaybeSignedIn(pub Option<Actor>);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        match axum::Json::from_request(request, state).await {
            Ok(axum::Json(value)) => Ok(Self(value)),
            Err(rejection) => Err(refusal(rejection.status(), &rejection.body_text())),
        }
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Form<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        match axum::Form::from_request(request, state).await {
            Ok(axum::Form(value)) => Ok(Self(value)),
            Err(rejection) => Err(refusal(rejection.status(), &rejection.body_text())),
        }
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        match axum::extract::Query::from_request_parts(parts, state).await {
            Ok(axum::extract::Query(value)) => Ok(Self(value)),
            Err(rejection) => Err(refusal(rejection.status(), &rejection.body_text())),
        }
    }
}

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Path<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        match axum::extract::Path::from_request_parts(parts, state).await {
            Ok(axum::extract::Path(value)) => Ok(Self(value)),
            Err(_) => Err(ApiError::new(ErrorCode::NotFound)),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for SignedIn {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, ApiError> {
        let actor = parts.extensions.get::<Actor>().cloned();
        actor
            .map(Self)
            .ok_or_else(|| ApiError::new(ErrorCode::Unauthenticated))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for PlayerAuth {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, ApiError> {
        let actor = parts.extensions.remove::<Actor>();
        actor
            .map(Self)
            .ok_or_else(|| ApiError::new(ErrorCode::PlayerRefused))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for MaybeSignedIn {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(parts.extensions.get::<Actor>().cloned()))
    }
}

/// The detail names inputs in the words of our code: it helps a developer who reads the log.
fn refusal(status: StatusCode, detail: &str) -> ApiError {
    tracing::debug!(detail, "input not understood");
    let code = match status {
        StatusCode::PAYLOAD_TOO_LARGE => ErrorCode::TooLarge,
        _ => ErrorCode::Invalid,
    };
    ApiError::new(code)
}
