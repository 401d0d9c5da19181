//! Listens until it is told to stop.

use std::future::Future;
use std::net::SocketAddr;
use std::panic;
use std::time::Duration;

use domain::Domain;
use domain::alert::Failures;
use domain::settings::BucketAddress;
use secrecy::ExposeSecret;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::command::failure::Failure;
use crate::settings::Settings;
use crate::shutdown::Order;
use crate::{AppState, assets, router};

/// How long requests under way may take after the order to stop: what hosts grant before they kill.
const GRACE: Duration = Duration::from_secs(10);

/// Where several servers share a Redis, one that a host stops says so at `/ready` and serves on for
/// this long: who stands before them sends it nothing more, and no request meets a closed door.
const LEAVE: Duration = Duration::from_secs(3);

/// Serves `domain` until `stop`, then lets requests under way finish for at most 10 s.
pub async fn until(
    domain: Domain,
    settings: Settings,
    stop: impl Future<Output = Order> + Send + 'static,
) -> Result<(), Failure> {
    let is_one_of_several = settings.data.redis.is_some();
    let address = SocketAddr::new(settings.http.host, settings.http.port);
    let listener = TcpListener::bind(address)
        .await
        .map_err(|source| Failure::Listen { address, source })?;
    announce(&domain, &settings, address).await?;
    watch_panics(domain.failures());
    let open = domain.clone();
    let app = router(AppState::new(domain, settings, assets::options()?));
    let (stopping, stopped) = oneshot::channel();
    let stop = async move {
        if stop.await == Order::Terminate && is_one_of_several {
            open.take_leave();
            tokio::time::sleep(LEAVE).await;
        }
        // Streams of events would go on for ever.
        open.events().close();
        // The receiver lives as long as this server.
        let _ = stopping.send(());
    };
    let deadline = async move {
        if stopped.await.is_err() {
            std::future::pending::<()>().await;
        }
        tokio::time::sleep(GRACE).await;
    };
    let app = app.into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, app).with_graceful_shutdown(stop);
    tokio::select! {
        served = serving => served.map_err(|source| Failure::Listen { address, source })?,
        () = deadline => tracing::warn!("requests cut after 10 s"),
    }
    tracing::info!("stopped");
    Ok(())
}

/// People are told of code that gives up, beside what stands in the log.
fn watch_panics(failures: Failures) {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        let place = panic
            .location()
            .map(|place| format!("{}:{}", place.file(), place.line()));
        let place = place.unwrap_or_default();
        tracing::error!(
            code.place = place,
            "the program gave up at one place, and goes on"
        );
        failures.note_panic(&place);
        before(panic);
    }));
}

/// One line for each choice, and how to sign in.
async fn announce(
    domain: &Domain,
    settings: &Settings,
    address: SocketAddr,
) -> Result<(), Failure> {
    let folder = settings.data.folder.display();
    let database = match &settings.data.database_url {
        Some(_) => "PostgreSQL (DATABASE_URL)".to_owned(),
        None => format!("SQLite dans {folder}/"),
    };
    let open = settings.origins.known.first().map_or("", String::as_str);
    for problem in &settings.messages.ignored {
        tracing::warn!("ignorée : {problem}");
    }
    let version = env!("CARGO_PKG_VERSION");
    tracing::info!("base de données : {database}");
    match &settings.data.bucket {
        None => tracing::info!("fichiers : dans {folder}/"),
        Some(BucketAddress::S3(s3)) => tracing::info!("fichiers : bucket de {}", s3.endpoint),
        Some(BucketAddress::Supabase(project)) => {
            tracing::info!("fichiers : bucket de {}", project.url);
        }
    }
    tracing::info!("NeoPro {version} écoute sur {address} : ouvrez {open}");
    if let Some(code) = domain.accounts().first_run_code().await? {
        let code = code.expose_secret();
        tracing::info!(
            "aucun compte : ouvrez {open}/login et saisissez le code {code} (valable 15 minutes, \
             une seule fois), ou lancez « neopro create-admin »"
        );
    }
    Ok(())
}
