use std::collections::HashMap;

use api::event::Event;
use api::id::SiteId;
use api::player::Report;
use api::site::Screen;
use chrono::{DateTime, Utc};
use parking_lot::Mutex;

/// The newest report of each site that is not written yet, and what was written last.
#[derive(Default)]
pub(crate) struct Reports {
    waiting: Mutex<HashMap<SiteId, Received>>,
    written: Mutex<HashMap<SiteId, Received>>,
}

/// A report as it came in.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    /// Names the key of the player that sent it.
    pub(crate) key_id: String,
    pub(crate) at: DateTime<Utc>,
    /// When the first of the reports came that it stands for.
    pub(crate) first_at: DateTime<Utc>,
    pub(crate) report: Report,
}

impl Reports {
    /// Keeps a report in place of the one before; gives when that one came, if it waited.
    pub(crate) fn receive(&self, site: SiteId, mut received: Received) -> Option<DateTime<Utc>> {
        let mut waiting = self.waiting.lock();
        let before = waiting.get(&site);
        let before = before.map(|before| (before.first_at, before.at));
        received.first_at = before.map_or(received.first_at, |(first_at, _)| first_at);
        waiting.insert(site, received);
        before.map(|(_, at)| at)
    }

    /// Everything that waits, by site: writers that meet take their rows in the same order.
    pub(super) fn take(&self) -> Vec<(SiteId, Received)> {
        let waiting = std::mem::take(&mut *self.waiting.lock());
        let mut waiting: Vec<_> = waiting.into_iter().collect();
        waiting.sort_unstable_by_key(|(site, _)| *site);
        waiting
    }

    /// Could not be written: waits again, unless something newer came.
    pub(super) fn put_back(&self, reports: Vec<(SiteId, Received)>) {
        let mut waiting = self.waiting.lock();
        for (site, received) in reports {
            let first_at = received.first_at;
            waiting.entry(site).or_insert(received).first_at = first_at;
        }
    }

    /// What was written last of a site.
    pub(super) fn written(&self, site: SiteId) -> Option<Received> {
        self.written.lock().get(&site).cloned()
    }

    /// Remembers what was written; gives what there is to tell of it.
    pub(super) fn stored(&self, reports: Vec<(SiteId, Received)>) -> Vec<Event> {
        let mut written = self.written.lock();
        let told = |(site, received): (SiteId, Received)| {
            let event = news(site, written.get(&site), &received);
            written.insert(site, received);
            event
        };
        reports.into_iter().filter_map(told).collect()
    }

    /// The site was found silent: its next report is news.
    pub(crate) fn forget(&self, site: SiteId) {
        self.written.lock().remove(&site);
    }
}

/// What changed for who looks at the site. Time, position and figures of the machine always do,
/// and pages go on by themselves or look when they need to.
fn news(site: SiteId, before: Option<&Received>, now: &Received) -> Option<Event> {
    let is_dark = |received: &Received| received.report.screen.screen == Screen::Off;
    let same = |before: &&Received| before.key_id == now.key_id && is_dark(before) == is_dark(now);
    let Some(before) = before.filter(same) else {
        return Some(Event::SiteChanged { site });
    };
    let shown = |report: &Report| {
        (
            report.screen.screen,
            report.screen.video_id,
            report.screen.since,
            report.configuration_version,
            report.downloads,
            report.waiting_plays,
        )
    };
    let troubles = |report: &Report| (report.fetching, report.passed_over.clone());
    let same = shown(&before.report) == shown(&now.report)
        && troubles(&before.report) == troubles(&now.report);
    (!same).then_some(Event::SiteReported { site })
}

#[cfg(test)]
mod tests {
    use api::id::BootId;
    use chrono::TimeDelta;

    use super::*;

    fn received(key_id: &str, waiting_plays: u64) -> Received {
        Received {
            key_id: key_id.to_owned(),
            at: DateTime::UNIX_EPOCH,
            first_at: DateTime::UNIX_EPOCH,
            report: Report {
                waiting_plays,
                ..Report::of_boot(BootId::new())
            },
        }
    }

    #[test]
    fn only_what_somebody_can_see_is_told() {
        let (reports, site) = (Reports::default(), SiteId::new());
        let changed = Some(Event::SiteChanged { site });
        let told = |received: Received| reports.stored(vec![(site, received)]).pop();
        assert_eq!(told(received("a", 0)), changed);
        assert_eq!(told(received("a", 0)), None);
        assert_eq!(told(received("a", 3)), Some(Event::SiteReported { site }));
        assert_eq!(told(received("b", 3)), changed);
        reports.forget(site);
        assert_eq!(told(received("b", 3)), changed);
    }

    #[test]
    fn what_could_not_be_written_waits_unless_something_newer_came() {
        let (reports, first, second) = (Reports::default(), SiteId::new(), SiteId::new());
        reports.receive(first, received("a", 1));
        reports.receive(second, received("b", 1));
        let taken = reports.take();
        assert_eq!(taken.len(), 2);
        let mut newer = received("a", 2);
        newer.at += TimeDelta::seconds(15);
        reports.receive(first, newer);
        reports.put_back(taken);
        let waiting: Vec<u64> = reports
            .take()
            .iter()
            .map(|(_, received)| received.report.waiting_plays)
            .collect();
        assert_eq!(waiting, [2, 1]);
    }
}
