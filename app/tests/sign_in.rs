//! The sign-in page as the server sends it.

use api::error::{ApiError, ErrorCode};
use api::language::Language;
use app::sign_in::{SignInView, document};
use app::state::theme::Theme;

fn view() -> SignInView {
    SignInView {
        language: Language::Fr,
        theme: Theme::System,
        email: String::new(),
        next: "/sites?search=a&b".to_owned(),
        error: None,
        first_run: false,
        changed: false,
        stylesheet: "/pkg/neopro.abc.css".to_owned(),
    }
}

#[test]
fn it_works_without_script_and_ships_none() {
    let html = document(&view());
    assert!(
        html.starts_with("<!DOCTYPE html><html lang=\"fr\">"),
        "{html}"
    );
    assert!(
        !html.contains("<script") && !html.contains("wasm"),
        "{html}"
    );
    assert!(
        !html.contains("style=\"") && !html.contains("<!>"),
        "{html}"
    );
    assert!(
        html.contains("<form method=\"post\" action=\"/login\""),
        "{html}"
    );
    assert!(
        html.contains("<label for=\"email\">Adresse e-mail</label>"),
        "{html}"
    );
    assert!(
        html.contains("<label for=\"password\">Mot de passe</label>"),
        "{html}"
    );
    assert!(html.contains("value=\"/sites?search=a&amp;b\""), "{html}");
    assert!(!html.contains("/first-run"), "{html}");
}

#[test]
fn a_refusal_is_read_out_and_keeps_the_address() {
    let html = document(&SignInView {
        email: "anne@neopro.fr".to_owned(),
        error: Some(ApiError::new(ErrorCode::InvalidCredentials)),
        ..view()
    });
    assert!(html.contains("role=\"alert\""), "{html}");
    assert!(html.contains("Invalid credentials"), "{html}");
    assert!(html.contains("value=\"anne@neopro.fr\""), "{html}");
}

#[test]
fn it_speaks_english_and_keeps_the_theme() {
    let html = document(&SignInView {
        language: Language::En,
        theme: Theme::Dark,
        ..view()
    });
    assert!(
        html.contains("<html lang=\"en\" data-theme=\"neopro-dark\">"),
        "{html}"
    );
    assert!(html.contains("E-mail address"), "{html}");
}

#[test]
fn while_nobody_can_sign_in_it_asks_for_the_code_of_the_log() {
    let refusal = ApiError::new(ErrorCode::Invalid).with_field("password", ErrorCode::PasswordWeak);
    let html = document(&SignInView {
        first_run: true,
        error: Some(refusal),
        ..view()
    });
    assert!(html.contains("action=\"/first-run\""), "{html}");
    for name in ["code", "full_name", "email", "password"] {
        assert!(html.contains(&format!("name=\"{name}\"")), "{name}");
    }
    assert!(html.contains("id=\"first-password-error\""), "{html}");
    assert!(html.contains("Au moins 12\u{a0}caractères"), "{html}");
    assert!(!html.contains("id=\"password-error\""), "{html}");
}
