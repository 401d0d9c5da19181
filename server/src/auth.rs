//! Who is asking: session cookies, bearer tokens, and what other origins may not do.

pub mod actor;
pub mod cookie;
pub mod csrf;
pub mod form;
pub mod next;
pub mod origin;
pub mod page;
pub(crate) mod reset;
pub mod reset_cookie;
pub mod session;
