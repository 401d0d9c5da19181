use api::key::SiteKey;
use api::permission::Permission;
use leptos::prelude::*;
use leptos_i18n::td_string;

use super::change::{Change, Changes};
use super::facts::facts;
use crate::components::{Ago, Button, ButtonKind};
use crate::i18n::Locale;
use crate::state::language::use_locale;
use crate::state::session::Allowed;

/// The box that waits to take over, beside the one that is there.
#[component]
pub(super) fn Pending(
    key: SiteKey,
    #[prop(optional_no_strip)] current: Option<SiteKey>,
    changes: Changes,
) -> impl IntoView {
    let locale = use_locale();
    let is_accepted = key.is_accepted;
    let (title, text) = if is_accepted {
        (
            td_string!(locale, keys.coming),
            td_string!(locale, keys.coming_text),
        )
    } else {
        (
            td_string!(locale, keys.pending),
            td_string!(locale, keys.pending_text),
        )
    };
    let id = StoredValue::new(key.key_id.clone());
    let accept = move |_| changes.make(Change::Accept(id.get_value()));
    let refuse = move |_| changes.make(Change::Refuse(id.get_value()));
    let refuse_words = if is_accepted {
        td_string!(locale, keys.withdraw)
    } else {
        td_string!(locale, keys.refuse)
    };
    view! {
        <section class="panel panel-warning p-5 min-w-0 grid gap-4" aria-labelledby="pending-box">
            <div>
                <h2 id="pending-box" class="text-lg font-semibold">{title}</h2>
                <p class="quiet mt-1">{text}</p>
            </div>
            <Comparison key current/>
            <Allowed permission=Permission::PairPlayers>
                <div class="flex flex-wrap gap-2">
                    {(!is_accepted)
                        .then(|| {
                            view! {
                                <Button
                                    label=td_string!(locale, keys.accept).to_owned()
                                    kind=ButtonKind::Primary
                                    disabled=changes.is_busy
                                    on_click=accept
                                />
                            }
                        })}
                    <Button label=refuse_words.to_owned() disabled=changes.is_busy on_click=refuse/>
                </div>
            </Allowed>
        </section>
    }
}

/// Both boxes, fact by fact; what differs stands out.
#[component]
fn Comparison(key: SiteKey, #[prop(optional_no_strip)] current: Option<SiteKey>) -> impl IntoView {
    let locale = use_locale();
    let unknown = || td_string!(locale, site.unknown).to_owned();
    let old = current.as_ref().map(|current| facts(locale, current));
    let rows: Vec<_> = facts(locale, &key)
        .into_iter()
        .enumerate()
        .map(|(place, (words, new))| {
            let old = old.as_ref().and_then(|old| old[place].1.clone());
            (words, old, new)
        })
        .filter(|(_, old, new)| old.is_some() || new.is_some())
        .map(|(words, old, new)| {
            let class = if old == new { "" } else { "font-medium" };
            view! {
                <tr>
                    <th scope="row">{words}</th>
                    <td class="wrap-anywhere">{old.unwrap_or_else(unknown)}</td>
                    <td class=format!("wrap-anywhere {class}")>{new.unwrap_or_else(unknown)}</td>
                </tr>
            }
        })
        .collect();
    let seen = current.and_then(|current| current.last_seen);
    view! {
        <div class="overflow-x-auto" tabindex="0" role="group" aria-labelledby="pending-box">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col"><span class="visually-hidden">{td_string!(locale, keys.fact)}</span></th>
                        <th scope="col">{td_string!(locale, keys.old_box)}</th>
                        <th scope="col">{td_string!(locale, keys.new_box)}</th>
                    </tr>
                </thead>
                <tbody>
                    {rows}
                    <tr>
                        <th scope="row">{td_string!(locale, keys.last_seen)}</th>
                        <td>{moment(locale, seen)}</td>
                        <td><Ago at=key.linked_at/></td>
                    </tr>
                </tbody>
            </table>
        </div>
    }
}

fn moment(locale: Locale, at: Option<chrono::DateTime<chrono::Utc>>) -> AnyView {
    match at {
        Some(at) => view! { <Ago at/> }.into_any(),
        None => td_string!(locale, keys.never_seen).into_any(),
    }
}
