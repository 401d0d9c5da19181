use api::site::{OnScreen, Screen, SiteDetail, SiteStatus};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use leptos_i18n::td_string;

use crate::components::{Panel, Thumb};
use crate::format::length;
use crate::state::clock::use_clock;
use crate::state::language::use_locale;

/// What is on the TV now.
#[component]
pub(super) fn ScreenPanel(detail: Signal<SiteDetail>) -> impl IntoView {
    let locale = use_locale();
    let content = move || {
        detail.with(|detail| {
            let site = &detail.site;
            let remark = match (site.status, site.screen) {
                (SiteStatus::Offline, _) => Some(td_string!(locale, site.offline_text)),
                (SiteStatus::Online, Screen::Off) => Some(td_string!(locale, site.screen_off_text)),
                (SiteStatus::Online, Screen::Empty) => Some(td_string!(locale, site.empty_text)),
                (SiteStatus::Pending, _)
                | (SiteStatus::Online, Screen::Playing | Screen::Other) => None,
            };
            let video = site
                .on_screen
                .clone()
                .filter(|_| site.screen == Screen::Playing);
            let picture = match video {
                Some(video) => view! { <Picture video seen=site.last_seen/> }.into_any(),
                None => view! {
                    <div class="thumb thumb-none">
                        <span>{td_string!(locale, site.nothing)}</span>
                    </div>
                }
                .into_any(),
            };
            view! {
                {picture}
                {remark.map(|text| view! { <p class="quiet text-sm mt-3">{text}</p> })}
            }
        })
    };
    view! {
        <Panel id="on-screen" title=td_string!(locale, site.on_screen)>
            {content}
        </Panel>
    }
}

#[component]
fn Picture(
    video: OnScreen,
    #[prop(optional_no_strip)] seen: Option<DateTime<Utc>>,
) -> impl IntoView {
    let clock = use_clock();
    let (reported, duration) = (video.position_ms, video.duration_ms);
    let position = move || advance(reported, duration, seen, clock.now());
    let locale = use_locale();
    let words = move || {
        let (position, length) = (length(position()), length(duration));
        td_string!(locale, site.elapsed, position, length)
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
    }
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
