//! `neopro config`: every setting and where it comes from. Standard output can be shown to anybody:
//! secrets are masked.

use url::Url;

use super::failure::Failure;
use crate::settings::Settings;
use crate::settings::catalogue::{ALL, Shown, Variable};
use crate::settings::variables::Variables;

/// Prints the settings, then what is wrong with them.
pub fn run() -> Result<(), Failure> {
    let variables = Variables::of_process();
    print!("{}", table(&variables));
    let settings = Settings::read(variables)?;
    for problem in &settings.messages.ignored {
        println!("ignorée : {problem}");
    }
    Ok(())
}

fn table(variables: &Variables) -> String {
    let rows = ALL.map(|variable| match variables.text(variable.name) {
        Some(value) => (variable.name, masked(variable, &value), "environnement"),
        None if variable.absent.is_empty() => (variable.name, "—".to_owned(), "absente"),
        None => (variable.name, variable.absent.to_owned(), "par défaut"),
    });
    let width = |cell: fn(&(&str, String, &str)) -> usize| rows.iter().map(cell).max().unwrap_or(0);
    let (names, values) = (width(|row| row.0.len()), width(|row| row.1.chars().count()));
    let row = |(name, value, source)| format!("{name:names$}  {value:values$}  {source}\n");
    rows.clone().map(row).concat()
}

fn masked(variable: &Variable, value: &str) -> String {
    match variable.shown {
        Shown::Whole => value.to_owned(),
        Shown::Length => format!("••• ({} caractères)", value.chars().count()),
        Shown::Address => without_password(value).unwrap_or_else(|| "•••".to_owned()),
    }
}

/// An address with dots where its password stands.
fn without_password(value: &str) -> Option<String> {
    let url = Url::parse(value).ok()?;
    let host = url.host_str()?;
    let user = if url.username().is_empty() && url.password().is_none() {
        String::new()
    } else {
        format!("{}:•••@", url.username())
    };
    let port = url
        .port()
        .map(|port| format!(":{port}"))
        .unwrap_or_default();
    Some(format!(
        "{}://{user}{host}{port}{}",
        url.scheme(),
        url.path()
    ))
}

#[cfg(test)]
mod tests {
    use super::{Variables, table};

    #[test]
    fn every_setting_is_shown_with_its_source_and_no_secret() {
        let table = table(&Variables::of(&[
            ("PORT", " 8080 "),
            (
                "DATABASE_URL",
                "postgresql://postgres.abc:s3cret@db.example:6543/postgres?password=s3cret",
            ),
            ("REDIS_URL", "n’importe s3cret quoi"),
            ("JWT_SECRET", "s3cret-s3cret-s3cret-s3cret-s3cret"),
        ]));
        assert!(!table.contains("s3cret"), "{table}");
        let line = |name: &str| {
            let line = table.lines().find(|line| line.starts_with(name)).unwrap();
            line.split_whitespace()
                .skip(1)
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(line("PORT"), "8080 environnement");
        assert_eq!(
            line("DATABASE_URL"),
            "postgresql://postgres.abc:•••@db.example:6543/postgres environnement"
        );
        assert_eq!(line("REDIS_URL"), "••• environnement");
        assert_eq!(line("JWT_SECRET"), "••• (34 caractères) environnement");
        assert_eq!(line("LOG_LEVEL"), "info par défaut");
        assert_eq!(line("PUBLIC_URL"), "— absente");
    }
}
