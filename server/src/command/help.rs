//! What clap does not say, or not in French.

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// Order and headings of the help.
pub const TEMPLATE: &str = "{about}\n\nUsage : {usage}\n\n{all-args}{after-help}";

/// Every variable that the server reads.
pub const VARIABLES: &str = "\
Variables d’environnement :
  PORT                 port d’écoute [3001]
  NEOPRO_HOST          adresse d’écoute [0.0.0.0]
  NEOPRO_DATA          dossier des données : base intégrée, fichiers, secrets créés [data]
  DATABASE_URL         postgresql://… ; absente : SQLite dans NEOPRO_DATA
  JWT_SECRET           signe les sessions, 32 caractères au moins ; absente : créé dans NEOPRO_DATA
  JWT_EXPIRES_IN       durée d’une session : 7d, 12h, 30m [7d]
  PUBLIC_URL           adresse publique, pour les liens et les QR codes
  ALLOWED_ORIGINS      autres adresses du tableau de bord, séparées par des virgules
  RENDER_EXTERNAL_URL  adresse publique que donne l’hébergeur Render
  TRUSTED_PROXIES      proxys de confiance : « render » ou 10.0.0.0/8,192.168.1.5 [aucun]
  LOG_LEVEL            error, warn, info, debug ou trace [info]
  LOG_FORMAT           text ou json [text]
  NODE_ENV             production : refuse les réglages de démonstration
  NEOPRO_ENV           development : garde la session sur une adresse http du réseau local

Codes de sortie : 0 tout va bien ; 1 échec ; 2 arguments ou variables à corriger.";

/// Whether clap wants to show the help or the version rather than a complaint.
pub fn is_asked_for(error: &Error) -> bool {
    let forgotten = ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
    !error.use_stderr() || error.kind() == forgotten
}

/// Arguments that are not understood, in one sentence.
pub fn refusal(error: &Error) -> String {
    let named = [
        ContextKind::InvalidSubcommand,
        ContextKind::InvalidArg,
        ContextKind::InvalidValue,
    ]
    .into_iter()
    .find_map(|kind| match error.get(kind)? {
        ContextValue::String(text) => Some(format!(" : {text}")),
        ContextValue::Strings(texts) => Some(format!(" : {}", texts.join(", "))),
        _ => None,
    });
    format!(
        "arguments non compris{}\nVoir « neopro --help ».",
        named.unwrap_or_default()
    )
}
