//! `neopro openapi`

use std::io::{Write, stdout};

use super::failure::Failure;
use crate::openapi::document;

/// Writes the document to standard output.
pub fn run() -> Result<(), Failure> {
    let text = document().to_pretty_json().map_err(std::io::Error::other);
    text.and_then(|text| writeln!(stdout(), "{text}"))
        .map_err(Failure::file("écriture du document"))
}
