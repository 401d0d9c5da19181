//! Settings: one file for each concern, read from environment variables.
//!
//! Absence is the embedded default. Values are trimmed, an empty one is an absent one, and every
//! one that is missing or malformed is reported at once.

pub mod access;
pub mod catalogue;
pub mod data;
pub mod duration;
pub mod http;
pub mod messages;
pub mod mode;
pub mod origin;
pub mod problem;
pub mod proxy;
pub mod telemetry;
pub mod variables;

use access::Access;
use data::Data;
use domain::Clock;
use http::Http;
use messages::Messages;
use mode::Mode;
use origin::Origins;
use problem::Problems;
use telemetry::Telemetry;
use variables::Variables;

/// Everything that the environment decides.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How strict the server is.
    pub mode: Mode,
    /// Where it listens and whom it believes.
    pub http: Http,
    /// Under which addresses it is known.
    pub origins: Origins,
    /// Sessions and tokens.
    pub access: Access,
    /// Database and files.
    pub data: Data,
    /// By what ways people are told.
    pub messages: Messages,
    /// Logs.
    pub telemetry: Telemetry,
}

impl Settings {
    /// Reads every variable; all that are missing or malformed are reported together.
    pub fn read(mut variables: Variables) -> Result<Self, Problems> {
        let http = Http::read(&mut variables);
        let settings = Self {
            mode: Mode::read(&mut variables),
            origins: Origins::read(&mut variables, http.port),
            access: Access::read(&mut variables),
            data: Data::read(&mut variables),
            messages: Messages::read(&variables),
            telemetry: Telemetry::read(&mut variables),
            http,
        };
        if settings.mode == Mode::Production {
            variables.demand_production();
        }
        variables.finish()?;
        Ok(settings)
    }

    /// What the domain needs of them.
    pub fn domain(&self) -> domain::Settings {
        domain::Settings {
            data: self.data.folder.clone(),
            database_url: self.data.database_url.clone(),
            bucket: self.data.bucket.clone(),
            redis: self.data.redis.clone(),
            jwt_secret: self.access.jwt_secret.clone(),
            session_life: self.access.session_life,
            origins: self.origins.known.clone(),
            video_bytes: None,
            channels: self.messages.channels.clone(),
            clock: Clock::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::settings::BucketAddress;

    use super::{Settings, Variables};

    #[test]
    fn nothing_set_is_the_embedded_default() {
        let settings = Settings::read(Variables::of(&[("PORT", "  "), ("NODE_ENV", "")])).unwrap();
        assert_eq!(settings.http.port, 3001);
        assert!(settings.data.database_url.is_none());
        assert_eq!(
            settings.domain().origins,
            ["http://localhost:3001", "http://127.0.0.1:3001"]
        );
    }

    #[test]
    fn every_malformed_value_is_reported_at_once_without_secrets() {
        let problems = Settings::read(Variables::of(&[
            ("PORT", "abc"),
            ("JWT_EXPIRES_IN", "bientôt"),
            ("PUBLIC_URL", "neopro.example"),
            ("ALLOWED_ORIGINS", "https://ok.example,ftp://non.example"),
            ("DATABASE_URL", "mysql://root:s3cret@db/neopro"),
            ("TRUSTED_PROXIES", "10.0.0.0/99"),
            ("LOG_LEVEL", "bavard"),
            ("LOG_FORMAT", "xml"),
            ("JWT_SECRET", "court"),
            ("NODE_ENV", "prod"),
        ]))
        .unwrap_err();
        let kept = format!("{problems:?}");
        assert!(
            !kept.contains("s3cret") && !kept.contains("court"),
            "{kept}"
        );
        insta::assert_snapshot!(problems, @"
        Le serveur ne peut pas démarrer, variables à corriger :
          - NODE_ENV vaut « prod » ; attendu : production, development ou test
          - PORT vaut « abc » ; attendu : un nombre de 1 à 65535, par exemple 3001
          - DATABASE_URL n’a pas la bonne forme ; attendu : postgresql://utilisateur:motdepasse@serveur:6543/postgres?pgbouncer=true
          - JWT_SECRET n’a pas la bonne forme ; attendu : 32 caractères au moins, par exemple le résultat de « openssl rand -base64 48 »
          - JWT_EXPIRES_IN vaut « bientôt » ; attendu : une durée comme 7d, 12h ou 30m
          - PUBLIC_URL vaut « neopro.example » ; attendu : une adresse complète, par exemple https://neopro.example.fr
          - ALLOWED_ORIGINS vaut « https://ok.example,ftp://non.example » ; attendu : des adresses complètes séparées par des virgules, par exemple https://site1.com,https://site2.com
          - TRUSTED_PROXIES vaut « 10.0.0.0/99 » ; attendu : « render » ou des adresses et réseaux séparés par des virgules, par exemple 10.0.0.0/8,192.168.1.5
          - LOG_LEVEL vaut « bavard » ; attendu : error, warn, info, debug ou trace
          - LOG_FORMAT vaut « xml » ; attendu : text ou json
        ");
    }

    const SERVICE_KEY: &str = "eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoic2VydmljZV9yb2xlIn0.c2lnbmF0dXJl";

    #[test]
    fn production_names_what_is_missing_and_where_the_guide_gets_it() {
        let given = [
            ("NODE_ENV", " production "),
            ("PORT", "3001"),
            (
                "DATABASE_URL",
                "postgresql://postgres.abc:[YOUR-PASSWORD]@aws-0-eu-west-1.pooler.supabase.com:6543/postgres?pgbouncer=true",
            ),
            ("SUPABASE_URL", "abc.supabase.co"),
            ("REDIS_URL", "https://eu1-abc.upstash.io"),
            ("MFA_ISSUER", "NeoPro"),
        ];
        let problems = Settings::read(Variables::of(&given)).unwrap_err();
        insta::assert_snapshot!(problems, @"
        Le serveur ne peut pas démarrer, variables à corriger :
          - DATABASE_URL contient encore [YOUR-PASSWORD] au lieu du mot de passe de la base ; attendu : postgresql://utilisateur:motdepasse@serveur:6543/postgres?pgbouncer=true
          - SUPABASE_URL vaut « abc.supabase.co » ; attendu : l’adresse du projet, par exemple https://abcdefgh.supabase.co
          - SUPABASE_SERVICE_KEY manque ; attendu : la clé service_role entière, 40 caractères au moins ; où : Supabase → Settings → API → service_role → Reveal (guide, étape 3.4)
          - REDIS_URL n’a pas la bonne forme ; attendu : rediss://default:motdepasse@serveur:6379
          - JWT_SECRET manque ; attendu : 32 caractères au moins, par exemple le résultat de « openssl rand -base64 48 » ; où : « neopro secrets » ou « openssl rand -base64 48 » (guide, étape 5.1)
          - JWT_EXPIRES_IN manque ; attendu : une durée comme 7d, 12h ou 30m ; où : 7d convient (guide, étape 5.4)
          - MFA_ENCRYPTION_KEY manque ; attendu : 32 caractères au moins, par exemple le résultat de « openssl rand -base64 24 » ; où : « neopro secrets » ou « openssl rand -base64 24 » (guide, étape 5.1)
        ");
    }

    #[test]
    fn the_ten_variables_of_the_guide_are_enough_for_production() {
        let secret = "a".repeat(32);
        let settings = Settings::read(Variables::of(&[
            ("NODE_ENV", "production"),
            ("PORT", "3001"),
            (
                "DATABASE_URL",
                " postgresql://postgres.abc:s3cret@aws-0-eu-west-1.pooler.supabase.com:6543/postgres?pgbouncer=true ",
            ),
            ("SUPABASE_URL", "https://abc.supabase.co/"),
            ("SUPABASE_SERVICE_KEY", SERVICE_KEY),
            ("REDIS_URL", "rediss://default:s3cret@eu1-abc.upstash.io:6379"),
            ("JWT_SECRET", &secret),
            ("JWT_EXPIRES_IN", "12h"),
            ("MFA_ISSUER", "NeoPro"),
            ("MFA_ENCRYPTION_KEY", &secret),
        ]))
        .unwrap();
        assert_eq!(settings.mode, super::Mode::Production);
        assert_eq!(settings.access.session_life.as_secs(), 12 * 3600);
        let Some(BucketAddress::Supabase(project)) = settings.data.bucket else {
            panic!("{:?}", settings.data.bucket);
        };
        assert_eq!(project.url, "https://abc.supabase.co");
    }
}
