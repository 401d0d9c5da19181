use api::account::Account;
use api::permission::{Permission, Role};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_i18n::td_string;

use crate::components::{Glyph, Icon, Load, Refusals, Skeleton};
use crate::i18n::Locale;
use crate::state::language::use_locale;
use crate::state::session::Session;
use crate::upstream;

/// Who is signed in, and the way out. A plain form: signing out works without script.
#[component]
pub(super) fn AccountMenu(
    /// Initials only, with the name in the menu.
    #[prop(optional)]
    compact: bool,
) -> impl IntoView {
    let Session(session) = expect_context();
    view! {
        <Load resource=session skeleton=Skeleton::Nothing refusals=Refusals::Silent let:account>
            <Menu account compact/>
        </Load>
    }
}

#[component]
fn Menu(account: Account, compact: bool) -> impl IntoView {
    let locale = use_locale();
    let initials = initials(&account.full_name);
    let role = role_word(locale, account.role);
    let place = if compact {
        "dropdown dropdown-end"
    } else {
        "dropdown dropdown-top w-full"
    };
    let summary = if compact {
        "list-none cursor-pointer block p-1"
    } else {
        "list-none cursor-pointer panel p-3 text-sm flex items-center gap-3"
    };
    // Where the name is to be read, it is the label.
    let label = compact.then(|| {
        view! { <span class="visually-hidden">{td_string!(locale, account.menu)}</span> }
    });
    let name = account.full_name.clone();
    let leave = move |event: SubmitEvent| {
        if upstream::is_elsewhere() {
            event.prevent_default();
            spawn_local(upstream::leave());
        }
    };
    let messages = account.role.allows(Permission::ManageMessages).then(|| {
        view! {
            <a class="btn btn-sm w-full" href="/messages">
                {td_string!(locale, messages.title)}
            </a>
        }
    });
    let beside = (!compact).then(|| {
        view! {
            <span class="leading-tight min-w-0">
                <span class="block truncate">{name.clone()}</span>
                <span class="quiet text-xs">{role}</span>
            </span>
        }
    });
    view! {
        <details class=place>
            <summary class=summary>
                <span class="initials" aria-hidden="true">{initials}</span>
                {label}
                {beside}
            </summary>
            <div class="dropdown-content z-20 panel p-3 my-2 w-60 shadow-lg grid gap-3">
                <div class="min-w-0 text-sm">
                    <p class="font-medium truncate">{name}</p>
                    <p class="quiet truncate">{account.email}</p>
                    <p class="quiet">{role}</p>
                </div>
                <a class="btn btn-sm w-full" href="/account">{td_string!(locale, account.title)}</a>
                {messages}
                <form method="post" action="/logout" on:submit=leave>
                    <button type="submit" class="btn btn-sm w-full">
                        <Icon glyph=Glyph::SignOut/>
                        {td_string!(locale, account.sign_out)}
                    </button>
                </form>
            </div>
        </details>
    }
}

/// The first letters of the first two words of a name. The stylesheet makes them capitals: the tables for
/// that would weigh more than the page.
fn initials(name: &str) -> String {
    name.split_whitespace()
        .filter_map(|word| word.chars().next())
        .take(2)
        .collect()
}

fn role_word(locale: Locale, role: Role) -> &'static str {
    match role {
        Role::Admin => td_string!(locale, account.admin),
        Role::Operator => td_string!(locale, account.operator),
        Role::Viewer => td_string!(locale, account.viewer),
        Role::Sponsor => td_string!(locale, account.sponsor),
        Role::Agency => td_string!(locale, account.agency),
    }
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_come_from_the_first_two_words() {
        assert_eq!(initials("Anne Le Goff"), "AL");
        assert_eq!(initials("élodie"), "é");
        assert_eq!(initials(""), "");
    }
}
