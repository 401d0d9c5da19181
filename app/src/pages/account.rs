//! `/account`: one's own sessions and password.

mod device;
mod password;
mod sessions;

use leptos::prelude::*;
use leptos_i18n::td_string;

use crate::backend::accounts::list_sessions;
use crate::components::{Load, PageHead};
use crate::fetch::fetch;
use crate::state::language::use_locale;

use password::PasswordPanel;
use sessions::SessionsPanel;

/// One's own account.
#[component]
pub fn AccountPage() -> impl IntoView {
    let locale = use_locale();
    let sessions = fetch(list_sessions);
    let changed = Callback::new(move |()| sessions.refetch());
    view! {
        <PageHead title=td_string!(locale, account.title).to_owned()/>
        <div class="grid xl:grid-cols-[minmax(0,1fr)_360px] gap-6 items-start">
            <Load resource=sessions let:list>
                <SessionsPanel sessions=list changed/>
            </Load>
            <PasswordPanel changed/>
        </div>
    }
}
