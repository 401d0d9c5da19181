//! What the OpenAPI document says of every operation.

use api::error::ApiError;

/// What any operation may answer instead: `code` is stable, `message` is in the language of
/// `Accept-Language`.
#[derive(utoipa::IntoResponses)]
#[response(
    status = "default",
    description = "Refusal: `code` is stable, `message` is a sentence in the language of `Accept-Language`."
)]
#[expect(dead_code, reason = "names the body for the document")]
pub(crate) struct Refusal(ApiError);
