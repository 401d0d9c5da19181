//! The dashboard's files: names with hashes are kept for ever, compressed ones sent as they are.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::middleware::{self, Next};
use axum::response::Response;
use http::{HeaderValue, header};
use leptos::config::errors::LeptosConfigError;
use leptos::config::{Env, LeptosOptions, get_config_from_str, get_configuration};
use tower_http::services::ServeDir;

use crate::state::AppState;

/// Read by the deployed server where it stands beside it.
const OPTIONS_FILE: &str = "Leptos.toml";
/// What the same file said when the server was built.
const OPTIONS: &str = include_str!("../../Leptos.toml");
/// A year: the name changes with the content.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// Asked about every time: the name stays when the content changes.
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");

/// The dashboard's options: `Leptos.toml`, else those compiled in; `LEPTOS_*` variables win.
pub fn options() -> Result<LeptosOptions, LeptosConfigError> {
    let options = match get_configuration(Some(OPTIONS_FILE)) {
        Ok(file) => file.leptos_options,
        Err(LeptosConfigError::ConfigNotFound) => get_config_from_str(OPTIONS)?,
        Err(error) => return Err(error),
    };
    Ok(with_hashes(watched_or_not(options)))
}

/// Pages listen for new builds only where `cargo leptos watch` makes them.
fn watched_or_not(mut options: LeptosOptions) -> LeptosOptions {
    if std::env::var_os("LEPTOS_WATCH").is_none() {
        options.env = Env::PROD;
    }
    options
}

/// Finds the file that names the hashes. Leptos looks beside the binary only; a binary of one
/// profile also serves a dashboard that was built in another.
fn with_hashes(mut options: LeptosOptions) -> LeptosOptions {
    if !options.hash_files {
        return options;
    }
    let found = hash_files(&options)
        .into_iter()
        .find(|file| names_our_script(file, &options));
    match found.as_deref().and_then(Path::to_str) {
        // An absolute path wins over the folder that Leptos joins it to.
        Some(file) => options.hash_file = Arc::from(file),
        None => options.hash_files = false,
    }
    options
}

fn hash_files(options: &LeptosOptions) -> Vec<PathBuf> {
    let site = Path::new(&*options.site_root);
    let beside_binary = std::env::current_exe()
        .ok()
        .and_then(|file| Some(file.parent()?.to_owned()));
    let builds = site.parent().unwrap_or(site);
    [beside_binary, Some(site.to_owned())]
        .into_iter()
        .flatten()
        .chain(["release", "debug", "dist"].map(|profile| builds.join(profile)))
        .filter_map(|folder| folder.join(&*options.hash_file).canonicalize().ok())
        .collect()
}

/// Whether the script that a hash file names is there: an old file names an old build.
fn names_our_script(file: &Path, options: &LeptosOptions) -> bool {
    let Some(hash) = hash_of(file, "js") else {
        return false;
    };
    let folder = Path::new(&*options.site_root).join(&*options.site_pkg_dir);
    folder
        .join(format!("{}.{hash}.js", options.output_name))
        .exists()
}

/// The hash that the file names for `js`, `wasm` or `css`.
fn hash_of(file: &Path, kind: &str) -> Option<String> {
    let text = std::fs::read_to_string(file).ok()?;
    text.lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(of, _)| of.trim() == kind)
        .map(|(_, hash)| hash.trim().to_owned())
}

/// The address of the stylesheet, for pages that are no part of the dashboard.
pub fn stylesheet(options: &LeptosOptions) -> String {
    built(options, "css")
}

/// The address of what was built as `js`, `wasm` or `css`.
pub fn built(options: &LeptosOptions, kind: &str) -> String {
    let hash = options
        .hash_files
        .then(|| hash_of(Path::new(&*options.hash_file), kind))
        .flatten();
    let hash = hash.map(|hash| format!(".{hash}")).unwrap_or_default();
    format!(
        "/{}/{}{hash}.{kind}",
        options.site_pkg_dir, options.output_name
    )
}

/// Scripts, styles and WASM of the dashboard.
pub(crate) fn router(options: &LeptosOptions) -> Router<AppState> {
    let folder = Path::new(&*options.site_root).join(&*options.site_pkg_dir);
    let files = ServeDir::new(folder)
        .precompressed_br()
        .precompressed_gzip();
    let caching = if options.hash_files {
        FOR_EVER
    } else {
        ASK_AGAIN
    };
    Router::new()
        .nest_service(&format!("/{}", options.site_pkg_dir), files)
        .layer(middleware::from_fn(move |request, next| {
            cached(caching.clone(), request, next)
        }))
}

async fn cached(caching: HeaderValue, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if response.status().is_success() || response.status() == http::StatusCode::NOT_MODIFIED {
        response
            .headers_mut()
            .insert(header::CACHE_CONTROL, caching);
    }
    response
}
