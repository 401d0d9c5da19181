use api::hash::FileHash;
use api::id::{BootId, PlayId, VideoId};
use api::play::{Clock, Outcome, Play, Receipt};
use chrono::{DateTime, TimeDelta};
use tempfile::TempDir;

use super::{Place, Record, Spool};
use crate::database::Storage;
use crate::folder::{Folder, Space};

fn folder_in(directory: &TempDir) -> Folder {
    Folder::open(directory.path(), Space::default(), None).unwrap()
}

fn spool_in(directory: &TempDir) -> Spool {
    Spool::open(Storage::open(&folder_in(directory)).unwrap()).unwrap()
}

pub(crate) fn play(boot_id: BootId, seq: u64) -> Play {
    Play {
        id: PlayId::new(),
        boot_id,
        seq,
        video_id: VideoId::new(),
        sha256: FileHash([7; 32]),
        configuration_version: 3,
        played_at: DateTime::from_timestamp_millis(10_000).unwrap(),
        duration_ms: 10_000,
        shown_ms: 0,
        outcome: Outcome::Cut,
        clock: Clock::Unsynced,
        not_before: None,
        not_after: None,
    }
}

fn begin(play: &Play) -> Record {
    Record::Begin {
        play: play.clone(),
        place: 0,
    }
}

fn end(play: &Play) -> Record {
    Record::End {
        id: play.id,
        shown_ms: 10_000,
        outcome: Outcome::Completed,
    }
}

fn all(spool: &Spool) -> Vec<super::Waiting> {
    spool.batch(0, 500).unwrap()
}

fn waiting(spool: &Spool) -> Vec<(u64, Outcome)> {
    let batch = all(spool);
    let facts = |waiting: super::Waiting| (waiting.play.seq, waiting.play.outcome);
    batch.into_iter().map(facts).collect()
}

#[test]
fn a_play_waits_from_its_end_to_its_receipt() {
    let directory = tempfile::tempdir().unwrap();
    let spool = spool_in(&directory);
    let play = play(BootId::new(), 1);
    spool.record(&[begin(&play)]).unwrap();
    assert_eq!(waiting(&spool), []);
    spool.record(&[end(&play)]).unwrap();
    assert_eq!(waiting(&spool), [(1, Outcome::Completed)]);

    let key = all(&spool)[0].key;
    spool.settle(&[(key, Receipt::Stored)]).unwrap();
    assert_eq!((waiting(&spool), spool.waiting().unwrap()), (vec![], 0));
    let journal = spool.journal().unwrap();
    assert_eq!(journal.len(), 1);
    assert_eq!(journal[0].receipt, Some(Receipt::Stored));
    assert_eq!(journal[0].play.shown_ms, 10_000);
}

#[test]
fn a_power_cut_leaves_a_cut_play_and_nothing_twice() {
    let directory = tempfile::tempdir().unwrap();
    let boot = BootId::new();
    let (first, second) = (play(boot, 1), play(boot, 2));
    let spool = spool_in(&directory);
    spool
        .record(&[begin(&first), end(&first), begin(&second)])
        .unwrap();
    drop(spool);
    for _ in 0..2 {
        let spool = spool_in(&directory);
        assert_eq!(
            waiting(&spool),
            [(1, Outcome::Completed), (2, Outcome::Cut)]
        );
    }
    let spool = spool_in(&directory);
    spool.record(&[end(&second)]).unwrap();
    assert_eq!(
        waiting(&spool).len(),
        2,
        "an end without a start is no play"
    );
}

#[test]
fn the_oldest_plays_are_lost_and_counted_when_too_many_wait() {
    let directory = tempfile::tempdir().unwrap();
    let storage = Storage::open(&folder_in(&directory)).unwrap();
    let spool = Spool::with_limit(storage, 2).unwrap();
    let boot = BootId::new();
    for seq in 1..=5 {
        let play = play(boot, seq);
        spool.record(&[begin(&play), end(&play)]).unwrap();
    }
    let seqs: Vec<u64> = waiting(&spool).into_iter().map(|(seq, _)| seq).collect();
    assert_eq!((seqs, spool.lost().unwrap()), (vec![4, 5], 3));
}

#[test]
fn learning_the_time_moves_the_plays_of_this_run_alone() {
    let directory = tempfile::tempdir().unwrap();
    let spool = spool_in(&directory);
    let (before, boot) = (BootId::new(), BootId::new());
    let (old, ended, running) = (play(before, 1), play(boot, 1), play(boot, 2));
    let shift = TimeDelta::days(20_000);
    let correct = Record::Correct {
        boot_id: boot,
        shift,
        started_at: DateTime::from_timestamp_millis(20_000).unwrap() + shift,
    };
    spool
        .record(&[
            begin(&old),
            end(&old),
            begin(&ended),
            end(&ended),
            begin(&running),
        ])
        .unwrap();
    spool.record(&[correct, end(&running)]).unwrap();

    let batch = all(&spool);
    let facts = |waiting: &super::Waiting| (waiting.play.clock, waiting.play.played_at);
    let facts: Vec<_> = batch.iter().map(facts).collect();
    let synced = (Clock::Synced, ended.played_at + shift);
    assert_eq!(facts, [(Clock::Unsynced, old.played_at), synced, synced]);
    assert_eq!(spool.journal().unwrap()[1].play.clock, Clock::Synced);
}

#[test]
fn a_cut_play_tells_what_was_noted_of_it() {
    let directory = tempfile::tempdir().unwrap();
    let play = play(BootId::new(), 1);
    let progress = Record::Progress {
        id: play.id,
        shown_ms: 7_000,
    };
    spool_in(&directory)
        .record(&[begin(&play), progress])
        .unwrap();
    let batch = all(&spool_in(&directory));
    assert_eq!(batch[0].play.outcome, Outcome::Cut);
    assert_eq!(batch[0].play.shown_ms, 7_000);
}

#[test]
fn the_place_in_the_loop_outlives_a_run() {
    let directory = tempfile::tempdir().unwrap();
    let play = play(BootId::new(), 1);
    assert_eq!(spool_in(&directory).place().unwrap(), None);
    let begin = Record::Begin { play, place: 5 };
    spool_in(&directory).record(&[begin]).unwrap();
    let place = Place {
        configuration_version: 3,
        place: 5,
    };
    assert_eq!(spool_in(&directory).place().unwrap(), Some(place));
}

#[test]
fn losses_are_counted_once_however_often_they_are_told() {
    let directory = tempfile::tempdir().unwrap();
    let spool = spool_in(&directory);
    let lose = |boot_id, plays| spool.record(&[Record::Lose { boot_id, plays }]).unwrap();
    let (one, two) = (BootId::new(), BootId::new());
    for (boot, plays) in [(one, 2), (one, 2), (one, 5), (two, 1)] {
        lose(boot, plays);
    }
    assert_eq!(spool.lost().unwrap(), 6);
}

#[test]
fn a_run_that_never_knew_the_time_is_put_between_those_that_did() {
    let directory = tempfile::tempdir().unwrap();
    let spool = spool_in(&directory);
    let at = |seconds| DateTime::from_timestamp(seconds, 0).unwrap();
    let run = |seconds: [i64; 2]| {
        let boot = BootId::new();
        [1, 2].map(|seq| {
            let mut play = play(boot, seq);
            play.played_at = at(seconds[usize::try_from(seq).unwrap() - 1]);
            play.not_before = Some(at(1_000 + 10 * i64::try_from(seq).unwrap()));
            play
        })
    };
    let (possible, future) = (run([5_000, 5_030]), run([900_000, 900_030]));
    for play in possible.iter().chain(&future) {
        spool.record(&[begin(play), end(play)]).unwrap();
    }
    let heard = Record::Correct {
        boot_id: BootId::new(),
        shift: TimeDelta::zero(),
        started_at: at(9_000),
    };
    spool.record(&[heard]).unwrap();
    let batch = all(&spool);
    let times: Vec<i64> = batch
        .iter()
        .map(|waiting| waiting.play.played_at.timestamp())
        .collect();
    assert_eq!(times, [5_000, 5_030, 1_010, 1_040]);
    for waiting in &batch {
        assert_eq!(waiting.play.clock, Clock::Unsynced);
        assert_eq!(waiting.play.not_after, Some(at(9_000)));
    }
}
