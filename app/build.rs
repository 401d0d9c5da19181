//! Turns `locales/*.json` into the module `i18n`, checked at compile time: every key in both
//! languages, every placeholder filled.

use std::error::Error;
use std::path::PathBuf;

use leptos_i18n_build::options::CodegenOptions;
use leptos_i18n_build::{Config, ParseOptions, TranslationsInfos};

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
    let folder = PathBuf::from(std::env::var("OUT_DIR")?).join("i18n");
    translations.generate_i18n_module_with_options(folder, code)?;
    Ok(())
}
