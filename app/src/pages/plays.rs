//! `/plays`: what was played, by day, by video, by site. The report also stands on the pages of
//! a site and of a video.

mod figures;
mod filter;
mod report;

use api::id::{SiteId, VideoId};
use api::report::PlayFilter;
use leptos::prelude::*;
use leptos_i18n::td_string;
use leptos_router::hooks::use_query_map;

use crate::backend::plays::report_plays;
use crate::components::{Load, PageHead};
use crate::fetch::fetch;
use crate::pages::query;
use crate::state::language::use_locale;

use filter::PeriodForm;
use report::ReportView;

/// Whose plays a report counts.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Scope {
    /// Everybody's.
    All,
    /// One site's.
    Site(SiteId),
    /// One video's.
    Video(VideoId),
}

impl Scope {
    fn site(self) -> Option<SiteId> {
        match self {
            Self::Site(id) => Some(id),
            Self::All | Self::Video(_) => None,
        }
    }

    fn video(self) -> Option<VideoId> {
        match self {
            Self::Video(id) => Some(id),
            Self::All | Self::Site(_) => None,
        }
    }

    /// The page that the report stands on.
    fn path(self) -> String {
        match self {
            Self::All => "/plays".to_owned(),
            Self::Site(id) => format!("/sites/{id}/plays"),
            Self::Video(id) => format!("/videos/{id}"),
        }
    }
}

/// All plays.
#[component]
pub fn PlaysPage() -> impl IntoView {
    let locale = use_locale();
    view! {
        <PageHead title=td_string!(locale, plays.title).to_owned()/>
        <PlayReportPanel scope=Scope::All/>
    }
}

/// The plays of a period, which stands in the address.
#[component]
pub fn PlayReportPanel(
    /// Whose plays.
    scope: Scope,
) -> impl IntoView {
    let parameters = use_query_map();
    let filter = Memo::new(move |_| {
        parameters.with(|parameters| PlayFilter {
            from: query::value(parameters, "from"),
            to: query::value(parameters, "to"),
            site: scope.site(),
            video: scope.video(),
        })
    });
    let report = fetch(move || report_plays(filter.get()));
    view! {
        <Load resource=report let:report>
            <PeriodForm scope from=report.from to=report.to/>
            <ReportView scope report filter=filter.get_untracked()/>
        </Load>
    }
}
