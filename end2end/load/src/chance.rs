//! Chance that comes out the same for the same seed.

use rand::SeedableRng;
use rand::rngs::StdRng;
use sha2::{Digest, Sha256};

/// The chance of one thing: `of` names it, `number` tells it from its like.
pub(crate) fn of(seed: u64, of: &str, number: usize) -> StdRng {
    StdRng::from_seed(bytes(seed, of, number))
}

/// 32 bytes of the same kind.
pub(crate) fn bytes(seed: u64, of: &str, number: usize) -> [u8; 32] {
    Sha256::digest(format!("{seed}|{of}|{number}")).into()
}

#[cfg(test)]
mod tests {
    use super::bytes;

    #[test]
    fn the_same_seed_gives_the_same_and_another_thing_gives_another() {
        assert_eq!(bytes(1, "key", 2), bytes(1, "key", 2));
        assert_ne!(bytes(1, "key", 2), bytes(1, "key", 3));
        assert_ne!(bytes(1, "key", 2), bytes(2, "key", 2));
        assert_ne!(bytes(1, "key", 2), bytes(1, "plays", 2));
    }
}
