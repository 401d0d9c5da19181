//! Many players at once.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use api::account::SignIn;
use api::id::VideoId;
use api::limit::{POLL_INTERVAL, REPORT_INTERVAL};
use clap::Args;
use futures::{StreamExt, TryStreamExt, stream};
use tokio::time::sleep;

use crate::admin::Admin;
use crate::connection::Server;
use crate::failure::Failure;
use crate::player::Player;
use crate::table;
use crate::tally::Tally;

/// Players that enrol at the same time: below what the server lets wait from one network.
const ENROLLING: usize = 16;

/// What to simulate.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Port of a server on this machine.
    #[arg(long, default_value_t = 3001)]
    port: u16,
    /// An administrator's address.
    #[arg(long)]
    email: String,
    /// The administrator's password.
    #[arg(long, env = "NEOPRO_PASSWORD", hide_env_values = true)]
    password: String,
    /// How many players.
    #[arg(long, default_value_t = 100)]
    players: usize,
    /// For how long, in seconds.
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// Keys, plays and pauses come out the same for the same seed.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// A video for the loop, where the library is empty.
    #[arg(long, default_value = "end2end/clips/demo/Optique Armor.mp4")]
    clip: PathBuf,
}

/// Enrols players on sites of their own, lets them live, and prints what they met.
pub(crate) async fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    let server = Server::here(arguments.port);
    let sign_in = SignIn {
        email: arguments.email,
        password: arguments.password,
    };
    let mut admin = Admin::sign_in(&server, &sign_in).await?;
    if admin.videos().await?.is_empty() {
        let clip = tokio::fs::read(&arguments.clip).await?;
        admin.upload("mesure.mp4", clip.into()).await?;
    }
    let videos: Vec<VideoId> = admin.videos().await?.iter().map(|video| video.id).collect();
    let fleet = Fleet {
        server,
        seed: arguments.seed,
        tally: Tally::default(),
    };
    let mut players = fleet.enrol(&admin, arguments.players, &videos).await?;
    fleet.reconnect(&mut players).await;
    let time = Duration::from_secs(arguments.seconds);
    fleet.live(&mut players, time).await;
    print!("{}", fleet.table());
    let (failed, example) = fleet.tally.failures();
    if let Some(example) = example {
        eprintln!("{failed} failures, the first: {example}");
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

/// The players of a seed and what they met.
pub(crate) struct Fleet {
    pub(crate) server: Server,
    pub(crate) seed: u64,
    pub(crate) tally: Tally,
}

impl Fleet {
    /// This many players, each linked to a site of its own with this loop. Those that an earlier
    /// run linked are taken as they are.
    pub(crate) async fn enrol(
        &self,
        admin: &Admin,
        count: usize,
        videos: &[VideoId],
    ) -> Result<Vec<Player>, Failure> {
        let players = stream::iter(0..count)
            .map(|number| self.enrol_one(admin, number, videos))
            .buffered(ENROLLING)
            .try_collect();
        let players = players.await?;
        self.tally.clear();
        Ok(players)
    }

    async fn enrol_one(
        &self,
        admin: &Admin,
        number: usize,
        videos: &[VideoId],
    ) -> Result<Player, Failure> {
        let mut player = Player::new(&self.server, self.seed, number, &self.tally);
        if player.authenticate().await.is_err() {
            let mut admin = admin.again(&self.server);
            let site = admin.create_site(&format!("Salle {number:05}")).await?.id;
            admin.publish(site, videos).await?;
            player.link(&mut admin, site).await?;
        }
        Ok(player)
    }

    /// All of them start at once, as after a power cut of a whole region. Answers with the time
    /// until the last one knew its state and had reported it.
    pub(crate) async fn reconnect(&self, players: &mut [Player]) -> Duration {
        let start = Instant::now();
        together(players, async |player| {
            player.restart();
            // What failed is in the tally.
            _ = player.begin().await;
        })
        .await;
        start.elapsed()
    }

    /// They report, poll and play for so long.
    pub(crate) async fn live(&self, players: &mut [Player], time: Duration) {
        let end = Instant::now() + time;
        together(players, async |player| player.live(end).await).await;
    }

    /// How long each kind of request took.
    pub(crate) fn table(&self) -> String {
        let ms = |time: Duration| format!("{:.1}", time.as_secs_f64() * 1000.0);
        let rows: Vec<[String; 6]> = self
            .tally
            .summaries()
            .into_iter()
            .map(|kind| {
                [
                    kind.kind.to_owned(),
                    kind.answered.to_string(),
                    ms(kind.p50),
                    ms(kind.p95),
                    ms(kind.p99),
                    kind.failed.to_string(),
                ]
            })
            .collect();
        let head = [
            "request", "answered", "p50 ms", "p95 ms", "p99 ms", "failed",
        ];
        table::markdown(head, &rows)
    }
}

async fn together(players: &mut [Player], what: impl AsyncFn(&mut Player)) {
    let all = players.iter_mut().map(|player| what(player));
    futures::future::join_all(all).await;
}

impl Player {
    /// What a player does after its start: who it is, what it shall do, how it is.
    pub(crate) async fn begin(&mut self) -> Result<(), Failure> {
        self.authenticate().await?;
        self.sync().await?;
        self.report().await
    }

    /// Reports and delivers plays every 15 s, polls every minute, each at moments of its own.
    async fn live(&mut self, end: Instant) {
        let mut next = Instant::now() + REPORT_INTERVAL.mul_f64(self.share("report"));
        let mut poll = Instant::now() + POLL_INTERVAL.mul_f64(self.share("poll"));
        while next < end {
            sleep(next.saturating_duration_since(Instant::now())).await;
            // What failed is in the tally; the next turn tries again.
            _ = self.turn().await;
            if Instant::now() >= poll {
                _ = self.sync().await;
                poll += POLL_INTERVAL;
            }
            next += REPORT_INTERVAL;
        }
        sleep(end.saturating_duration_since(Instant::now())).await;
    }

    async fn turn(&mut self) -> Result<(), Failure> {
        self.report().await?;
        let plays = self.plays_of(REPORT_INTERVAL.as_secs());
        if plays.is_empty() {
            return Ok(());
        }
        self.deliver(plays).await
    }
}
