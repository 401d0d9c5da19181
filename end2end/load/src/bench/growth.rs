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

/// How the time of a page grows.
#[derive(Clone, Copy)]
enum Law {
    /// Not at all.
    Flat,
    /// With the sites that it adds up, and no faster: each site takes no longer in a larger fleet.
    Linear,
}

impl Law {
    /// How many times its share a page takes, and of what.
    fn ratio(self, (sites, time): Measured, (fewer, before): Measured) -> f64 {
        match self {
            Self::Flat => time / before,
            #[expect(clippy::cast_precision_loss, reason = "sites are few")]
            Self::Linear => (time / sites as f64) / (before / fewer as f64),
        }
    }

    fn aim(self) -> String {
        match self {
            Self::Flat => format!("≤ {FLAT}"),
            Self::Linear => format!("≤ {FLAT} for each site"),
        }
    }
}

/// Sites, and the milliseconds that a page took with them.
type Measured = (u64, f64);

/// What people open.
fn pages() -> [(&'static str, String, Law); 5] {
    [
        ("home", "/".to_owned(), Law::Flat),
        ("list of sites", "/sites".to_owned(), Law::Flat),
        ("site", format!("/sites/{SITE}"), Law::Flat),
        ("plays of a site", format!("/sites/{SITE}/plays"), Law::Flat),
        ("plays of all sites", "/plays".to_owned(), Law::Linear),
    ]
}

pub(super) async fn measure(mut stage: Stage, size: Size) -> Result<Vec<Line>, Failure> {
    let sizes: &[u64] = match size {
        Size::Short => &[10, 1_000],
        Size::Full => &[10, 1_000, 10_000],
    };
    let mut lines = Vec::new();
    let mut smallest: Vec<Measured> = Vec::new();
    let mut before: Vec<Measured> = Vec::new();
    let mut there = 0;
    for &sites in sizes {
        stage.neopro.stop().await?;
        let mut database = sqlite::open(&stage.neopro.database()).await?;
        seed::grow(&mut database, there, sites).await?;
        drop(database);
        there = sites;
        stage.neopro.start_again().await?;
        let times = times(&mut stage).await?;
        let times: Vec<_> = times.into_iter().map(|time| (sites, time)).collect();
        if smallest.is_empty() {
            smallest.clone_from(&times);
        } else {
            for (index, (page, _, law)) in pages().into_iter().enumerate() {
                let with_fewer = match law {
                    Law::Flat => smallest[index],
                    Law::Linear => before[index],
                };
                lines.push(line(page, law, times[index], with_fewer));
            }
        }
        before = times;
    }
    Ok(lines)
}

fn line(page: &str, law: Law, now: Measured, with_fewer: Measured) -> Line {
    let ((sites, time), (fewer, before)) = (now, with_fewer);
    let millions = sites * PLAYS_PER_SITE / 1_000_000;
    let ratio = law.ratio(now, with_fewer);
    Line {
        what: format!("{page}: {sites} sites, {millions} million plays"),
        measured: format!("{time:.1} ms"),
        limit: format!("{before:.1} ms, {fewer} sites"),
        ratio: Some(ratio),
        aim: law.aim(),
        met: ratio <= FLAT,
    }
}

/// Milliseconds of each page, the middle one of some.
async fn times(stage: &mut Stage) -> Result<Vec<f64>, Failure> {
    let mut times = Vec::new();
    for (_, path, _) in pages() {
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
