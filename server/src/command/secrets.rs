//! `neopro secrets`: what the deployment guide has made by openssl, PowerShell or a web site.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::failure::Failure;

/// Bytes behind `JWT_SECRET`, as `openssl rand -base64 48` takes them.
const JWT_BYTES: usize = 48;
/// Bytes behind `MFA_ENCRYPTION_KEY`: 32 characters.
const MFA_BYTES: usize = 24;

/// Prints both as lines of an environment file.
pub fn run() -> Result<(), Failure> {
    println!("JWT_SECRET={}", fresh::<JWT_BYTES>());
    println!("MFA_ENCRYPTION_KEY={}", fresh::<MFA_BYTES>());
    Ok(())
}

fn fresh<const BYTES: usize>() -> String {
    STANDARD.encode(rand::random::<[u8; BYTES]>())
}
