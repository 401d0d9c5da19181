use api::site::SiteDetail;
use leptos::html;
use leptos::prelude::*;
use leptos_i18n::td_string;

use super::change::{Change, Changes};
use crate::components::{Button, ButtonKind, Dialog, close_dialog};
use crate::format::number;
use crate::state::language::use_locale;

/// Says what is lost when the site's box is unlinked, then unlinks it.
#[component]
pub(super) fn RevokeDialog(
    dialog: NodeRef<html::Dialog>,
    detail: Signal<SiteDetail>,
    change: Change,
    changes: Changes,
) -> impl IntoView {
    let locale = use_locale();
    let waiting = move || {
        let player = detail.with(|detail| detail.player.clone());
        let count = player.and_then(|player| player.waiting_plays).unwrap_or(0);
        (count > 0).then(|| {
            let number = number(locale, count);
            view! { <li>{td_string!(locale, keys.lose_plays, count, number)}</li> }
        })
    };
    let name = detail.with_untracked(|detail| detail.site.name.clone());
    let go = move |_| {
        close_dialog(dialog);
        changes.make(change.clone());
    };
    view! {
        <Dialog dialog id="revoke-title" title=td_string!(locale, keys.unlink_title, name)>
            <ul class="list-disc pl-5 grid gap-2">
                <li>{td_string!(locale, keys.lose_screen)}</li>
                <li>{td_string!(locale, keys.lose_loop)}</li>
                {waiting}
                <li>{td_string!(locale, keys.lose_key)}</li>
            </ul>
            <div class="flex flex-wrap gap-2 mt-5">
                <Button
                    label=td_string!(locale, keys.unlink_now).to_owned()
                    kind=ButtonKind::Primary
                    disabled=changes.is_busy
                    on_click=go
                />
                <Button
                    label=td_string!(locale, keys.keep).to_owned()
                    kind=ButtonKind::Ghost
                    on_click=move |_| close_dialog(dialog)
                />
            </div>
        </Dialog>
    }
}
