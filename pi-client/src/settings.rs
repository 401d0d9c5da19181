//! What the player is told at its start.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use api::limit::{POLL_INTERVAL, POLL_JITTER, REPORT_INTERVAL};
use chrono::TimeDelta;
use reqwest::Url;

use crate::folder::{Space, Witness};

/// Where the pages are served by default.
pub const DEFAULT_LISTEN: &str = "127.0.0.1:8080";
/// Where everything is kept by default.
pub const DEFAULT_DATA: &str = "/var/lib/neopro";
/// The file that may name the server.
pub const SITE_CONF: &str = "/etc/neopro/site.conf";

/// The system's time service makes this file once it met a server of time.
const NTP: &str = "/run/systemd/timesync/synchronized";

/// A setting that cannot be used; the sentence is for who started the player.
#[derive(Debug, Eq, PartialEq, thiserror::Error)]
pub enum SettingsError {
    /// No server is named anywhere.
    #[error(
        "adresse du serveur inconnue : donnez --server, NEOPRO_SERVER ou la ligne NEOPRO_SERVER=… de {SITE_CONF}"
    )]
    NoServer,
    /// The server's address is not one.
    #[error("« {0} » n'est pas l'adresse d'un serveur : attendu https://… ou http://…")]
    BadServer(String),
    /// The pages would be served to the network.
    #[error("{0} : les pages du lecteur ne se servent que sur cette machine (127.0.0.1 ou [::1])")]
    NotLoopback(SocketAddr),
}

/// How often the player does things. Tests hurry.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Between two reports; also between two deliveries of plays.
    pub report: Duration,
    /// Between two polls of the desired state.
    pub poll: Duration,
    /// Added to or taken from [`Pace::poll`].
    pub poll_jitter: Duration,
    /// First wait after an error; doubles with each further one.
    pub retry: Duration,
    /// Between two polls of a pending enrolment; by default what the server says.
    pub pairing: Option<Duration>,
    /// A connection over which nothing comes for this long is dead.
    pub silence: Duration,
    /// Between two rounds in which every file is read again.
    pub scrub: Duration,
    /// After each quarter of a megabyte of such a round: it must not disturb the picture.
    pub scrub_pause: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            report: REPORT_INTERVAL,
            poll: POLL_INTERVAL,
            poll_jitter: POLL_JITTER,
            retry: Duration::from_secs(2),
            pairing: None,
            silence: Duration::from_secs(30),
            scrub: Duration::from_hours(6),
            scrub_pause: Duration::from_millis(100),
        }
    }
}

/// Everything a player needs to run.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The server.
    pub server: Url,
    /// Folder of the key, the files and the spool; made when missing.
    pub data: PathBuf,
    /// Loopback address of the pages; port 0 takes a free one.
    pub listen: SocketAddr,
    /// How often it does things.
    pub pace: Pace,
    /// How it shares its disk.
    pub space: Space,
    /// A file that is there once the machine met a server of time.
    pub ntp: PathBuf,
    /// How far the machine's clock is moved: tests live in other years.
    pub clock_moved: TimeDelta,
    /// Who writes down what reaches the disk: tests of power cuts.
    pub witness: Option<Witness>,
}

impl Settings {
    /// A player of this server on a free port.
    pub fn new(server: &str, data: &Path) -> Result<Self, SettingsError> {
        Ok(Self {
            server: server_url(server)?,
            data: data.to_owned(),
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            pace: Pace::default(),
            space: Space::default(),
            ntp: PathBuf::from(NTP),
            clock_moved: TimeDelta::zero(),
            witness: None,
        })
    }

    /// The same player at this address.
    pub fn listening_on(mut self, listen: SocketAddr) -> Result<Self, SettingsError> {
        if !listen.ip().is_loopback() {
            return Err(SettingsError::NotLoopback(listen));
        }
        self.listen = listen;
        Ok(self)
    }
}

/// The server that `site.conf` names, if it does.
pub fn server_of_site_conf(text: &str) -> Option<&str> {
    let value = text
        .lines()
        .filter_map(|line| line.trim().split_once('='))
        .filter(|(name, _)| name.trim() == "NEOPRO_SERVER")
        .map(|(_, value)| value.trim().trim_matches(['"', '\'']).trim())
        .next_back()?;
    (!value.is_empty()).then_some(value)
}

fn server_url(text: &str) -> Result<Url, SettingsError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(SettingsError::NoServer);
    }
    let bad = || SettingsError::BadServer(text.to_owned());
    let url = Url::parse(text).map_err(|_| bad())?;
    let usable = matches!(url.scheme(), "http" | "https") && url.has_host();
    if usable { Ok(url) } else { Err(bad()) }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Settings, SettingsError, server_of_site_conf};

    #[test]
    fn site_conf_names_the_server_as_people_write_it() {
        let text = "# Site\n SITE=Rennes\nNEOPRO_SERVER = \"https://neopro.example.fr/\"  \n";
        assert_eq!(
            server_of_site_conf(text),
            Some("https://neopro.example.fr/")
        );
        assert_eq!(
            server_of_site_conf("#NEOPRO_SERVER=x\nNEOPRO_SERVER=\n"),
            None
        );
    }

    #[test]
    fn a_server_is_named_by_an_http_address() {
        let data = Path::new("data");
        assert!(Settings::new(" https://neopro.example.fr \n", data).is_ok());
        for bad in ["neopro.example.fr", "ftp://neopro.example.fr", "http://"] {
            let error = Settings::new(bad, data).unwrap_err();
            assert_eq!(error, SettingsError::BadServer(bad.to_owned()));
        }
        assert_eq!(
            Settings::new(" ", data).unwrap_err(),
            SettingsError::NoServer
        );
    }

    #[test]
    fn pages_are_served_to_this_machine_only() {
        let settings = Settings::new("http://localhost:3001", Path::new("data")).unwrap();
        let open = settings
            .clone()
            .listening_on("0.0.0.0:8080".parse().unwrap());
        assert!(matches!(open.unwrap_err(), SettingsError::NotLoopback(_)));
        assert!(settings.listening_on("[::1]:8080".parse().unwrap()).is_ok());
    }
}
