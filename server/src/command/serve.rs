//! `neopro serve`

use domain::Domain;

use super::failure::Failure;
use crate::settings::Settings;
use crate::settings::variables::Variables;
use crate::{serve, shutdown, telemetry};

/// Serves until SIGTERM or SIGINT.
pub async fn run() -> Result<(), Failure> {
    let settings = Settings::read(Variables::of_process())?;
    telemetry::start(settings.telemetry);
    let stop = shutdown::requested()?;
    let domain = Domain::open(settings.domain()).await?;
    let served = serve::until(domain.clone(), settings, stop).await;
    domain.close().await;
    served
}
