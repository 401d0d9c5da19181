//! The demonstration's password: random, kept beside its data, readable by its owner only.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use secrecy::{ExposeSecret, SecretString};

use crate::command::failure::Failure;
use crate::command::password;

const FILE: &str = "mot-de-passe.txt";

/// The kept password, made at the first start.
pub fn password(data: &Path) -> Result<SecretString, Failure> {
    let file = data.join(FILE);
    match std::fs::read_to_string(&file) {
        Ok(text) => Ok(text.trim().to_owned().into()),
        Err(error) if error.kind() == ErrorKind::NotFound => keep_new(&file),
        Err(error) => Err(Failure::file(format!("lecture de {}", file.display()))(
            error,
        )),
    }
}

fn keep_new(file: &Path) -> Result<SecretString, Failure> {
    let password = password::generate();
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file)
        .and_then(|mut kept| writeln!(kept, "{}", password.expose_secret()))
        .map_err(Failure::file(format!("écriture de {}", file.display())))?;
    Ok(password)
}
