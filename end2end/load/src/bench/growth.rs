//! How pages answer when there are more and more sites and plays.

use std::time::Instant;

use super::line::Line;
use super::rounds::median;
use super::seed::{self, PLAYS_PER_SITE, SITE};
use super::stage::Stage;
use super::{Size, sqlite};
use crate::failure::Failure;

const ASKED: usize = 15;
const WARM_UP: usize = 3;
/// A page that takes no longer than so many times the smallest one's time is flat.
const FLAT: f64 = 2.0;

/// What people open.
fn pages() -> [(&'static str, String); 5] {
    [
        ("home", "/".to_owned()),
        ("list of sites", "/sites".to_owned()),
        ("site", format!("/sites/{SITE}")),
        ("plays of a site", format!("/sites/{SITE}/plays")),
        ("plays of all sites", "/plays".to_owned()),
    ]
}

pub(super) async fn measure(mut stage: Stage, size: Size) -> Result<Vec<Line>, Failure> {
    let sizes: &[u64] = match size {
        Size::Short => &[10, 1_000],
        Size::Full => &[10, 1_000, 10_000],
    };
    let mut lines = Vec::new();
    let mut smallest = Vec::new();
    let mut there = 0;
    for &sites in sizes {
        stage.neopro.stop().await?;
        let mut database = sqlite::open(&stage.neopro.database()).await?;
        seed::grow(&mut database, there, sites).await?;
        drop(database);
        there = sites;
        stage.neopro.start_again().await?;
        let times = times(&mut stage).await?;
        if smallest.is_empty() {
            smallest = times;
            continue;
        }
        for ((page, _), (time, first)) in pages().iter().zip(times.iter().zip(&smallest)) {
            lines.push(line(page, sites, *time, *first));
        }
    }
    Ok(lines)
}

fn line(page: &str, sites: u64, time: f64, first: f64) -> Line {
    let millions = sites * PLAYS_PER_SITE / 1_000_000;
    Line {
        what: format!("{page}: {sites} sites, {millions} million plays"),
        measured: format!("{time:.1} ms"),
        limit: format!("{first:.1} ms, 10 sites"),
        ratio: Some(time / first),
        aim: format!("≤ {FLAT}"),
        met: time / first <= FLAT,
    }
}

/// Milliseconds of each page, the middle one of some.
async fn times(stage: &mut Stage) -> Result<Vec<f64>, Failure> {
    let mut times = Vec::new();
    for (_, path) in pages() {
        let mut took = Vec::new();
        for number in 0..WARM_UP + ASKED {
            let start = Instant::now();
            stage.admin.open(&path).await?;
            if number >= WARM_UP {
                took.push(start.elapsed().as_secs_f64() * 1000.0);
            }
        }
        times.push(median(took));
    }
    Ok(times)
}
