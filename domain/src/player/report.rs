//! What a player tells every 15 s.

use api::id::SiteId;
use api::limit::PASSED_OVER;
use api::player::Report;
use api::text::line;

use crate::Domain;
use crate::ingest::Received;

/// Longest version of a player that is kept, in characters.
const VERSION_CHARACTERS: usize = 40;

/// Takes note of what the player of `site`, which holds `key_id`, tells. It is written soon.
pub(super) fn take(domain: &Domain, site: SiteId, key_id: &str, mut report: Report) {
    let inner = &domain.inner;
    let version = line(&report.player_version);
    report.player_version = version.chars().take(VERSION_CHARACTERS).collect();
    report.passed_over.truncate(PASSED_OVER);
    let at = inner.clock.now();
    inner.telemetry.listen(at, inner.lease.is_held());
    inner.telemetry.receive(site, at, &report.metrics);
    let received = Received {
        key_id: key_id.to_owned(),
        at,
        first_at: at,
        report,
    };
    if let Some(before) = inner.reports.receive(site, received) {
        inner.telemetry.hear(site, before, at);
    }
}
