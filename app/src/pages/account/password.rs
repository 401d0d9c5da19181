use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_i18n::td_string;

use crate::backend::accounts::change_password;
use crate::components::{Button, Field, Panel, field_error};
use crate::state::language::use_locale;
use crate::state::step_up::{StepUp, StepUpDialog};
use crate::state::toasts::use_toasts;

/// Another password; the one in use is asked for first.
#[component]
pub(super) fn PasswordPanel(changed: Callback<()>) -> impl IntoView {
    let locale = use_locale();
    let toasts = use_toasts();
    let done = Callback::new(move |()| {
        toasts.done(td_string!(locale, account.password_changed));
        changed.run(());
    });
    let typed = Typed {
        password: RwSignal::new(String::new()),
        refused: RwSignal::new(None),
        is_busy: RwSignal::new(false),
        step_up: StepUp::default(),
        done,
    };
    let Typed {
        password, refused, ..
    } = typed;
    let help = td_string!(locale, signin.first_rules).to_owned();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        typed.send();
    };
    let described = move || match refused.get() {
        Some(_) => "new-password-error",
        None => "new-password-help",
    };
    view! {
        <Panel id="password" title=td_string!(locale, account.password)>
            <form class="grid gap-4 max-w-md" on:submit=submit>
                <Field
                    label=td_string!(locale, account.new_password)
                    id="new-password"
                    help=Some(help)
                    error=refused
                >
                    <input
                        class="input"
                        id="new-password"
                        type="password"
                        required=true
                        autocomplete="new-password"
                        prop:value=password
                        on:input=move |event| password.set(event_target_value(&event))
                        aria-invalid=move || refused.get().is_some().then_some("true")
                        aria-describedby=described
                    />
                </Field>
                <div>
                    <Button
                        label=td_string!(locale, account.change_password).to_owned()
                        role="submit"
                        disabled=typed.is_busy
                    />
                </div>
            </form>
            <StepUpDialog step_up=typed.step_up/>
        </Panel>
    }
}

/// What the form holds.
#[derive(Clone, Copy)]
struct Typed {
    password: RwSignal<String>,
    refused: RwSignal<Option<String>>,
    is_busy: RwSignal<bool>,
    step_up: StepUp,
    done: Callback<()>,
}

impl Typed {
    /// Sends the new password, after the one in use where that is asked for.
    fn send(self) {
        self.is_busy.set(true);
        spawn_local(async move {
            let answer = change_password(self.password.get_untracked()).await;
            self.is_busy.try_set(false);
            self.refused.try_set(None);
            match answer {
                Ok(()) => {
                    self.password.try_set(String::new());
                    self.done.run(());
                }
                Err(error) if self.step_up.answers(&error, move || self.send()) => {}
                Err(error) => {
                    let words = field_error(Some(&error), "password");
                    self.refused.try_set(Some(words.unwrap_or(error.message)));
                }
            }
        });
    }
}
