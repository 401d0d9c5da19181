//! The dashboard's pages and server functions, and the plain pages around them.

use std::sync::LazyLock;

use api::error::{ApiError, ErrorCode};
use app::{App, shell};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{any, get, post};
use domain::Actor;
use http::{Extensions, HeaderValue, StatusCode, Uri, header};
use leptos::prelude::provide_context;
use leptos::server_fn::axum::{get_server_fn_service, server_fn_paths};
use leptos_axum::{
    AxumRouteListing, LeptosRoutes, generate_route_list_with_exclusions,
    handle_server_fns_with_context, render_app_async_with_context,
};
use tower::ServiceExt;
use tower_http::services::ServeDir;

use crate::auth::page::accepts_pages;
use crate::auth::{form, next, reset};
use crate::layer::cors::name_wire;
use crate::layer::server_function::{require_sign_in, restore_status};
use crate::state::AppState;

/// Sign-in, sign-out, first run and forgotten passwords: no script.
pub(crate) fn plain() -> Router<AppState> {
    Router::new()
        .route("/login", get(form::sign_in_page).post(form::sign_in))
        .route("/logout", post(form::sign_out))
        .route("/first-run", post(form::first_run))
        .route("/forgot", get(reset::forgot_page).post(reset::forgot))
        .route("/reset", get(reset::reset_page).post(reset::reset))
}

/// The dashboard. Strangers are led to the sign-in page and back.
pub(crate) fn dashboard(state: &AppState) -> Router<AppState> {
    let options = state.leptos.clone();
    Router::new()
        .leptos_routes_with_context(state, routes(), provide(state), move || {
            shell(options.clone())
        })
        .route_layer(middleware::from_fn(require_session))
}

/// Where the dashboard has pages. Found out once for all servers of this process: meanwhile Leptos
/// keeps every page of the process from fetching, and one that wanted to just then would wait for
/// ever (leptos-rs/leptos#4773).
fn routes() -> Vec<AxumRouteListing> {
    static ROUTES: LazyLock<Vec<AxumRouteListing>> = LazyLock::new(|| {
        // Left out, Leptos would mount server functions here, where strangers are redirected.
        let functions = server_fn_paths().map(|(path, _)| path.to_owned()).collect();
        let mut routes = generate_route_list_with_exclusions(App, Some(functions));
        // Everything that no route knows is for [`not_found`], files first.
        // Sign-in is a plain page here: see [`plain`].
        routes.retain(|route| !route.path().contains('*') && route.path() != "/login");
        routes
    });
    ROUTES.clone()
}

/// Server functions, which refuse strangers.
pub(crate) fn server_functions(state: &AppState) -> Router<AppState> {
    let provide = provide(state);
    Router::new()
        .route(
            "/fn/{*path}",
            any(move |request| call(provide.clone(), request)),
        )
        .layer(middleware::from_fn(restore_status))
        .layer(middleware::from_fn(name_wire))
        .layer(middleware::from_fn(require_sign_in))
}

async fn call(provide: impl Fn() + Clone + Send + 'static, request: Request) -> Response {
    if get_server_fn_service(request.uri().path(), request.method().clone()).is_none() {
        return ApiError::new(ErrorCode::NotFound).into_response();
    }
    handle_server_fns_with_context(provide, request)
        .await
        .into_response()
}

fn provide(state: &AppState) -> impl Fn() + Clone + Send + 'static {
    let domain = state.domain.clone();
    move || provide_context(domain.clone())
}

async fn require_session(request: Request, next: Next) -> Response {
    if is_person(request.extensions()) {
        return next.run(request).await;
    }
    to_sign_in(request.uri())
}

fn to_sign_in(uri: &Uri) -> Response {
    let asked = uri
        .path_and_query()
        .map_or("/", http::uri::PathAndQuery::as_str);
    Redirect::to(&next::sign_in_address(asked)).into_response()
}

/// The method is not served at this address.
pub(crate) async fn method_not_allowed() -> ApiError {
    ApiError::new(ErrorCode::MethodNotAllowed)
}

/// A file of the site (fonts, icon), else: programs are told so, strangers are led to the
/// sign-in page, and who is signed in sees the dashboard's own page for it.
pub(crate) async fn not_found(State(state): State<AppState>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let refusal = || ApiError::new(ErrorCode::NotFound).into_response();
    if ["/api/", "/fn/"]
        .iter()
        .any(|prefix| parts.uri.path().starts_with(prefix))
    {
        return refusal();
    }
    let asked = Request::from_parts(parts.clone(), Body::empty());
    let files = ServeDir::new(&*state.leptos.site_root)
        .precompressed_br()
        .precompressed_gzip();
    let file = match files.oneshot(asked).await {
        Ok(file) => file.map(Body::new),
        Err(never) => match never {},
    };
    match file.status() {
        StatusCode::NOT_FOUND if !accepts_pages(&parts.headers) => refusal(),
        StatusCode::NOT_FOUND if is_person(&parts.extensions) => {
            no_such_page(state, Request::from_parts(parts, body)).await
        }
        StatusCode::NOT_FOUND => to_sign_in(&parts.uri),
        StatusCode::METHOD_NOT_ALLOWED => refusal(),
        _ => kept(file),
    }
}

/// Fonts and icons have names that stay: browsers ask again after a day.
fn kept(mut file: Response) -> Response {
    let day = HeaderValue::from_static("public, max-age=86400");
    file.headers_mut().insert(header::CACHE_CONTROL, day);
    file
}

async fn no_such_page(state: AppState, request: Request) -> Response {
    let options = state.leptos.clone();
    let render = render_app_async_with_context(provide(&state), move || shell(options.clone()));
    let mut page = render(request).await;
    *page.status_mut() = StatusCode::NOT_FOUND;
    page
}

fn is_person(extensions: &Extensions) -> bool {
    matches!(extensions.get(), Some(Actor::Person { .. }))
}
