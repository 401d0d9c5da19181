//! `neopro create-admin`: asks in French, or takes flags and standard input from a script.

use std::io::{IsTerminal, Read, stdin};

use api::account::NewAdmin;
use api::error::ErrorCode;
use api::language::Language;
use clap::Args;
use domain::{Actor, Domain};
use inquire::validator::{StringValidator, Validation};
use inquire::{InquireError, Password, PasswordDisplayMode, Select, Text};
use secrecy::{ExposeSecret, SecretString};
use tracing::level_filters::LevelFilter;

use super::failure::Failure;
use super::password;
use crate::settings::Settings;
use crate::settings::telemetry::Telemetry;
use crate::settings::variables::Variables;
use crate::telemetry;

/// What a script gives; the rest is asked for.
#[derive(Args, Debug)]
pub struct Arguments {
    /// Adresse e-mail du compte.
    #[arg(long, value_name = "ADRESSE")]
    email: Option<String>,
    /// Prénom et nom affichés.
    #[arg(long, value_name = "NOM")]
    full_name: Option<String>,
    /// Lit le mot de passe sur l’entrée standard.
    #[arg(long, conflicts_with = "generate_password")]
    password_stdin: bool,
    /// Crée un mot de passe et l’affiche une fois.
    #[arg(long)]
    generate_password: bool,
}

/// A password, and whether its owner knows it yet.
enum Chosen {
    Typed(SecretString),
    Generated(SecretString),
}

/// Creates the account and says how to sign in.
pub async fn run(arguments: Arguments) -> Result<(), Failure> {
    let settings = Settings::read(Variables::of_process())?;
    // Standard output is for the account; only what is wrong may stand beside it.
    telemetry::start(Telemetry {
        level: settings.telemetry.level.min(LevelFilter::WARN),
        ..settings.telemetry
    });
    let email = arguments.email.clone();
    let email = answer(email, "Adresse e-mail :", "--email", checked("email"))?;
    let name = arguments.full_name.clone();
    let full_name = answer(name, "Prénom et nom :", "--full-name", checked("full_name"))?;
    let chosen = choose_password(&arguments)?;
    let new = NewAdmin {
        email,
        full_name,
        password: chosen.secret().expose_secret().to_owned(),
    };
    let domain = Domain::open(settings.domain()).await?;
    let created = domain.accounts().create_admin(&Actor::System, new).await;
    domain.close().await;
    let account = created?;
    println!(
        "Compte administrateur créé : {} <{}>",
        account.full_name, account.email
    );
    if let Chosen::Generated(secret) = chosen {
        println!(
            "Mot de passe (affiché cette seule fois) : {}",
            secret.expose_secret()
        );
    }
    Ok(())
}

impl Chosen {
    fn secret(&self) -> &SecretString {
        match self {
            Self::Typed(secret) | Self::Generated(secret) => secret,
        }
    }
}

/// What the flag says, else what is typed.
fn answer(
    flag: Option<String>,
    question: &str,
    name: &str,
    check: impl StringValidator + 'static,
) -> Result<String, Failure> {
    match flag {
        Some(value) => Ok(value),
        None if stdin().is_terminal() => Text::new(question)
            .with_validator(check)
            .prompt()
            .map_err(refused),
        None => Err(missing(name)),
    }
}

/// What is wrong with an answer is said at its question, not after the last one.
fn checked(field: &'static str) -> impl StringValidator + 'static {
    move |typed: &str| {
        let all = NewAdmin {
            email: typed.to_owned(),
            full_name: typed.to_owned(),
            password: typed.to_owned(),
        };
        let wrong = all.validated().err().into_iter();
        let mut wrong = wrong.flat_map(|error| error.fields);
        let code = wrong.find_map(|error| (error.field == field).then_some(error.code));
        Ok(code.map_or(Validation::Valid, |code| {
            Validation::Invalid(code.message(Language::Fr).into())
        }))
    }
}

fn choose_password(arguments: &Arguments) -> Result<Chosen, Failure> {
    if arguments.generate_password {
        return Ok(Chosen::Generated(password::generate()));
    }
    if arguments.password_stdin {
        let mut text = String::new();
        stdin()
            .read_to_string(&mut text)
            .map_err(Failure::file("lecture du mot de passe"))?;
        return Ok(Chosen::Typed(
            text.trim_end_matches(['\r', '\n']).to_owned().into(),
        ));
    }
    if !stdin().is_terminal() {
        return Err(missing("--password-stdin ou --generate-password"));
    }
    ask_password()
}

fn ask_password() -> Result<Chosen, Failure> {
    const TYPE: &str = "Je choisis le mot de passe";
    const GENERATE: &str = "Créer un mot de passe sûr et l’afficher";
    let choice = Select::new("Mot de passe :", vec![TYPE, GENERATE])
        .with_help_message("↑↓ pour choisir, Entrée pour valider")
        .without_filtering()
        .prompt()
        .map_err(refused)?;
    if choice == GENERATE {
        return Ok(Chosen::Generated(password::generate()));
    }
    let typed = Password::new("Mot de passe :")
        .with_help_message(ErrorCode::PasswordWeak.message(Language::Fr))
        .with_display_mode(PasswordDisplayMode::Hidden)
        .with_validator(checked("password"))
        .with_custom_confirmation_message("Encore une fois :")
        .with_custom_confirmation_error_message("Les deux mots de passe ne sont pas les mêmes.")
        .prompt()
        .map_err(refused)?;
    Ok(Chosen::Typed(typed.into()))
}

fn missing(name: &str) -> Failure {
    Failure::Arguments(format!(
        "sans terminal, donnez {name} (voir « neopro create-admin --help »)"
    ))
}

fn refused(error: InquireError) -> Failure {
    match error {
        InquireError::OperationCanceled | InquireError::OperationInterrupted => Failure::Abandoned,
        other => Failure::file("lecture du terminal")(std::io::Error::other(other)),
    }
}
