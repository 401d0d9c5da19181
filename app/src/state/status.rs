//! The status of the page being rendered.

use api::error::{ApiError, ErrorCode};
use http::StatusCode;

/// A page whose subject is missing or closed says so in its status too.
/// Only the server can; in the browser the page is long there.
pub fn of_page(error: &ApiError) {
    if matches!(error.code, ErrorCode::NotFound | ErrorCode::Forbidden) {
        set(error.code.status());
    }
}

/// The page shows that there is no such page.
pub fn not_found() {
    set(StatusCode::NOT_FOUND);
}

fn set(status: StatusCode) {
    // The one exception beside `lib.rs`: shared code that speaks to the server's response.
    #[cfg(feature = "ssr")]
    crate::ssr::set_status(status);
    let _ = status;
}
