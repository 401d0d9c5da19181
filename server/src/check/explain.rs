//! Why a dependency cannot be reached, in the words of the deployment guide's troubleshooting.

use domain::DatabaseFault;

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
