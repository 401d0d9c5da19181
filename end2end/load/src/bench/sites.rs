//! The list of 1 000 sites on PostgreSQL: as JSON, and as the page that the server draws.

use std::time::Duration;

use http::StatusCode;
use sea_orm::sqlx::raw_sql;

use super::line::Line;
use super::stage::Stage;
use super::state::CONNECTIONS;
use crate::failure::Failure;
use crate::generator::{Question, rate};

const TIME: Duration = Duration::from_secs(5);
const SITES: &str = "INSERT INTO sites (name, club, city)
    SELECT 'Salle ' || to_char(i, 'FM00000'), 'Étoile sportive', 'Quimper' FROM generate_series(1, 1000) i";
/// What a person waits for must be ready many times in a second.
const AIM: f64 = 100.0;

pub(super) async fn measure(mut stage: Stage) -> Result<Vec<Line>, Failure> {
    let mut database = stage.base.postgres()?.connect().await?;
    raw_sql(SITES).execute(&mut database).await?;
    let mut lines = Vec::new();
    for (name, path) in [
        ("as JSON", "/api/v1/sites?per_page=100"),
        ("as a page", "/sites?per_page=100"),
    ] {
        let bytes = stage.admin.open(path).await?.len();
        let question = Question {
            path: path.to_owned(),
            headers: stage.admin.headers(),
            expected: StatusCode::OK,
        };
        let rate = rate(&stage.fleet.server, &question, CONNECTIONS, TIME).await?;
        lines.push(Line {
            what: format!(
                "100 of 1 000 sites on PostgreSQL {name} ({} kB)",
                bytes / 1000
            ),
            measured: format!("{rate:.0}/s"),
            limit: String::new(),
            ratio: None,
            aim: format!("≥ {AIM}/s"),
            met: rate >= AIM,
        });
    }
    Ok(lines)
}
