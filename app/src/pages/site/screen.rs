use api::site::{OnScreen, Screen, Site, SiteDetail, SiteStatus};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use leptos_i18n::td_string;

use crate::components::{Ago, AgoText, Panel, Thumb};
use crate::format::length;
use crate::state::clock::use_clock;
use crate::state::language::use_locale;

/// What is on the TV now. The picture is drawn anew only when another video is on screen.
#[component]
pub(super) fn ScreenPanel(detail: Signal<SiteDetail>) -> impl IntoView {
    let locale = use_locale();
    let state = Memo::new(move |_| detail.with(|detail| (detail.site.status, detail.site.screen)));
    let video = Memo::new(move |_| detail.with(|detail| shown(&detail.site)));
    let reported = Memo::new(move |_| detail.with(|detail| Reported::of(&detail.site)));
    let picture = move || match video.get() {
        Some(video) => view! { <Picture video reported/> }.into_any(),
        None => view! {
            <div class="thumb thumb-none">
                <span>{td_string!(locale, site.nothing)}</span>
            </div>
        }
        .into_any(),
    };
    let remark = move || {
        let text = match state.get() {
            (SiteStatus::Offline, _) => td_string!(locale, site.offline_text),
            (SiteStatus::Online, Screen::Off) => td_string!(locale, site.screen_off_text),
            (SiteStatus::Online, Screen::Empty) => td_string!(locale, site.empty_text),
            (SiteStatus::Pending, _) | (SiteStatus::Online, Screen::Playing | Screen::Other) => {
                return None;
            }
        };
        Some(view! { <p class="quiet text-sm mt-3">{text}</p> })
    };
    view! {
        <Panel id="on-screen" title=td_string!(locale, site.on_screen)>
            {picture}
            {remark}
        </Panel>
    }
}

/// The video on screen, without what every report changes.
fn shown(site: &Site) -> Option<OnScreen> {
    let video = site.on_screen.clone();
    let video = video.filter(|_| site.screen == Screen::Playing)?;
    Some(OnScreen {
        position_ms: 0,
        since: None,
        ..video
    })
}

/// What the last report said of the video on screen, and when.
#[derive(Clone, Copy, Default, PartialEq)]
struct Reported {
    position_ms: u64,
    since: Option<DateTime<Utc>>,
    at: Option<DateTime<Utc>>,
}

impl Reported {
    fn of(site: &Site) -> Self {
        let video = site.on_screen.as_ref();
        Self {
            position_ms: video.map_or(0, |video| video.position_ms),
            since: video.and_then(|video| video.since),
            at: site.last_seen,
        }
    }
}

#[component]
fn Picture(video: OnScreen, reported: Memo<Reported>) -> impl IntoView {
    let locale = use_locale();
    let clock = use_clock();
    let duration = video.duration_ms;
    let position = move || {
        let Reported {
            position_ms, at, ..
        } = reported.get();
        advance(position_ms, duration, at, clock.now())
    };
    let words = move || {
        let (position, length) = (length(position()), length(duration));
        td_string!(locale, site.elapsed, position, length)
    };
    let since = move || {
        reported.get().since.map(|at| {
            view! {
                <p class="quiet text-sm">
                    {td_string!(locale, site.on_since)} " " <Ago at text=AgoText::Span/>
                </p>
            }
        })
    };
    view! {
        <Thumb id=video.video_id has_thumbnail=video.has_thumbnail/>
        <progress
            class="progress progress-primary w-full mt-3"
            max=duration.max(1).to_string()
            value=move || position().to_string()
            aria-label=video.name.clone()
        ></progress>
        <p class="text-sm flex gap-3">
            <span class="truncate" title=video.name.clone()>{video.name.clone()}</span>
            <span class="ml-auto quiet whitespace-nowrap">{words}</span>
        </p>
        {since}
    }
    .into_any()
}

/// Reports are seconds old: the film went on meanwhile, at most to its end.
fn advance(
    reported_ms: u64,
    duration_ms: u64,
    seen: Option<DateTime<Utc>>,
    now: Option<DateTime<Utc>>,
) -> u64 {
    let since = match (seen, now) {
        (Some(seen), Some(now)) => u64::try_from((now - seen).num_milliseconds()).unwrap_or(0),
        _ => 0,
    };
    (reported_ms + since).min(duration_ms)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::{DateTime, advance};

    #[test]
    fn a_film_goes_on_between_reports_and_stops_at_its_end() {
        let seen = DateTime::from_timestamp(1_795_284_120, 0).unwrap();
        let later = |seconds| Some(seen + TimeDelta::seconds(seconds));
        assert_eq!(advance(9_000, 15_000, Some(seen), None), 9_000);
        assert_eq!(advance(9_000, 15_000, Some(seen), later(4)), 13_000);
        assert_eq!(advance(9_000, 15_000, Some(seen), later(60)), 15_000);
        assert_eq!(advance(9_000, 15_000, Some(seen), later(-60)), 9_000);
    }
}
