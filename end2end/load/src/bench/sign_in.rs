//! People who sign in at the same time: each password is hashed by Argon2id.

use std::time::{Duration, Instant};

use super::line::Line;
use super::stage::Stage;
use crate::admin::Admin;
use crate::failure::Failure;

const PEOPLE: usize = 8;
const TIME: Duration = Duration::from_secs(10);
/// For a company whose people all come in the morning.
const AIM: f64 = 10.0;

pub(super) async fn measure(stage: Stage) -> Result<Vec<Line>, Failure> {
    let start = Instant::now();
    let people: Vec<_> = (0..PEOPLE)
        .map(|_| {
            let (server, sign_in) = (stage.fleet.server.clone(), stage.sign_in.clone());
            tokio::spawn(async move {
                let mut signed_in = 0_u32;
                while start.elapsed() < TIME {
                    Admin::sign_in(&server, &sign_in).await?;
                    signed_in += 1;
                }
                Ok::<_, Failure>(signed_in)
            })
        })
        .collect();
    let mut signed_in = 0;
    for person in people {
        signed_in += person.await.map_err(std::io::Error::other)??;
    }
    let rate = f64::from(signed_in) / start.elapsed().as_secs_f64();
    Ok(vec![Line {
        what: format!("sign-ins of {PEOPLE} people at once on PostgreSQL"),
        measured: format!("{rate:.0}/s, 0 errors"),
        limit: String::new(),
        ratio: None,
        aim: format!("≥ {AIM}/s"),
        met: rate >= AIM,
    }])
}
