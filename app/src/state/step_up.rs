//! Step-up: dangerous actions ask for the password again, then go on.

use api::error::{ApiError, ErrorCode};
use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_i18n::td_string;

use crate::backend::accounts::confirm_password;
use crate::components::{
    Button, ButtonKind, Dialog, Field, close_dialog, field_error, open_dialog,
};
use crate::state::language::use_locale;

/// Asks for the password where an action needs it. The page shows its [`StepUpDialog`].
#[derive(Clone, Copy)]
pub struct StepUp {
    dialog: NodeRef<html::Dialog>,
    then: StoredValue<Option<Callback<()>>>,
}

impl Default for StepUp {
    fn default() -> Self {
        Self {
            dialog: NodeRef::new(),
            then: StoredValue::new(None),
        }
    }
}

impl StepUp {
    /// Where the refusal is that the password is needed: asks for it and does `again`. Says
    /// whether it was that.
    pub fn answers(self, error: &ApiError, again: impl Fn() + Send + Sync + 'static) -> bool {
        if error.code != ErrorCode::StepUpRequired {
            return false;
        }
        self.then.set_value(Some(Callback::new(move |()| again())));
        open_dialog(self.dialog);
        true
    }

    fn go_on(self) {
        close_dialog(self.dialog);
        if let Some(then) = self.then.get_value() {
            then.run(());
        }
    }
}

/// The dialog that takes the password.
#[component]
pub fn StepUpDialog(
    /// Who asks.
    step_up: StepUp,
) -> impl IntoView {
    let locale = use_locale();
    let password = RwSignal::new(String::new());
    let refused = RwSignal::new(None::<String>);
    let is_busy = RwSignal::new(false);
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        is_busy.set(true);
        spawn_local(async move {
            let outcome = confirm_password(password.get_untracked()).await;
            is_busy.try_set(false);
            refused.try_set(outcome.as_ref().err().map(words));
            password.try_set(String::new());
            if outcome.is_ok() {
                step_up.go_on();
            }
        });
    };
    view! {
        <Dialog dialog=step_up.dialog id="step-up-title" title=td_string!(locale, step_up.title)>
            <form class="grid gap-4" on:submit=send>
                <p class="quiet">{td_string!(locale, step_up.text)}</p>
                <Field label=td_string!(locale, step_up.password) id="step-up-password" error=refused>
                    <input
                        class="input"
                        id="step-up-password"
                        type="password"
                        required=true
                        autofocus=true
                        autocomplete="current-password"
                        prop:value=password
                        on:input=move |event| password.set(event_target_value(&event))
                        aria-invalid=move || refused.get().is_some().then_some("true")
                        aria-describedby=move || refused.get().is_some().then_some("step-up-password-error")
                    />
                </Field>
                <div>
                    <Button
                        label=td_string!(locale, step_up.confirm).to_owned()
                        role="submit"
                        kind=ButtonKind::Primary
                        disabled=is_busy
                    />
                </div>
            </form>
        </Dialog>
    }
    .into_any()
}

fn words(error: &ApiError) -> String {
    field_error(Some(error), "password").unwrap_or_else(|| error.message.clone())
}
