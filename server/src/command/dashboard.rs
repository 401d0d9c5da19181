//! `neopro dashboard`: the dashboard as files for another host.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use url::Url;

use super::failure::Failure;
use crate::assets;
use crate::bundle::{self, File};

/// Where it goes, and whom it asks.
#[derive(Args, Debug)]
pub struct Arguments {
    /// Adresse de ce serveur, par exemple <https://neopro-central.onrender.com>
    #[arg(long, value_name = "ADRESSE")]
    api_url: String,
    /// Dossier à remplir ; ce qu’il contenait d’une version plus ancienne est remplacé
    #[arg(long, value_name = "DOSSIER", default_value = "dist/central-dashboard")]
    out: PathBuf,
}

/// Writes the files.
pub fn run(Arguments { api_url, out }: &Arguments) -> Result<(), Failure> {
    let server = origin(api_url)?;
    let files =
        bundle::files(&assets::options()?, &server, None).map_err(|source| Failure::File {
            what: "les fichiers du tableau de bord ne sont pas à côté de ce programme".to_owned(),
            source,
        })?;
    empty(out)?;
    for file in &files {
        write(out, file)?;
    }
    println!(
        "{} fichiers pour {server} dans {} : téléversez tout son contenu, .htaccess compris, à la racine du site.",
        files.len(),
        out.display()
    );
    println!("Puis ajoutez l’adresse de ce site à ALLOWED_ORIGINS.");
    Ok(())
}

fn origin(text: &str) -> Result<String, Failure> {
    let url = Url::parse(text.trim())
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https"));
    url.map(|url| url.origin().ascii_serialization())
        .ok_or_else(|| {
            Failure::Arguments(format!(
                "« {text} » n’est pas une adresse ; attendu : https://neopro-central.onrender.com"
            ))
        })
}

/// Only a folder that holds an older dashboard, or nothing, is emptied.
fn empty(folder: &Path) -> Result<(), Failure> {
    let could_not = |source| Failure::File {
        what: format!("{} ne peut pas être remplacé", folder.display()),
        source,
    };
    let is_empty = fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none());
    if is_empty {
        return Ok(());
    }
    if !folder.join("index.html").exists() || !folder.join("pkg").exists() {
        return Err(Failure::Arguments(format!(
            "{} contient autre chose qu’un tableau de bord : choisissez un dossier vide",
            folder.display()
        )));
    }
    fs::remove_dir_all(folder).map_err(could_not)
}

fn write(folder: &Path, File { path, bytes }: &File) -> Result<(), Failure> {
    let path = folder.join(path);
    let written = match path.parent() {
        Some(parent) => fs::create_dir_all(parent),
        None => Ok(()),
    };
    written
        .and_then(|()| fs::write(&path, bytes))
        .map_err(|source| Failure::File {
            what: format!("{} ne peut pas être écrit", path.display()),
            source,
        })
}
