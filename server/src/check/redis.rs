use domain::settings::RedisAddress;
use domain::{RedisFault, look_at_redis};
use secrecy::ExposeSecret;
use url::{Host, Url};

use super::{Finding, State};

const PART: &str = "Redis";
const PORT: u16 = 6379;

pub(super) async fn check(address: Option<&RedisAddress>) -> Option<Finding> {
    let address = address?;
    let url = Url::parse(address.url.expose_secret()).ok()?;
    let place = format!("{}:{}", url.host_str()?, url.port().unwrap_or(PORT));
    let finding = match look_at_redis(address).await {
        Ok(()) => Finding::new(PART, State::Ok, format!("{place} répond")),
        Err(fault) => explained(fault, &url, &place),
    };
    if url.scheme() == "redis" && !is_here(&url) {
        let advice = "REDIS_URL commence par redis:// : les sessions passeraient en clair. Cochez TLS et prenez l’adresse en rediss://.";
        return Some(finding.at_least(State::Warning).advise(advice));
    }
    Some(finding)
}

fn explained(fault: RedisFault, url: &Url, place: &str) -> Finding {
    let copy = "Recopiez REDIS_URL (Upstash → votre base → Connect to your database).";
    let (message, advice) = match fault {
        RedisFault::UnknownHost => (format!("aucun serveur ne porte le nom de {place}"), copy),
        RedisFault::Refused => (format!("personne ne répond sur {place}"), copy),
        RedisFault::TimedOut => (
            format!("« timeout » : {place} ne répond pas"),
            "Vérifiez l’adresse et le port de REDIS_URL. Un Redis sans TLS se tait devant rediss:// : cochez TLS dans Upstash.",
        ),
        RedisFault::Password => (format!("{place} refuse le mot de passe"), copy),
        RedisFault::Encryption => (
            format!("le certificat de {place} n’est pas signé par une autorité connue"),
            "Un certificat d’autorité privée se donne avec REDIS_SSL_CA.",
        ),
        RedisFault::Stranger if url.scheme() == "redis" => (
            format!("{place} coupe la connexion : il attend sans doute une connexion chiffrée"),
            "Remplacez redis:// par rediss:// dans REDIS_URL.",
        ),
        RedisFault::Stranger => (
            format!("{place} n’accepte pas de connexion chiffrée, ou n’est pas un Redis"),
            "Cochez TLS dans Upstash ; sans TLS, l’adresse commence par redis://.",
        ),
        RedisFault::Unreadable => (
            "REDIS_URL ou REDIS_SSL_CA ne peut pas être lu".to_owned(),
            "REDIS_SSL_CA doit nommer un fichier de certificats PEM.",
        ),
    };
    Finding::new(PART, State::Failed, message).advise(advice)
}

/// Whether the connection stays on this machine.
fn is_here(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => {
            // The parser of other schemes than http keeps addresses as names.
            let parsed = name.parse::<std::net::IpAddr>();
            name == "localhost" || parsed.is_ok_and(|address| address.is_loopback())
        }
        None => false,
    }
}
