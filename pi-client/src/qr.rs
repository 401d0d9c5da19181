//! QR codes as SVG paths.

use std::fmt::Write;

use fast_qr::{ECL, QRBuilder};

use crate::show::Qr;

/// The QR code of a link; empty when it is too long for one.
pub(crate) fn of(link: &str) -> Qr {
    // Level M: read by phones from across a hall, dirty glass included.
    let Ok(code) = QRBuilder::new(link).ecl(ECL::M).build() else {
        return Qr {
            size: 0,
            path: String::new(),
        };
    };
    let dark = (0..code.size)
        .flat_map(|row| (0..code.size).map(move |column| (column, row)))
        .filter(|(column, row)| code[*row][*column].value());
    let mut path = String::new();
    for (column, row) in dark {
        write!(path, "M{column} {row}h1v1h-1z").expect("a text takes every text");
    }
    Qr {
        size: code.size,
        path,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_link_becomes_a_square_of_modules() {
        let qr = super::of("https://neopro.example.fr/sites/link?code=KXPT-DRWM");
        assert!(qr.size >= 25);
        assert!(
            qr.path.starts_with("M0 0h1v1h-1z"),
            "the finder's corner is dark"
        );
        assert_eq!(super::of(&"x".repeat(5_000)).size, 0);
    }
}
