//! `neopro serve`

use domain::Domain;

use super::failure::Failure;
use crate::settings::Settings;
use crate::settings::data::Data;
use crate::settings::variables::Variables;
use crate::{serve, shutdown, telemetry};

/// Serves until SIGTERM or SIGINT.
pub async fn run() -> Result<(), Failure> {
    let settings = Settings::read(Variables::of_process())?;
    telemetry::start(settings.telemetry);
    warn_of_unused(&settings.data);
    let stop = shutdown::requested()?;
    let domain = Domain::open(settings.domain()).await?;
    let served = serve::until(domain.clone(), settings, stop).await;
    domain.close().await;
    served
}

/// Settings that are checked and have no effect yet: nobody shall believe otherwise.
fn warn_of_unused(data: &Data) {
    let folder = data.folder.display();
    if data.supabase.is_some() {
        tracing::warn!("SUPABASE_URL is not used yet: videos are kept in {folder}");
    }
}
