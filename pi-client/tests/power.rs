//! Power cuts, truthfully: what never reached the card is gone, whatever the program believed.
#![expect(clippy::unwrap_used, reason = "what helps a test may fail like one")]

mod support;

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;

use api::play::Play;
use api::player::DesiredState;
use futures::{StreamExt, stream};
use pi_client::{Operation, Player, Witness};
use support::card::{Card, Dice, Loss};
use support::page::Page;
use support::server::{FakeServer, World};
use support::{clip_bytes, hash, player_of, settings_of, state_of};

/// Cuts that are tried, beside those after each thing that somebody was told.
const CUTS: usize = 60;
/// At the same time.
const TOGETHER: usize = 4;
const SEED: u64 = 20_261_122;

/// A life of a player, as its card and its server saw it.
struct Life {
    operations: Vec<Operation>,
    state: DesiredState,
    server: World,
}

/// Linked, two loops one after the other, five plays, everything delivered.
async fn live() -> Life {
    let server = FakeServer::start().await;
    let data = tempfile::tempdir().unwrap();
    let clips: Vec<Vec<u8>> = (1..=3).map(|seed| clip_bytes(seed, 300_000)).collect();
    let witness = Witness::default();
    server.world().witness = Some(witness.clone());
    let mut settings = settings_of(&server, data.path());
    settings.witness = Some(witness.clone());
    let player = Player::start(settings).await.unwrap();
    server.until("a code", |world| world.codes == 1).await;
    server.accept();
    let first = state_of(1, &[(&clips[0], 100), (&clips[1], 100)]);
    server.publish(first, &[&clips[0], &clips[1]]);
    server.until_applied(1).await;
    let mut page = Page::open(&player).await;
    for _ in 0..3 {
        page.plays(100).await;
    }
    let state = state_of(2, &[(&clips[2], 100), (&clips[1], 100)]);
    server.publish(state.clone(), &[&clips[2]]);
    server.until_applied(2).await;
    for _ in 0..2 {
        page.plays(100).await;
    }
    server
        .until("everything is told", |world| {
            world.plays.len() == 5 && world.reports.last().unwrap().waiting_plays == 0
        })
        .await;
    player.stop().await;
    let server = std::mem::take(&mut *server.world());
    Life {
        operations: witness.operations(),
        state,
        server,
    }
}

/// What the server and the people in front of the TV knew at this moment.
struct Known<'a> {
    life: &'a Life,
    marks: HashSet<&'a str>,
}

impl Known<'_> {
    fn says(&self, what: &str, of: &str) -> bool {
        self.marks.contains(format!("{what} {of}").as_str())
    }

    fn plays(&self, what: &str) -> Vec<Play> {
        let known = |play: &&Play| {
            self.says(what, &play.id.0.to_string()) || self.says(what, &play.played_at.to_string())
        };
        self.life
            .server
            .plays
            .iter()
            .filter(known)
            .cloned()
            .collect()
    }

    fn server(&self) -> World {
        let linked = self.marks.contains("linked");
        let life = &self.life.server;
        World {
            site: life.site,
            keys: if linked {
                life.keys.clone()
            } else {
                HashMap::new()
            },
            state: Some(self.life.state.clone()),
            files: life.files.clone(),
            plays: self.plays("stored"),
            ..World::default()
        }
    }
}

/// The power is cut after so many operations; then the player starts from what is left.
async fn cut(life: &Life, after: usize, loss: Loss) {
    let what = format!("cut after {after} of {}, {loss:?}", life.operations.len());
    let mut card = Card::default();
    let mut marks = HashSet::new();
    for operation in &life.operations[..after] {
        card.see(operation);
        if let Operation::Mark(mark) = operation {
            marks.insert(mark.as_str());
        }
    }
    let known = Known { life, marks };
    let data = tempfile::tempdir().unwrap();
    card.restore(loss, data.path());
    files_are_whole(data.path(), &what);

    let address = "127.0.0.1:0".parse().unwrap();
    let server = FakeServer::start_at(address, known.server()).await;
    let player = player_of(&server, data.path()).await;
    if known.says("applied", "1") || known.says("applied", "2") {
        let page = Page::open(&player).await;
        assert_eq!(page.view["page"], "playing", "{what}");
    }
    server
        .until(&what, |world| {
            let last = world.reports.last();
            last.is_some_and(|report| {
                report.configuration_version == Some(2)
                    && report.waiting_plays == 0
                    && report.lost_plays == Some(0)
            })
        })
        .await;
    player.stop().await;
    files_are_whole(data.path(), &what);
    let plays = server.world().plays.clone();
    let ids: HashSet<_> = plays.iter().map(|play| play.id).collect();
    assert_eq!(ids.len(), plays.len(), "{what}");
    for told in ["stored", "on screen"] {
        for play in known.plays(told) {
            assert!(ids.contains(&play.id), "{what}: {told}, {play:?}");
        }
    }
    let key = fs::read_to_string(data.path().join("identity.key")).unwrap();
    assert_eq!(key.len(), 64, "{what}");
    assert_eq!(
        server.world().codes == 0,
        known.marks.contains("linked"),
        "{what}"
    );
}

/// A file under its name is what its name says, at every moment.
fn files_are_whole(data: &Path, what: &str) {
    for entry in fs::read_dir(data.join("files")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none() {
            let name = path.file_name().unwrap().to_str().unwrap();
            assert_eq!(hash(&fs::read(&path).unwrap()).to_string(), name, "{what}");
        }
    }
}

#[tokio::test]
async fn what_was_told_survives_every_power_cut() {
    let life = live().await;
    let operations = &life.operations;
    let told = |at: &usize| matches!(operations[*at], Operation::Mark(_));
    let mut cuts: Vec<(usize, Loss)> = (0..operations.len())
        .filter(told)
        .map(|at| (at + 1, Loss::Everything))
        .collect();
    cuts.dedup();
    let mut dice = Dice(SEED);
    for number in 0..CUTS {
        let after = dice.below(operations.len() + 1);
        let losses = [Loss::Everything, Loss::Bytes, Loss::Names, Loss::Nothing];
        let some = Loss::Some(SEED + number as u64);
        let loss = losses.get(dice.below(6)).copied().unwrap_or(some);
        cuts.push((after, loss));
    }
    stream::iter(cuts)
        .for_each_concurrent(TOGETHER, |(after, loss)| cut(&life, after, loss))
        .await;
}
