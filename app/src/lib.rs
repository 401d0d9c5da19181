//! NeoPro's dashboard: pages, components, server functions.
//!
//! The same code renders on the server (feature `ssr`) and takes over in the browser (feature
//! `hydrate`). Pages fetch through [`backend`], which opens into the domain on the server.

// Leptos views are deep types.
#![recursion_limit = "256"]

// `i18n`: every text in French and English, made by build.rs from `locales/`.
include!(concat!(env!("OUT_DIR"), "/i18n/mod.rs"));

/// What the server's functions and their types are: differs where those of two builds may.
pub const WIRE: &str = include_str!(concat!(env!("OUT_DIR"), "/wire"));

pub mod backend;
pub mod browser;
pub mod components;
mod fetch;
pub mod format;
mod live;
pub mod pages;
mod routes;
pub mod sign_in;
#[cfg(feature = "ssr")]
pub mod ssr;
pub mod state;
pub mod upstream;

pub use pages::lazy::fetch_area;
pub use routes::App;
#[cfg(feature = "ssr")]
pub use ssr::shell;
