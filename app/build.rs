//! Turns `locales/*.json` into the module `i18n`, checked at compile time: every key in both
//! languages, every placeholder filled. Names what crosses the wire to server functions: `wire`.

use std::error::Error;
use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

use leptos_i18n_build::options::CodegenOptions;
use leptos_i18n_build::{Config, ParseOptions, TranslationsInfos};

/// The types and the functions that both ends of the wire share.
const WIRE: [&str; 2] = ["../api/src", "src/backend"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let options = ParseOptions::new().interpolate_display(true);
    let config = Config::new("fr")?.add_locale("en")?.parse_options(options);
    let translations = TranslationsInfos::parse(config)?;
    translations.emit_diagnostics();
    translations.rerun_if_locales_changed();
    let attributes = "#![allow(warnings, clippy::all, clippy::pedantic, missing_docs)]".parse()?;
    let code = CodegenOptions::new()
        .gen_docs(false)
        .top_level_attributes(Some(attributes));
    let folder = PathBuf::from(std::env::var("OUT_DIR")?);
    translations.generate_i18n_module_with_options(folder.join("i18n"), code)?;
    let mut hasher = DefaultHasher::new();
    for source in WIRE {
        println!("cargo::rerun-if-changed={source}");
        read(Path::new(source), &mut hasher)?;
    }
    fs::write(folder.join("wire"), format!("{:016x}", hasher.finish()))?;
    Ok(())
}

/// Every file of a folder, in the order of their names.
fn read(folder: &Path, hasher: &mut DefaultHasher) -> Result<(), Box<dyn Error>> {
    let mut entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        if entry.file_type()?.is_dir() {
            read(&entry.path(), hasher)?;
        } else {
            hasher.write(&fs::read(entry.path())?);
        }
    }
    Ok(())
}
