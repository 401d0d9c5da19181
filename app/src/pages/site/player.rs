use api::id::SiteId;
use api::permission::Permission;
use api::player::Downloads;
use api::site::{Site, SiteDetail, SitePlayer};
use leptos::prelude::*;
use leptos_i18n::td_string;

use crate::components::{Ago, ButtonKind, Empty, Glyph, LinkButton, Panel};
use crate::format::{bytes, number};
use crate::i18n::Locale;
use crate::state::language::use_locale;
use crate::state::session::Allowed;

/// The machine behind the TV: what it fetches and what it is, or the way to link one.
#[component]
pub(super) fn PlayerPanel(detail: Signal<SiteDetail>) -> impl IntoView {
    let locale = use_locale();
    let content = move || {
        detail.with(|detail| match &detail.player {
            Some(player) => facts(locale, &detail.site, player),
            None => call_to_link(locale, detail.site.id),
        })
    };
    view! {
        <Panel id="player" title=td_string!(locale, site.player)>
            {content}
        </Panel>
    }
}

/// What a site without a screen asks for.
pub(super) fn call_to_link(locale: Locale, site: SiteId) -> AnyView {
    let href = StoredValue::new(format!("/pair?site={site}"));
    view! {
        <Empty
            glyph=Glyph::Link
            title=td_string!(locale, site.no_player)
            text=td_string!(locale, site.no_player_text)
        >
            <Allowed permission=Permission::PairPlayers>
                <LinkButton
                    href=href.get_value()
                    label=td_string!(locale, sites.pair)
                    kind=ButtonKind::Primary
                    glyph=Glyph::Link
                />
            </Allowed>
        </Empty>
    }
    .into_any()
}

fn facts(locale: Locale, site: &Site, player: &SitePlayer) -> AnyView {
    let hardware = player.hardware.clone();
    let waiting = player
        .waiting_plays
        .map(|count| number(locale, count).into_any());
    let linked = view! { <Ago at=player.accepted_at/> }.into_any();
    let rows = [
        (
            td_string!(locale, site.version_applied),
            Some(version(locale, site).into_any()),
        ),
        (
            td_string!(locale, site.files),
            player.downloads.map(|downloads| files(locale, downloads)),
        ),
        (td_string!(locale, site.waiting_plays), waiting),
        (
            td_string!(locale, site.hardware),
            hardware.model.map(IntoAny::into_any),
        ),
        (
            td_string!(locale, site.system),
            hardware.system.map(IntoAny::into_any),
        ),
        (
            td_string!(locale, site.software),
            hardware.player_version.map(IntoAny::into_any),
        ),
        (
            td_string!(locale, site.serial),
            hardware.serial.map(IntoAny::into_any),
        ),
        (
            td_string!(locale, site.mac),
            hardware.mac.map(IntoAny::into_any),
        ),
        (td_string!(locale, site.linked), Some(linked)),
    ];
    let rows: Vec<_> = rows
        .into_iter()
        .filter_map(|(words, value)| Some((words, value?)))
        .map(|(words, value)| {
            view! {
                <div class="flex gap-4 py-2">
                    <dt class="quiet w-32 shrink-0">{words}</dt>
                    <dd class="min-w-0 flex-1 wrap-anywhere">{value}</dd>
                </div>
            }
        })
        .collect();
    let manage = format!("/sites/{}/player", site.id);
    view! {
        <dl class="rows text-sm">{rows}</dl>
        <p class="mt-3 text-sm">
            <a class="link" href=manage>{td_string!(locale, keys.manage)}</a>
        </p>
    }
    .into_any()
}

/// Whether the TV does what was published.
fn version(locale: Locale, site: &Site) -> String {
    let applied = site.applied_version.filter(|version| *version > 0);
    let applied_words = applied.map_or_else(
        || td_string!(locale, site.version_none).to_owned(),
        |version| version.to_string(),
    );
    match site.published_version {
        Some(published) if applied == Some(published) => {
            td_string!(locale, site.version_same, applied = published)
        }
        Some(published) => {
            td_string!(locale, site.version_of, applied = applied_words, published)
        }
        None => applied_words,
    }
}

/// Files that are there; a bar while some are not.
fn files(locale: Locale, downloads: Downloads) -> AnyView {
    let Downloads {
        files,
        files_ready,
        bytes: size,
        bytes_ready,
    } = downloads;
    let count = u64::from(files);
    if files_ready >= files {
        let number = number(locale, count);
        let bytes = bytes(locale, size);
        return td_string!(locale, site.files_all, count, number, bytes).into_any();
    }
    let (ready, all) = (number(locale, files_ready.into()), number(locale, count));
    let words = td_string!(
        locale,
        site.files_ready,
        ready,
        all,
        bytes_ready = bytes(locale, bytes_ready),
        bytes = bytes(locale, size)
    );
    view! {
        <span>{words}</span>
        <progress
            class="progress progress-primary w-full mt-1"
            max=size.max(1).to_string()
            value=bytes_ready.to_string()
            aria-label=td_string!(locale, site.files)
        ></progress>
    }
    .into_any()
}
