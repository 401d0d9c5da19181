//! How strict the server is.

use super::catalogue;
use super::variables::Variables;

/// How strict the server is.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Mode {
    /// Embedded defaults wherever nothing is set.
    #[default]
    Embedded,
    /// `NEOPRO_ENV=development`: the session cookie may travel on plain HTTP.
    Development,
    /// `NODE_ENV=production`: nothing may be left to an embedded default.
    Production,
}

impl Mode {
    /// Read from `NODE_ENV` (the deployment guide's) and `NEOPRO_ENV`. Production in either
    /// wins. `NODE_ENV=development` alone loosens nothing: many shells have it set for Node.
    pub fn read(variables: &mut Variables) -> Self {
        let node = variables
            .parsed(&catalogue::NODE_ENV, parse)
            .unwrap_or_default();
        let own = variables
            .parsed(&catalogue::NEOPRO_ENV, parse)
            .unwrap_or_default();
        match (node, own) {
            (Self::Production, _) | (_, Self::Production) => Self::Production,
            (_, own) => own,
        }
    }
}

fn parse(text: &str) -> Option<Mode> {
    match text {
        "production" => Some(Mode::Production),
        "development" => Some(Mode::Development),
        "test" => Some(Mode::Embedded),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Mode, Variables};

    #[test]
    fn production_wins_and_only_our_own_variable_loosens() {
        for (node, own, expected) in [
            ("", "", Mode::Embedded),
            ("development", "", Mode::Embedded),
            ("", "development", Mode::Development),
            ("production", "development", Mode::Production),
            ("development", "production", Mode::Production),
        ] {
            let mut variables = Variables::of(&[("NODE_ENV", node), ("NEOPRO_ENV", own)]);
            assert_eq!(Mode::read(&mut variables), expected, "{node}/{own}");
        }
    }
}
