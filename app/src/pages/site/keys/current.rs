use api::key::SiteKey;
use api::permission::Permission;
use api::site::SiteDetail;
use leptos::html;
use leptos::prelude::*;
use leptos_i18n::td_string;

use super::change::{Change, Changes};
use super::facts::BoxFacts;
use super::revoke::RevokeDialog;
use crate::components::{Button, ButtonKind, LinkButton, Panel, open_dialog};
use crate::pages::site::player::call_to_link;
use crate::state::language::use_locale;
use crate::state::session::Allowed;

/// The box that is the site's screen, or the way to link one.
#[component]
pub(super) fn Current(
    key: Memo<Option<SiteKey>>,
    detail: Signal<SiteDetail>,
    changes: Changes,
) -> impl IntoView {
    let locale = use_locale();
    let site = detail.with_untracked(|detail| detail.site.id);
    let link = StoredValue::new(format!("/pair?site={site}"));
    let Some(key_id) = key.with_untracked(|key| key.as_ref().map(|key| key.key_id.clone())) else {
        return call_to_link(locale, site);
    };
    let dialog = NodeRef::<html::Dialog>::new();
    let change = Change::Revoke(key_id);
    view! {
        <Panel id="current-box" title=td_string!(locale, keys.current)>
            {move || key.get().map(|key| view! { <BoxFacts key/> })}
            <Allowed permission=Permission::PairPlayers>
                <div class="flex flex-wrap gap-2 mt-4">
                    <LinkButton href=link.get_value() label=td_string!(locale, keys.replace)/>
                    <Button
                        label=td_string!(locale, keys.unlink).to_owned()
                        kind=ButtonKind::Ghost
                        on_click=move |_| open_dialog(dialog)
                    />
                </div>
            </Allowed>
            <RevokeDialog dialog detail change changes/>
        </Panel>
    }
    .into_any()
}
