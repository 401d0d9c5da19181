//! Real Redis servers: one that the worlds share, and some that a test may empty, stop and start.

use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command};
use std::sync::OnceLock;

use domain::settings::RedisAddress;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use tempfile::TempDir;

use super::servers::{folder, free_port, guarded, wait_for};

/// What its clients have to say.
pub const PASSWORD: &str = "mot-de-passe-de-redis";

static SHARED: OnceLock<OwnRedis> = OnceLock::new();

/// The one that worlds share: installations keep out of each other's way.
pub fn shared() -> RedisAddress {
    SHARED.get_or_init(OwnRedis::start).address()
}

/// A Redis that keeps what it was told over a restart.
pub struct OwnRedis {
    port: u16,
    data: TempDir,
    is_encrypted: bool,
    guard: Option<Child>,
}

impl OwnRedis {
    /// Starts one.
    pub fn start() -> Self {
        Self::begin(false)
    }

    /// Starts one that speaks TLS only, under a private authority.
    pub fn start_encrypted() -> Self {
        Self::begin(true)
    }

    fn begin(is_encrypted: bool) -> Self {
        let data = tempfile::tempdir().unwrap();
        if is_encrypted {
            make_certificates(&data);
        }
        let mut redis = Self {
            port: free_port(),
            data,
            is_encrypted,
            guard: None,
        };
        redis.start_again();
        redis
    }

    /// Starts it where it was.
    pub fn start_again(&mut self) {
        let port = self.port.to_string();
        let file = |name: &str| self.data.path().join(name).display().to_string();
        let mut server = Command::new("redis-server");
        server.args(["--bind", "127.0.0.1", "--requirepass", PASSWORD]);
        server.args(["--save", "", "--appendonly", "yes", "--dir", &file("")]);
        if self.is_encrypted {
            server.args([
                "--port",
                "0",
                "--tls-port",
                &port,
                "--tls-auth-clients",
                "no",
            ]);
            server.args(["--tls-cert-file", &file("server.pem")]);
            server.args(["--tls-key-file", &file("key.pem")]);
            server.args(["--tls-ca-cert-file", &file("authority.pem")]);
        } else {
            server.args(["--port", &port]);
        }
        self.guard = Some(guarded(&server, &folder(), "TERM"));
        wait_for(self.port);
    }

    /// Stops it; what it was told stays on the disk.
    pub fn stop(&mut self) {
        let mut guard = self.guard.take().unwrap();
        drop(guard.stdin.take());
        guard.wait().unwrap();
    }

    /// The certificate of its authority.
    pub fn authority(&self) -> PathBuf {
        self.data.path().join("authority.pem")
    }

    /// Where it is.
    pub fn address(&self) -> RedisAddress {
        let scheme = if self.is_encrypted { "rediss" } else { "redis" };
        RedisAddress {
            url: self.url(scheme, PASSWORD).into(),
            authorities: self.is_encrypted.then(|| self.authority()),
        }
    }

    /// An address of it, right or wrong.
    pub fn url(&self, scheme: &str, password: &str) -> String {
        format!("{scheme}://default:{password}@127.0.0.1:{}", self.port)
    }

    /// Says something to it as its owner would by hand; gives what it prints.
    pub fn cli(&self, arguments: &[&str]) -> String {
        let output = Command::new("redis-cli")
            .args(["-p", &self.port.to_string(), "--no-auth-warning", "-a"])
            .arg(PASSWORD)
            .args(arguments)
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }
}

fn make_certificates(folder: &TempDir) {
    let mut authority = CertificateParams::new(Vec::new()).unwrap();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let server = CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap();
    let server = server.signed_by(&key, &authority).unwrap();
    for (name, text) in [
        ("authority.pem", authority.pem()),
        ("server.pem", server.pem()),
        ("key.pem", key.serialize_pem()),
    ] {
        fs::write(folder.path().join(name), text).unwrap();
    }
}
