//! Why a dependency cannot be reached, in the words of the deployment guide's troubleshooting.

use domain::DatabaseFault;
use domain::backup::BackupFault;

/// What is wrong with the database's address or behind it.
pub fn database(fault: DatabaseFault) -> &'static str {
    match fault {
        DatabaseFault::UnknownHost => {
            "la base est introuvable : aucun serveur ne porte le nom que donne DATABASE_URL. Recopiez l’adresse entière (Supabase → Settings → Database → Connection Pooling)."
        }
        DatabaseFault::Refused => {
            "« Connection refused » : aucune base ne répond à l’adresse de DATABASE_URL. Vérifiez le port (6543, pas 5432) et que la base est démarrée."
        }
        DatabaseFault::TimedOut => {
            "« timeout » : la base ne répond pas à temps. Vérifiez l’adresse et le port de DATABASE_URL (6543, pas 5432), et que le projet Supabase n’est pas en pause."
        }
        DatabaseFault::Password => {
            "la base refuse le mot de passe. Vérifiez celui de DATABASE_URL : c’est le « Database Password » du projet, et ses caractères spéciaux doivent être encodés (@ s’écrit %40)."
        }
        DatabaseFault::UnknownDatabase => {
            "la base ou le projet que nomme DATABASE_URL n’existe pas. Vérifiez l’utilisateur (postgres.xxxxx), la région et le nom de la base."
        }
        DatabaseFault::Encryption => {
            "la base n’accepte pas de connexion chiffrée, que NeoPro exige hors de cette machine. Vérifiez l’adresse de DATABASE_URL et son paramètre sslmode."
        }
    }
}

/// Why a backup is not made, or not put back.
pub fn backup(fault: &BackupFault) -> String {
    match fault {
        BackupFault::Exists => {
            "ce fichier existe déjà : donnez un autre nom, ou déplacez-le.".to_owned()
        }
        BackupFault::Foreign => {
            "ce fichier n’est pas une sauvegarde que cette version de NeoPro sache lire.".to_owned()
        }
        BackupFault::Truncated => {
            "la sauvegarde est incomplète : recopiez le fichier, ou prenez-en une autre. Rien n’a été changé."
                .to_owned()
        }
        BackupFault::Damaged(part) => format!(
            "la sauvegarde est abîmée ({part}) : recopiez le fichier, ou prenez-en une autre. La base n’a pas été changée."
        ),
        BackupFault::Version { program, schema } => format!(
            "la sauvegarde vient d’une autre version de NeoPro ({program}, {schema}) : restaurez-la avec cette version, puis mettez à jour."
        ),
        BackupFault::NotEmpty => {
            "cette installation a déjà des comptes, des sites ou des vidéos : restaurez dans une base vide (autre DATABASE_URL, ou autre NEOPRO_DATA). Rien n’a été changé."
                .to_owned()
        }
        BackupFault::Column(name) => format!(
            "la base n’a pas « {name} », que la sauvegarde contient : ajoutez-le comme dans la base d’origine (par exemple l’ALTER TABLE de l’étape 7.4 du guide), puis recommencez."
        ),
        BackupFault::File(cause) => format!("le fichier de sauvegarde : {cause}"),
        BackupFault::Failed(cause) => cause
            .database_fault()
            .map_or_else(|| format!("la base ou le stockage a échoué : {cause}"), |fault| database(fault).to_owned()),
    }
}
