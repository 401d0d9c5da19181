//! The dashboard as files for another site: what a host of static files needs, and nothing else.
//!
//! The scripts are those that this server serves itself. `index.html` loads them and names the server.

pub mod download;
mod page;

use std::hash::{DefaultHasher, Hasher};
use std::io::{self, Cursor, Write};
use std::path::Path;
use std::{fs, iter};

use leptos::config::LeptosOptions;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::assets;

/// A file of the bundle.
pub struct File {
    /// Where it goes, below the site's root.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Every file, for a server at `server` (an origin, like `https://neopro.example`) whose object store,
/// where one takes uploads, is at `store`.
///
/// # Errors
/// When the dashboard's files are not beside this program.
pub fn files(options: &LeptosOptions, server: &str, store: Option<&str>) -> io::Result<Vec<File>> {
    let root = Path::new(&*options.site_root);
    let styles = assets::built(options, "css");
    let styles = fs::read(root.join(styles.trim_start_matches('/')))?;
    let stylesheet = named("styles", &styles, "css");
    let script = page::script(
        &assets::built(options, "js"),
        &assets::built(options, "wasm"),
        server,
    );
    let script = script.into_bytes();
    let main = named("main", &script, "js");
    let index = page::index(&main, &stylesheet, server, store);
    let mut files = vec![
        file("index.html", index.into_bytes()),
        file(".htaccess", page::HTACCESS.as_bytes().to_vec()),
        file(&main, script),
        file(&stylesheet, styles),
    ];
    collect(root, "", &mut files)?;
    Ok(files)
}

fn file(path: &str, bytes: Vec<u8>) -> File {
    File {
        path: path.to_owned(),
        bytes,
    }
}

/// A name that changes with the content.
fn named(name: &str, bytes: &[u8], kind: &str) -> String {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    format!("{name}.{:016x}.{kind}", hasher.finish())
}

/// What lies in a folder of the site. Without the compressed copies: hosts of files compress themselves.
fn collect(root: &Path, below: &str, files: &mut Vec<File>) -> io::Result<()> {
    for entry in fs::read_dir(root.join(below))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = iter::once(below)
            .filter(|below| !below.is_empty())
            .chain(iter::once(name.as_str()))
            .collect::<Vec<_>>()
            .join("/");
        if entry.file_type()?.is_dir() {
            collect(root, &path, files)?;
        } else if is_served(&path) {
            files.push(file(&path, fs::read(entry.path())?));
        }
    }
    Ok(())
}

fn is_served(path: &str) -> bool {
    let kind = path.rsplit('.').next().unwrap_or_default();
    // The stylesheet stands at the root, under the name that the deployment guide shows.
    !matches!(kind, "br" | "gz" | "ts" | "css")
}

/// The files as one archive.
///
/// # Errors
/// None is known: it is written to memory.
pub fn zipped(files: &[File]) -> io::Result<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for File { path, bytes } in files {
        archive.start_file(path, SimpleFileOptions::default())?;
        archive.write_all(bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}
