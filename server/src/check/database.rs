use std::future::Future;

use chrono::TimeDelta;
use domain::{Content, DatabaseLook, Error};
use secrecy::ExposeSecret;
use url::Url;

use super::{Finding, State, explain};
use crate::settings::data::Data;

const PART: &str = "Base de données";
const SUPABASE: &str = ".supabase.com";
const POOLER_PORT: u16 = 6543;
/// More is no matter of a slow line.
const CLOCKS_APART: TimeDelta = TimeDelta::seconds(60);

pub(super) async fn check(
    data: &Data,
    look: impl Future<Output = Result<DatabaseLook, Error>>,
) -> Finding {
    let finding = match look.await {
        Ok(look) => told_the_time(describe(&look), look.ahead.unwrap_or_default()),
        Err(error) => {
            let sentence = error.database_fault().map_or_else(
                || format!("la base ne peut pas être ouverte : {error}"),
                |fault| explain::database(fault).to_owned(),
            );
            Finding::new(PART, State::Failed, sentence)
        }
    };
    let url = data.database_url.as_ref();
    let url = url.and_then(|url| Url::parse(url.expose_secret()).ok());
    let advice = url.iter().flat_map(advice);
    advice.fold(finding, |finding, advice| {
        finding.at_least(State::Warning).advise(advice)
    })
}

/// Codes of the second factor and signed addresses are good for minutes.
fn told_the_time(finding: Finding, ahead: TimeDelta) -> Finding {
    if ahead.abs() <= CLOCKS_APART {
        return finding;
    }
    let (seconds, way) = (
        ahead.num_seconds(),
        if ahead > TimeDelta::zero() {
            "retarde"
        } else {
            "avance"
        },
    );
    finding.at_least(State::Warning).advise(format!(
        "L’horloge de cette machine {way} de {} s sur celle de la base : mettez-la à l’heure (NTP).",
        seconds.abs()
    ))
}

fn describe(look: &DatabaseLook) -> Finding {
    let pooler = if look.is_pooled {
        ", derrière un pooler"
    } else {
        ""
    };
    let server = &look.server;
    match look.content {
        Content::Foreign => Finding::new(
            PART,
            State::Failed,
            format!("{server}{pooler} : la base contient les tables d’un autre programme"),
        )
        .advise("Donnez à NeoPro une base vide : DATABASE_URL."),
        Content::Ours { pending: 0 } => {
            Finding::new(PART, State::Ok, format!("{server}{pooler}, tables à jour"))
        }
        Content::Ours { pending } => Finding::new(
            PART,
            State::Ok,
            format!("{server}{pooler}, {pending} étapes que fera le prochain démarrage"),
        ),
    }
}

/// What the guide has checked of Supabase's address.
fn advice(url: &Url) -> Vec<String> {
    let is_supabase = url.host_str().is_some_and(|host| host.ends_with(SUPABASE));
    if !is_supabase {
        return Vec::new();
    }
    let mut advice = Vec::new();
    if url.port() != Some(POOLER_PORT) {
        let port = url
            .port()
            .map_or("absent".to_owned(), |port| port.to_string());
        advice.push(format!(
            "DATABASE_URL : le port est {port} au lieu de 6543."
        ));
    }
    if !url
        .query_pairs()
        .any(|(key, value)| key == "pgbouncer" && value == "true")
    {
        advice.push("DATABASE_URL : il manque « ?pgbouncer=true » à la fin.".to_owned());
    }
    advice
}

#[cfg(test)]
mod tests {
    use super::{Finding, PART, State, TimeDelta, Url, advice, told_the_time};

    fn said(url: &str) -> Vec<String> {
        advice(&Url::parse(url).unwrap())
    }

    #[test]
    fn supabases_address_is_read_as_the_guide_reads_it() {
        let host = "postgresql://postgres.abc:x@aws-0-eu-west-1.pooler.supabase.com";
        assert!(said(&format!("{host}:6543/postgres?pgbouncer=true")).is_empty());
        let wrong = said(&format!("{host}:5432/postgres"));
        assert!(wrong[0].contains("5432 au lieu de 6543"), "{wrong:?}");
        assert!(wrong[1].contains("?pgbouncer=true"), "{wrong:?}");
        assert!(said("postgresql://neopro@localhost:5432/neopro").is_empty());
    }

    #[test]
    fn a_clock_that_is_off_is_named_with_how_much_and_which_way() {
        let said = |seconds| {
            let well = Finding::new(PART, State::Ok, "PostgreSQL 15");
            told_the_time(well, TimeDelta::seconds(seconds))
        };
        assert_eq!(said(-60).state, State::Ok);
        assert_eq!(said(90).state, State::Warning);
        assert!(said(90).advice[0].contains("retarde de 90 s"));
        assert!(said(-3600).advice[0].contains("avance de 3600 s"));
    }
}
