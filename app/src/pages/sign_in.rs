//! Signing in by script, where the dashboard is served from another site than its server.

use api::account::{FirstRun, NewAdmin, SignIn};
use api::error::ApiError;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_i18n::td_string;
use leptos_meta::Title;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

use super::layout::{LanguageSwitch, ThemeSwitch};
use crate::browser::{self, Form};
use crate::sign_in::Brand;
use crate::sign_in::first_run::FirstRunPanel;
use crate::sign_in::form::SignInForm;
use crate::state::language::use_locale;
use crate::upstream::{self, UpstreamSign};

/// The page. Somebody who is signed in goes on at once.
#[component]
pub fn SignInPage() -> impl IntoView {
    let locale = use_locale();
    let next = browser::own_page(
        &use_query_map()
            .read_untracked()
            .get("next")
            .unwrap_or_default(),
    );
    let typed = Typed {
        email: RwSignal::new(String::new()),
        refused: RwSignal::new(None),
        first_run: RwSignal::new(false),
        is_busy: RwSignal::new(false),
        next: StoredValue::new(next),
        go: StoredValue::new(Box::new(use_navigate())),
    };
    spawn_local(typed.begin());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        typed.send(&Form::of(&event));
    };
    view! {
        <Title text=format!("{} · NeoPro", td_string!(locale, signin.title))/>
        <div class="min-h-screen grid lg:grid-cols-2 bg-base-100" on:submit=submit>
            <Brand locale/>
            <main class="grid place-items-center px-6 py-10">
                <div class="w-full max-w-80 grid gap-8" aria-busy=move || typed.is_busy.get().to_string()>
                    {move || typed.forms()}
                    <div class="flex gap-2">
                        <ThemeSwitch/>
                        <LanguageSwitch/>
                    </div>
                </div>
            </main>
        </div>
        <UpstreamSign/>
    }
}

#[derive(Clone, Copy)]
struct Typed {
    email: RwSignal<String>,
    /// What was refused, and whether it was the first administrator's form.
    refused: RwSignal<Option<(ApiError, bool)>>,
    /// Whether nobody can sign in yet.
    first_run: RwSignal<bool>,
    is_busy: RwSignal<bool>,
    next: StoredValue<String>,
    go: StoredValue<Go>,
}

/// The router's way to another page.
type Go = Box<dyn Fn(&str, NavigateOptions) + Send + Sync>;

impl Typed {
    async fn begin(self) {
        match upstream::receive().await {
            Ok(reception) if reception.is_signed_in => self.leave(),
            Ok(reception) => self.first_run.set(reception.first_run),
            Err(error) => self.refused.set(Some((error, false))),
        }
    }

    fn forms(self) -> impl IntoView {
        let locale = use_locale();
        let (error, first_error) = match self.refused.get() {
            Some((error, true)) => (None, Some(error)),
            Some((error, false)) => (Some(error), None),
            None => (None, None),
        };
        let first = self.first_run.get();
        view! {
            {first.then(|| view! { <FirstRunPanel locale error=first_error/> })}
            <SignInForm locale email=self.email.get_untracked() next=String::new() error/>
        }
    }

    fn send(self, form: &Form) {
        if self.is_busy.get_untracked() {
            return;
        }
        self.is_busy.set(true);
        let (code, email) = (form.text("code"), form.text("email"));
        let sign_in = SignIn {
            email: email.clone(),
            password: form.text("password"),
        };
        let full_name = form.text("full_name");
        self.email.set(email);
        spawn_local(async move {
            let is_first = !code.is_empty();
            let answer = if is_first {
                let SignIn { email, password } = sign_in;
                let admin = NewAdmin {
                    email,
                    full_name,
                    password,
                };
                upstream::first_run(&FirstRun { code, admin }).await
            } else {
                upstream::sign_in(&sign_in).await
            };
            self.is_busy.set(false);
            match answer {
                Ok(()) => self.leave(),
                Err(error) => self.refused.set(Some((error, is_first))),
            }
        });
    }

    /// To the page that was asked for. Not loaded anew: a browser that keeps nothing has its tokens in
    /// memory only. Nothing where the page is gone: who was received while they signed in has left it.
    fn leave(self) {
        let replaced = NavigateOptions {
            replace: true,
            ..NavigateOptions::default()
        };
        _ = self
            .next
            .try_with_value(|next| self.go.try_with_value(|go| go(next, replaced)));
    }
}
