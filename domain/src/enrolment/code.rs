//! Pairing codes and poll secrets.

use api::enrolment::{CODE_ALPHABET, CODE_LETTERS, PairingCode};
use rand::RngExt;

/// A random code: 20^8, about 2^34 of them.
pub(super) fn draw() -> PairingCode {
    let mut random = rand::rng();
    let letters: String = (0..CODE_LETTERS)
        .map(|_| char::from(CODE_ALPHABET[random.random_range(0..CODE_ALPHABET.len())]))
        .collect();
    PairingCode::parse(&letters).expect("letters of the alphabet make a code")
}

/// A secret of 256 bits.
pub(super) fn secret() -> String {
    hex::encode(rand::random::<[u8; 32]>())
}
