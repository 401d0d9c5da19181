use std::net::IpAddr;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use tokio::net::TcpStream;
use url::{Host, Url};

use super::{Finding, State};

const PART: &str = "Redis";
const PATIENCE: Duration = Duration::from_secs(5);
const PORT: u16 = 6379;

pub(super) async fn check(url: Option<&SecretString>) -> Option<Finding> {
    let url = Url::parse(url?.expose_secret()).ok()?;
    let (host, port) = (url.host_str()?.to_owned(), url.port().unwrap_or(PORT));
    let name = host.trim_matches(['[', ']']).to_owned();
    let opened = tokio::time::timeout(PATIENCE, TcpStream::connect((name, port))).await;
    let finding = match opened {
        Ok(Ok(_)) => Finding::new(PART, State::Ok, format!("{host}:{port} est joignable")),
        Ok(Err(cause)) => Finding::new(
            PART,
            State::Failed,
            format!("personne ne répond sur {host}:{port} ({cause})"),
        )
        .advise("Recopiez REDIS_URL (Upstash → votre base → Connect to your database)."),
        Err(_) => Finding::new(
            PART,
            State::Failed,
            format!("« timeout » : {host}:{port} ne répond pas"),
        )
        .advise("Vérifiez l’adresse et le port de REDIS_URL."),
    };
    if url.scheme() == "redis" && !is_here(&url) {
        let advice = "REDIS_URL commence par redis:// : les sessions passeraient en clair. Cochez TLS et prenez l’adresse en rediss://.";
        return Some(finding.at_least(State::Warning).advise(advice));
    }
    Some(finding)
}

/// Whether the connection stays on this machine.
fn is_here(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => {
            name == "localhost"
                || name
                    .parse::<IpAddr>()
                    .is_ok_and(|address| address.is_loopback())
        }
        None => false,
    }
}
