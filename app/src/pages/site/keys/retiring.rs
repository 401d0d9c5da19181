use api::key::SiteKey;
use api::permission::Permission;
use leptos::prelude::*;
use leptos_i18n::td_string;

use super::change::{Change, Changes};
use super::facts::BoxFacts;
use crate::components::{Button, Panel};
use crate::format::short_date;
use crate::state::language::use_locale;
use crate::state::session::Allowed;

/// The box of before, while it can be put back.
#[component]
pub(super) fn Retiring(key: SiteKey, changes: Changes) -> impl IntoView {
    let locale = use_locale();
    let until = key
        .restorable_until
        .map(|until| short_date(locale, until.date_naive()));
    let text = until.map(|day| td_string!(locale, keys.retiring_text, day));
    let id = StoredValue::new(key.key_id.clone());
    view! {
        <Panel id="retiring-box" title=td_string!(locale, keys.retiring)>
            <p class="quiet mb-2">{text}</p>
            <BoxFacts key/>
            <Allowed permission=Permission::PairPlayers>
                <div class="flex flex-wrap gap-2 mt-4">
                    <Button
                        label=td_string!(locale, keys.restore).to_owned()
                        disabled=changes.is_busy
                        on_click=move |_| changes.make(Change::Restore(id.get_value()))
                    />
                </div>
            </Allowed>
        </Panel>
    }
}
