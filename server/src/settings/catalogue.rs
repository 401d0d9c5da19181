//! Every variable that the server reads, described once: for `--help`, for `neopro config` and for what
//! is said when one is missing or malformed. In French: its readers are operators.

/// A variable of the environment.
#[derive(Debug)]
pub struct Variable {
    /// Its name.
    pub name: &'static str,
    /// What it decides.
    pub meaning: &'static str,
    /// What a value looks like.
    pub expected: &'static str,
    /// What holds where it is absent.
    pub absent: &'static str,
    /// How much of its value may be shown.
    pub shown: Shown,
    /// Where the deployment guide gets it, if production needs it.
    pub needed: Option<&'static str>,
}

/// How much of a value may be shown.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Shown {
    /// All of it.
    Whole,
    /// An address without its password.
    Address,
    /// Its length.
    Length,
}

const fn variable(name: &'static str, meaning: &'static str, expected: &'static str) -> Variable {
    Variable {
        name,
        meaning,
        expected,
        absent: "",
        shown: Shown::Whole,
        needed: None,
    }
}

impl Variable {
    const fn or(mut self, absent: &'static str) -> Self {
        self.absent = absent;
        self
    }

    const fn shown(mut self, shown: Shown) -> Self {
        self.shown = shown;
        self
    }

    const fn needed(mut self, source: &'static str) -> Self {
        self.needed = Some(source);
        self
    }
}

const ORIGIN: &str = "une adresse complète, par exemple https://neopro.example.fr";
const MODES: &str = "production, development ou test";

/// How strict the server is, as the deployment guide says it.
pub const NODE_ENV: Variable = variable(
    "NODE_ENV",
    "« production » exige les dix variables du guide",
    MODES,
)
.needed("toujours « production » (guide, étape 5.4)");
/// How strict the server is.
pub const NEOPRO_ENV: Variable = variable(
    "NEOPRO_ENV",
    "« development » garde la session sur une adresse http du réseau local",
    MODES,
);
/// The port to listen on.
pub const PORT: Variable = variable(
    "PORT",
    "port d’écoute",
    "un nombre de 1 à 65535, par exemple 3001",
)
.or("3001")
.needed("toujours 3001 (guide, étape 5.4)");
/// The address to listen on.
pub const NEOPRO_HOST: Variable = variable(
    "NEOPRO_HOST",
    "adresse d’écoute",
    "une adresse IP de cette machine, par exemple 127.0.0.1 ou 0.0.0.0",
)
.or("0.0.0.0");
/// The folder of the embedded default.
pub const NEOPRO_DATA: Variable = variable(
    "NEOPRO_DATA",
    "dossier de la base intégrée, des fichiers et des secrets créés",
    "un dossier",
)
.or("data");
/// The database.
pub const DATABASE_URL: Variable = variable(
    "DATABASE_URL",
    "base PostgreSQL, directe ou derrière un pooler",
    "postgresql://utilisateur:motdepasse@serveur:6543/postgres?pgbouncer=true",
)
.or("SQLite dans NEOPRO_DATA")
.shown(Shown::Address)
.needed("Supabase → Settings → Database → Connection Pooling, onglet URI (guide, étape 3.3)");
/// The Supabase project.
pub const SUPABASE_URL: Variable = variable(
    "SUPABASE_URL",
    "projet Supabase dont les buckets gardent les vidéos",
    "l’adresse du projet, par exemple https://abcdefgh.supabase.co",
)
.needed("Supabase → Settings → API → Project URL (guide, étape 3.4)");
/// Its key.
pub const SUPABASE_SERVICE_KEY: Variable = variable(
    "SUPABASE_SERVICE_KEY",
    "clé service_role de ce projet",
    "la clé service_role entière, 40 caractères au moins",
)
.shown(Shown::Length)
.needed("Supabase → Settings → API → service_role → Reveal (guide, étape 3.4)");
/// Another object store.
pub const S3_ENDPOINT: Variable = variable(
    "S3_ENDPOINT",
    "service compatible S3 qui garde les vidéos, à la place de Supabase",
    "une adresse complète, par exemple https://s3.fr-par.scw.cloud",
);
/// The region that signatures name.
pub const S3_REGION: Variable =
    variable("S3_REGION", "région de ce service", "par exemple fr-par").or("us-east-1");
/// Names the key.
pub const S3_ACCESS_KEY_ID: Variable = variable(
    "S3_ACCESS_KEY_ID",
    "identifiant de la clé de ce service",
    "l’identifiant que donne le service",
);
/// The key.
pub const S3_SECRET_ACCESS_KEY: Variable = variable(
    "S3_SECRET_ACCESS_KEY",
    "clé de ce service",
    "la clé que donne le service",
)
.shown(Shown::Length);
/// How the bucket is named in addresses.
pub const S3_FORCE_PATH_STYLE: Variable = variable(
    "S3_FORCE_PATH_STYLE",
    "le nom du bucket est dans le chemin des adresses",
    "true ou false",
)
.or("true");
/// Who vouches for the database.
pub const DATABASE_SSL_CA: Variable = variable(
    "DATABASE_SSL_CA",
    "certificats d’autorité à croire pour la base, dont le nom est alors vérifié (sslmode=verify-full)",
    "un fichier PEM lisible",
);
/// The cache.
pub const REDIS_URL: Variable = variable(
    "REDIS_URL",
    "Redis, partagé entre plusieurs serveurs",
    "rediss://default:motdepasse@serveur:6379",
)
.or("rien n’est partagé : un seul serveur")
.shown(Shown::Address)
.needed("Upstash → votre base → Connect to your database (guide, étape 4.3)");
/// Who vouches for it.
pub const REDIS_SSL_CA: Variable = variable(
    "REDIS_SSL_CA",
    "certificats d’autorité à croire pour rediss://, en plus de ceux du système",
    "un fichier PEM lisible",
);
/// Signs sessions.
pub const JWT_SECRET: Variable = variable(
    "JWT_SECRET",
    "signe les sessions",
    "32 caractères au moins, par exemple le résultat de « openssl rand -base64 48 »",
)
.or("créé une fois dans NEOPRO_DATA")
.shown(Shown::Length)
.needed("« neopro secrets » ou « openssl rand -base64 48 » (guide, étape 5.1)");
/// How long a session lasts.
pub const JWT_EXPIRES_IN: Variable = variable(
    "JWT_EXPIRES_IN",
    "durée d’une session",
    "une durée comme 7d, 12h ou 30m",
)
.or("7d")
.needed("7d convient (guide, étape 5.4)");
/// The name that authenticators show.
pub const MFA_ISSUER: Variable = variable(
    "MFA_ISSUER",
    "nom que montrent les applications de codes",
    "un nom sans deux-points, par exemple NeoPro",
)
.or("NeoPro")
.needed("toujours NeoPro (guide, étape 5.4)");
/// Encrypts the secrets of authenticators.
pub const MFA_ENCRYPTION_KEY: Variable = variable(
    "MFA_ENCRYPTION_KEY",
    "chiffre les secrets des applications de codes",
    "32 caractères au moins, par exemple le résultat de « openssl rand -base64 24 »",
)
.or("créée quand elle sert")
.shown(Shown::Length)
.needed("« neopro secrets » ou « openssl rand -base64 24 » (guide, étape 5.1)");
/// The address that links name.
pub const PUBLIC_URL: Variable = variable(
    "PUBLIC_URL",
    "adresse publique, pour les liens et les QR codes",
    ORIGIN,
);
/// Dashboards served from elsewhere.
pub const ALLOWED_ORIGINS: Variable = variable(
    "ALLOWED_ORIGINS",
    "autres adresses du tableau de bord, séparées par des virgules",
    "des adresses complètes séparées par des virgules, par exemple https://site1.com,https://site2.com",
);
/// The address that Render gives.
pub const RENDER_EXTERNAL_URL: Variable = variable(
    "RENDER_EXTERNAL_URL",
    "adresse publique que donne l’hébergeur Render",
    ORIGIN,
);
/// Whose `X-Forwarded-*` headers are believed.
pub const TRUSTED_PROXIES: Variable = variable(
    "TRUSTED_PROXIES",
    "proxys de confiance : « render » ou des réseaux",
    "« render » ou des adresses et réseaux séparés par des virgules, par exemple 10.0.0.0/8,192.168.1.5",
)
.or("aucun");
/// Where alerts go in Slack.
pub const SLACK_WEBHOOK_URL: Variable = variable(
    "SLACK_WEBHOOK_URL",
    "webhook Slack qui reçoit les alertes",
    "l’adresse entière du webhook, https://hooks.slack.com/services/…",
)
.shown(Shown::Length);
/// Sends mail by SendGrid.
pub const SENDGRID_API_KEY: Variable = variable(
    "SENDGRID_API_KEY",
    "clé SendGrid qui envoie les e-mails",
    "la clé entière, SG.…",
)
.shown(Shown::Length);
/// Where SendGrid is.
pub const SENDGRID_API_URL: Variable = variable(
    "SENDGRID_API_URL",
    "adresse de l’API SendGrid",
    "une adresse complète, par exemple https://api.eu.sendgrid.com pour un compte européen",
)
.or("https://api.sendgrid.com");
/// Who sends mail.
pub const EMAIL_FROM: Variable = variable(
    "EMAIL_FROM",
    "expéditeur des e-mails",
    "une adresse, par exemple alertes@club.fr ou NeoPro <alertes@club.fr>",
);
/// Sends mail by a mail server.
pub const SMTP_URL: Variable = variable(
    "SMTP_URL",
    "serveur de messagerie, à la place de SendGrid",
    "smtp://utilisateur:motdepasse@serveur:587 ou smtps://…:465",
)
.shown(Shown::Address);
/// From which level on events are written.
pub const LOG_LEVEL: Variable = variable(
    "LOG_LEVEL",
    "niveau du journal",
    "error, warn, info, debug ou trace",
)
.or("info");
/// How they are written.
pub const LOG_FORMAT: Variable =
    variable("LOG_FORMAT", "forme du journal", "text ou json").or("text");

/// Opens the figures of the running server.
pub const METRICS_TOKEN: Variable = variable(
    "METRICS_TOKEN",
    "ouvre /metrics à Prometheus (Authorization: Bearer …)",
    "16 caractères au moins, tirés au hasard",
)
.or("/metrics n’existe pas")
.shown(Shown::Length);

/// Every variable, in the order of the help.
pub static ALL: [&Variable; 32] = [
    &NODE_ENV,
    &NEOPRO_ENV,
    &PORT,
    &NEOPRO_HOST,
    &NEOPRO_DATA,
    &DATABASE_URL,
    &DATABASE_SSL_CA,
    &SUPABASE_URL,
    &SUPABASE_SERVICE_KEY,
    &S3_ENDPOINT,
    &S3_REGION,
    &S3_ACCESS_KEY_ID,
    &S3_SECRET_ACCESS_KEY,
    &S3_FORCE_PATH_STYLE,
    &REDIS_URL,
    &REDIS_SSL_CA,
    &JWT_SECRET,
    &JWT_EXPIRES_IN,
    &MFA_ISSUER,
    &MFA_ENCRYPTION_KEY,
    &PUBLIC_URL,
    &ALLOWED_ORIGINS,
    &RENDER_EXTERNAL_URL,
    &TRUSTED_PROXIES,
    &SLACK_WEBHOOK_URL,
    &SENDGRID_API_KEY,
    &SENDGRID_API_URL,
    &EMAIL_FROM,
    &SMTP_URL,
    &LOG_LEVEL,
    &LOG_FORMAT,
    &METRICS_TOKEN,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn production_needs_the_ten_variables_of_the_guide() {
        let needed = ALL.iter().filter(|variable| variable.needed.is_some());
        let needed: Vec<_> = needed.map(|variable| variable.name).collect();
        assert_eq!(
            needed,
            [
                "NODE_ENV",
                "PORT",
                "DATABASE_URL",
                "SUPABASE_URL",
                "SUPABASE_SERVICE_KEY",
                "REDIS_URL",
                "JWT_SECRET",
                "JWT_EXPIRES_IN",
                "MFA_ISSUER",
                "MFA_ENCRYPTION_KEY",
            ]
        );
    }
}
