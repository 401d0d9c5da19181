//! Forgotten passwords, by pages without script.

use api::error::ErrorCode;
use api::language::Language;
use domain::account::AskReset;
use http::header;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::support::TestApp;
use crate::support::answer::Answer;
use crate::support::app::EMAIL;

/// A server whose mails come out here, as SendGrid is given them.
async fn with_mail() -> (TestApp, UnboundedReceiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (give, mails) = unbounded_channel();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let mut stream = BufReader::new(stream);
            let mut length = 0;
            loop {
                let mut line = String::new();
                stream.read_line(&mut line).await.unwrap();
                let line = line.trim().to_lowercase();
                if let Some(bytes) = line.strip_prefix("content-length:") {
                    length = bytes.trim().parse().unwrap();
                }
                if line.is_empty() {
                    break;
                }
            }
            let mut body = vec![0; length];
            stream.read_exact(&mut body).await.unwrap();
            let answer = b"HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
            stream.write_all(answer).await.unwrap();
            give.send(String::from_utf8(body).unwrap()).unwrap();
        }
    });
    let app = TestApp::with_variables(&[
        ("SENDGRID_API_KEY", "SG.s3cret"),
        ("SENDGRID_API_URL", &url),
        ("EMAIL_FROM", "alertes@club.fr"),
        ("ALLOWED_ORIGINS", "https://dashboard.example.fr"),
        ("RENDER_EXTERNAL_URL", "https://neopro.example.fr"),
    ])
    .await;
    app.create_admin().await;
    (app, mails)
}

fn runs_nothing(page: &Answer) {
    let policy = page.header("content-security-policy");
    assert!(policy.contains("default-src 'none'"), "{policy}");
    assert!(policy.contains("form-action 'self'") && !policy.contains("script-src"));
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(page.header("referrer-policy"), "same-origin");
    let text = page.text();
    assert!(
        !text.contains("<script") && !text.contains("style=\""),
        "{text}"
    );
}

/// The path of the link in a mail.
async fn link(mails: &mut UnboundedReceiver<String>) -> String {
    let mail = mails.recv().await.unwrap();
    let (_, link) = mail.split_once("https://neopro.example.fr/reset").unwrap();
    format!("/reset{}", &link[.."?token=".len() + 64])
}

#[tokio::test]
async fn from_the_sign_in_page_to_a_new_password() {
    let (app, mut mails) = with_mail().await;
    let stranger = app.stranger();
    assert!(
        stranger
            .get("/login")
            .await
            .text()
            .contains("href=\"/forgot\"")
    );
    let page = stranger.get("/forgot").await;
    runs_nothing(&page);
    assert!(
        page.text().contains("autocomplete=\"username\""),
        "{page:?}"
    );
    let asked = stranger.submit("/forgot", "email=ana%40example.fr").await;
    assert_eq!(
        (asked.status, asked.header("location")),
        (303, "/forgot?sent=1")
    );
    let sent = stranger.get("/forgot?sent=1").await;
    runs_nothing(&sent);
    assert!(sent.text().contains("role=\"status\""), "{sent:?}");

    // The address with the token is left at once.
    let opened = stranger.get(&link(&mut mails).await).await;
    assert_eq!((opened.status, opened.header("location")), (303, "/reset"));
    assert_eq!(opened.header("referrer-policy"), "no-referrer");
    assert_eq!(opened.header("cache-control"), "no-store");
    let cookie = opened.header("set-cookie");
    assert!(cookie.starts_with("__Host-reset="), "{cookie}");
    assert!(
        cookie.ends_with("; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=1800"),
        "{cookie}"
    );

    let visitor = stranger.clone().with_cookie(&opened.session_cookie());
    let page = visitor.get("/reset").await;
    runs_nothing(&page);
    assert_eq!(page.status, 200);
    assert!(
        page.text().contains("autocomplete=\"new-password\""),
        "{page:?}"
    );
    assert!(
        page.text().contains(&format!("value=\"{EMAIL}\"")),
        "{page:?}"
    );
    let token = opened.session_cookie().split_off("__Host-reset=".len());
    assert!(!page.text().contains(&token), "{page:?}");

    let weak = visitor.submit("/reset", "password=court").await;
    assert_eq!(weak.status, 422);
    assert!(
        weak.text().contains("aria-describedby=\"password-error\""),
        "{weak:?}"
    );
    let done = visitor.submit("/reset", "password=Another-Horse-43").await;
    assert_eq!(
        (done.status, done.header("location")),
        (303, "/login?changed=1")
    );
    assert!(
        done.header("set-cookie").starts_with("__Host-reset=;"),
        "{done:?}"
    );
    let page = stranger.get("/login?changed=1").await;
    assert!(
        page.text().contains("Votre mot de passe est changé"),
        "{page:?}"
    );
    let form = "email=ana%40example.fr&password=Another-Horse-43";
    assert_eq!(
        stranger.submit("/login", form).await.header("location"),
        "/"
    );

    let again = visitor.submit("/reset", "password=Another-Horse-44").await;
    assert_eq!(again.status, 404);
    assert!(again.text().contains("href=\"/forgot\""), "{again:?}");
}

#[tokio::test]
async fn links_that_are_not_good_are_refused_alike() {
    let (app, _mails) = with_mail().await;
    let english = app.stranger().with(header::ACCEPT_LANGUAGE, "en");
    let wrong = format!("__Host-reset={}", "a".repeat(64));
    for answer in [
        english.get("/reset").await,
        english.get("/reset?token=short").await,
        english.clone().with_cookie(&wrong).get("/reset").await,
        english
            .clone()
            .with_cookie(&wrong)
            .submit("/reset", "password=court")
            .await,
    ] {
        assert_eq!(answer.status, 404, "{answer:?}");
        runs_nothing(&answer);
        assert!(
            answer.text().contains("This link does not work"),
            "{answer:?}"
        );
        assert!(answer.header("set-cookie").starts_with("__Host-reset=;"));
    }
}

#[tokio::test]
async fn another_page_neither_asks_nor_resets() {
    let (app, mut mails) = with_mail().await;
    let asked = AskReset {
        email: EMAIL.to_owned(),
        language: Language::Fr,
        origin: "https://neopro.example.fr".to_owned(),
    };
    let client = here();
    app.domain
        .accounts()
        .ask_reset(asked, &client)
        .await
        .unwrap();
    let opened = app.stranger().get(&link(&mut mails).await).await;
    let visitor = app.stranger().with_cookie(&opened.session_cookie());
    let evil = visitor.clone().with(header::ORIGIN, "https://evil.example");
    let silent = visitor.without(header::ORIGIN);
    for visitor in [evil, silent] {
        for (path, form) in [
            ("/forgot", "email=ana%40example.fr"),
            ("/reset", "password=Another-Horse-43"),
        ] {
            let answer = visitor.submit(path, form).await;
            assert_eq!(answer.refusal(), (403, ErrorCode::OriginRefused), "{path}");
        }
    }
}

fn here() -> domain::Client {
    domain::Client {
        address: [203, 0, 113, 7].into(),
        user_agent: None,
    }
}

#[tokio::test]
async fn a_server_without_mail_says_who_can_help() {
    let app = TestApp::start().await;
    app.create_admin().await;
    for answer in [
        app.stranger().get("/forgot").await,
        app.stranger()
            .submit("/forgot", "email=ana%40example.fr")
            .await,
    ] {
        assert_eq!(answer.status, 200);
        runs_nothing(&answer);
        assert!(answer.text().contains("neopro create-admin"), "{answer:?}");
        assert!(!answer.text().contains("<form"), "{answer:?}");
    }
}

#[tokio::test]
async fn the_pages_keep_the_language_that_is_chosen_on_them() {
    let app = TestApp::start().await;
    let chosen = app.stranger().get("/forgot?language=en").await;
    assert_eq!((chosen.status, chosen.header("location")), (303, "/forgot"));
    assert_eq!(chosen.session_cookie(), "neopro-language=en");
}

#[tokio::test]
async fn asking_too_often_is_said_on_the_page() {
    let (app, _mails) = with_mail().await;
    let mut last = app.stranger().submit("/forgot", "email=a%40b.fr").await;
    for _ in 0..5 {
        last = app.stranger().submit("/forgot", "email=a%40b.fr").await;
    }
    assert_eq!(last.status, 429);
    assert!(last.text().contains("role=\"alert\"") && last.text().contains("a@b.fr"));
}
