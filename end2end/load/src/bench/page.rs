//! A page of the dashboard as the server draws it: the list of sites with 100 rows.

use std::time::Duration;

use http::StatusCode;

use super::line::Line;
use super::rounds::Rounds;
use super::stage::Stage;
use super::state::CONNECTIONS;
use crate::failure::Failure;
use crate::generator::{Question, rate};
use crate::process;

const TIME: Duration = Duration::from_secs(3);
const ROUNDS: usize = 5;
const ROWS: usize = 100;
const AIM: f64 = 1.0 / 100.0;
const PAGE: &str = "/sites?per_page=100";

pub(super) async fn measure(mut stage: Stage) -> Result<Vec<Line>, Failure> {
    for number in 0..ROWS {
        stage
            .admin
            .create_site(&format!("Salle {number:03}"))
            .await?;
    }
    let bytes = rows_are_there(&mut stage).await?;
    let page = Question {
        path: PAGE.to_owned(),
        headers: stage.admin.headers(),
        expected: StatusCode::OK,
    };
    let (bare, _process) = process::bare().await?;
    let nothing = Question {
        expected: StatusCode::NOT_MODIFIED,
        ..page.clone()
    };
    let rounds = Rounds::take(
        ROUNDS,
        async || rate(&stage.fleet.server, &page, CONNECTIONS, TIME).await,
        async || rate(&bare, &nothing, CONNECTIONS, TIME).await,
    );
    let rounds = rounds.await?;
    Ok(vec![Line {
        what: format!(
            "page of {ROWS} sites, drawn by the server ({} kB)",
            bytes / 1000
        ),
        measured: format!("{:.0}/s", rounds.ours()),
        limit: format!("{:.0}/s, bare handler", rounds.limit()),
        ratio: Some(rounds.ratio()),
        aim: "≥ 1/100".to_owned(),
        met: rounds.ratio() >= AIM,
    }])
}

/// The size of the page, once every site is found in it.
async fn rows_are_there(stage: &mut Stage) -> Result<usize, Failure> {
    let page = stage.admin.open(PAGE).await?;
    let text = String::from_utf8_lossy(&page);
    let missing = (0..ROWS).find(|number| !text.contains(&format!("Salle {number:03}")));
    match missing {
        None => Ok(page.len()),
        Some(number) => Err(Failure::unmet(format!(
            "{PAGE} does not show site {number}"
        ))),
    }
}
