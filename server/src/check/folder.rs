use std::path::Path;

use super::{Finding, State};

const PART: &str = "Dossier des données";
/// Less than one large video.
const LITTLE: u64 = 2 << 30;

pub(super) async fn check(folder: &Path) -> Finding {
    let shown = folder.display();
    // The server makes it for itself alone.
    if !folder.exists() {
        let message = format!("{shown} n’existe pas encore : le premier démarrage le crée");
        return Finding::new(PART, State::Ok, message);
    }
    let probe = folder.join(".neopro-check");
    let written = async {
        tokio::fs::write(&probe, b"").await?;
        tokio::fs::remove_file(&probe).await
    };
    if let Err(cause) = written.await {
        return Finding::new(
            PART,
            State::Failed,
            format!("{shown} ne peut pas être écrit ({cause})"),
        )
        .advise("Donnez à NeoPro un dossier à lui : NEOPRO_DATA.");
    }
    let free = rustix::fs::statvfs(folder).map(|space| space.f_bavail * space.f_frsize);
    let Ok(free) = free else {
        return Finding::new(PART, State::Ok, format!("{shown} peut être écrit"));
    };
    let size = format!("{shown} : {} Mo libres", free / 1_000_000);
    if free < LITTLE {
        let finding = Finding::new(PART, State::Warning, size);
        return finding.advise("Faites de la place : une vidéo peut prendre 2 Go.");
    }
    Finding::new(PART, State::Ok, size)
}
