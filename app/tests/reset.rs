//! The pages of a forgotten password as the server sends them.

use api::error::{ApiError, ErrorCode};
use api::language::Language;
use app::sign_in::reset::{ResetView, Step, document};
use app::state::theme::Theme;

fn drawn(language: Language, step: Step) -> String {
    document(&ResetView {
        language,
        theme: Theme::Dark,
        step,
        stylesheet: "/pkg/neopro.abc.css".to_owned(),
    })
}

#[test]
fn they_work_without_script_in_both_languages() {
    let ask = Step::Ask {
        email: "a\"b@c.fr".to_owned(),
        error: None,
    };
    let choose = Step::Choose {
        email: "anne@neopro.fr".to_owned(),
        error: None,
    };
    for step in [ask, Step::Sent, Step::Nobody, choose, Step::Dead] {
        let french = drawn(Language::Fr, step.clone());
        let english = drawn(Language::En, step);
        for html in [&french, &english] {
            assert!(html.contains("data-theme=\"neopro-dark\""), "{html}");
            assert!(!html.contains("<script") && !html.contains("<!>"), "{html}");
            assert!(html.contains("href=\"/login\""), "{html}");
            assert!(!html.contains("a\"b"), "{html}");
        }
        assert!(french.starts_with("<!DOCTYPE html><html lang=\"fr\""));
        assert_ne!(french, english);
    }
}

#[test]
fn a_weak_password_is_read_out_beside_its_input() {
    let refusal = ApiError::new(ErrorCode::Invalid).with_field("password", ErrorCode::PasswordWeak);
    let html = drawn(
        Language::Fr,
        Step::Choose {
            email: String::new(),
            error: Some(refusal),
        },
    );
    assert!(html.contains("role=\"alert\""), "{html}");
    assert!(html.contains("aria-invalid=\"true\""), "{html}");
    assert!(html.contains("<label for=\"password\">"), "{html}");
}
