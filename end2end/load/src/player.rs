//! A simulated player: the protocol as a Raspberry Pi speaks it, without a disk or a screen.

use api::enrolment::{AcceptEnrolment, EnrolAnswer, EnrolPoll, EnrolStatus};
use api::id::{BootId, SiteId};
use api::path;
use api::play::{Play, PlayBatch, PlayBatchAnswer};
use api::player::{
    Challenge, ChallengeRequest, DesiredState, Downloads, PlayerToken, Report, ReportAnswer,
    ScreenReport, TokenRequest,
};
use api::site::Screen;
use chrono::Utc;
use http::{Request, StatusCode, header};
use rand::RngExt;

use crate::admin::Admin;
use crate::connection::{Connection, Server};
use crate::failure::Failure;
use crate::key::Key;
use crate::plays::{self, Plays};
use crate::tally::Tally;
use crate::{chance, connection};

/// What the server wants, and its name.
pub(crate) struct State {
    pub(crate) etag: String,
    pub(crate) desired: DesiredState,
}

/// One player with its connection.
pub(crate) struct Player {
    pub(crate) number: usize,
    seed: u64,
    server: Server,
    key: Key,
    boot: BootId,
    connection: Connection,
    tally: Tally,
    pub(crate) state: Option<State>,
    plays: Plays,
}

impl Player {
    /// Player `number` of `seed`: its key is always the same.
    pub(crate) fn new(server: &Server, seed: u64, number: usize, tally: &Tally) -> Self {
        let boot = boot(seed, number);
        Self {
            number,
            seed,
            server: server.clone(),
            key: Key::of(seed, number),
            boot,
            connection: Connection::to(server),
            tally: tally.clone(),
            state: None,
            plays: Plays::new(boot, chance::of(seed, "plays", number)),
        }
    }

    /// Becomes the player of a site, as an admin links it by its code.
    pub(crate) async fn link(&mut self, admin: &mut Admin, site: SiteId) -> Result<(), Failure> {
        let asked = self.key.enrolment()?;
        let answer = self.connection.post(path::ENROL, &asked).await?;
        let answer: EnrolAnswer = answer.read()?;
        let typed = AcceptEnrolment {
            code: answer.code.to_string(),
            move_from: None,
        };
        admin.accept(site, &typed).await?;
        let poll = EnrolPoll {
            poll_secret: answer.poll_secret,
        };
        match self
            .connection
            .post(path::ENROL_POLL, &poll)
            .await?
            .read()?
        {
            EnrolStatus::Accepted { .. } => Ok(()),
            other => Err(Failure::unmet(format!("an accepted player is {other:?}"))),
        }
    }

    /// Starts anew: another connection, another token, the same key and the same state.
    pub(crate) fn restart(&mut self) {
        self.connection = Connection::to(&self.server);
    }

    /// Proves who it is.
    pub(crate) async fn authenticate(&mut self) -> Result<(), Failure> {
        self.connection.headers.remove(header::AUTHORIZATION);
        let key_id = self.key.id();
        let asked = ChallengeRequest {
            key_id: key_id.clone(),
        };
        let challenge = self.connection.post(path::CHALLENGE, &asked);
        let challenge: Challenge = self.tally.time("challenge", read(challenge)).await?;
        let text = TokenRequest::signed_text(&self.server.origin, &challenge.nonce);
        let request = TokenRequest {
            signature: self.key.sign(&text),
            key_id,
            nonce: challenge.nonce,
            boot_id: self.boot,
        };
        let token = self.connection.post(path::TOKEN, &request);
        let token: PlayerToken = self.tally.time("token", read(token)).await?;
        let bearer = connection::bearer(&token.token)?;
        self.connection
            .headers
            .insert(header::AUTHORIZATION, bearer);
        Ok(())
    }

    /// Asks what the server wants, unless it is what this player has.
    pub(crate) async fn sync(&mut self) -> Result<(), Failure> {
        let mut request = Request::get(path::STATE);
        if let Some(state) = &self.state {
            request = request.header(header::IF_NONE_MATCH, &state.etag);
        }
        let answer = async {
            self.connection
                .send(request, bytes::Bytes::new())
                .await?
                .accepted()
        };
        let answer = self.tally.time("state", answer).await?;
        if answer.status == StatusCode::NOT_MODIFIED {
            return Ok(());
        }
        let etag = answer.header(header::ETAG).unwrap_or_default().to_owned();
        let desired = answer.read()?;
        self.state = Some(State { etag, desired });
        Ok(())
    }

    /// Tells how it is. Asks for the state again when the answer names another.
    pub(crate) async fn report(&mut self) -> Result<(), Failure> {
        let report = self.compose();
        let answer = self.connection.post(path::REPORT, &report);
        let answer: ReportAnswer = self.tally.time("report", read(answer)).await?;
        let known = self.state.as_ref().map(|state| state.etag.as_str());
        if known == Some(answer.etag.as_str()) {
            return Ok(());
        }
        self.sync().await
    }

    /// Delivers plays. Every one must be stored or known.
    pub(crate) async fn deliver(&mut self, plays: Vec<Play>) -> Result<(), Failure> {
        let sent = plays.len();
        let batch = PlayBatch { plays };
        let answer = self.connection.post(path::PLAYS, &batch);
        let answer: PlayBatchAnswer = self.tally.time("plays", read(answer)).await?;
        if answer.receipts.len() == sent {
            return Ok(());
        }
        let receipts = answer.receipts.len();
        Err(Failure::unmet(format!(
            "{receipts} receipts for {sent} plays"
        )))
    }

    /// The plays of so much time on screen, the last of which ends now.
    pub(crate) fn plays_of(&mut self, seconds: u64) -> Vec<Play> {
        let Some(state) = &self.state else {
            return Vec::new();
        };
        let end = Utc::now();
        let mut begins = end - std::time::Duration::from_secs(seconds);
        let mut made = Vec::new();
        while let Some(play) = self.plays.next(&state.desired, begins) {
            begins += std::time::Duration::from_millis(play.duration_ms);
            if begins > end || play.duration_ms == 0 {
                break;
            }
            made.push(play);
        }
        made
    }

    fn compose(&self) -> Report {
        let desired = self.state.as_ref().map(|state| &state.desired);
        let shown = desired.and_then(|state| state.configuration.default_loop.first());
        let files = desired.map_or(&[][..], |state| &state.files);
        let bytes = files.iter().map(|file| file.size).sum();
        let count = u32::try_from(files.len()).unwrap_or(u32::MAX);
        Report {
            player_version: "1.0.0".to_owned(),
            clock: api::play::Clock::Synced,
            configuration_version: desired.map(|state| state.configuration_version),
            screen: ScreenReport {
                screen: shown.map_or(Screen::Empty, |_| Screen::Playing),
                video_id: shown.map(|item| item.video_id),
                ..ScreenReport::default()
            },
            downloads: Downloads {
                files: count,
                files_ready: count,
                bytes,
                bytes_ready: bytes,
            },
            ..Report::of_boot(self.boot)
        }
    }

    /// Its run.
    pub(crate) fn boot(&self) -> BootId {
        self.boot
    }

    /// A header set that speaks for this player.
    pub(crate) fn headers(&self) -> http::HeaderMap {
        self.connection.headers.clone()
    }

    /// A part of one, always the same for this player and purpose: who waits how long.
    pub(crate) fn share(&self, purpose: &str) -> f64 {
        chance::of(self.seed, purpose, self.number).random_range(0.0..1.0)
    }
}

fn boot(seed: u64, number: usize) -> BootId {
    BootId(plays::id(
        Utc::now(),
        chance::of(seed, "boot", number).random(),
    ))
}

async fn read<T: serde::de::DeserializeOwned>(
    answer: impl Future<Output = Result<connection::Answer, Failure>>,
) -> Result<T, Failure> {
    answer.await?.read()
}
