//! Passwords that nobody has to invent.

use rand::seq::IndexedRandom;
use secrecy::SecretString;

/// Without letters and digits that look alike.
const LETTERS: &[u8] = b"abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
/// 54 letters: 20 of them carry 115 bits.
const LENGTH: usize = 20;

/// A random password that meets the rules.
pub fn generate() -> SecretString {
    let mut random = rand::rng();
    loop {
        let letters =
            (0..LENGTH).filter_map(|_| LETTERS.choose(&mut random).copied().map(char::from));
        let text: String = letters.collect();
        if is_mixed(&text) {
            return text.into();
        }
    }
}

fn is_mixed(text: &str) -> bool {
    [char::is_lowercase, char::is_uppercase, char::is_numeric]
        .iter()
        .all(|kind| text.chars().any(kind))
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::{LENGTH, generate, is_mixed};

    #[test]
    fn every_generated_password_meets_the_rules_and_is_another() {
        let (one, two) = (generate(), generate());
        assert!(is_mixed(one.expose_secret()));
        assert_eq!(one.expose_secret().len(), LENGTH);
        assert_ne!(one.expose_secret(), two.expose_secret());
    }
}
