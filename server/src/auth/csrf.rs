//! Pages of other origins may not change anything here.

use std::sync::Arc;

use api::error::{ApiError, ErrorCode};
use axum::extract::Request;
use http::header;

use super::{cookie, origin, reset_cookie};
use crate::caller::Caller;
use crate::settings::Settings;

/// Refuses unsafe methods that a page of another origin sent. Browsers always name the origin
/// of such requests; programs without a cookie have nothing that a page could abuse.
pub fn check(request: &Request, settings: &Settings) -> Result<(), ApiError> {
    if request.method().is_safe() {
        return Ok(());
    }
    let caller = request.extensions().get::<Arc<Caller>>();
    let caller = caller.ok_or_else(|| ApiError::new(ErrorCode::Internal))?;
    let headers = request.headers();
    let has_cookie = cookie::token(headers, settings.mode).is_some()
        || reset_cookie::token(headers, settings.mode).is_some();
    match headers.get(header::ORIGIN) {
        Some(origin) => {
            let origin = origin.to_str().unwrap_or("null");
            origin::check(origin, caller, &settings.origins)
        }
        None if has_cookie => Err(ApiError::new(ErrorCode::OriginRefused)),
        None => Ok(()),
    }
}
