//! Texts that people and machines hand in.

/// `text` as one line: without control characters (which PostgreSQL and logs refuse or
/// misread), without spaces around.
pub fn line(text: &str) -> String {
    let line: String = text
        .chars()
        .filter(|character| !character.is_control())
        .collect();
    line.trim().to_owned()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_line_has_no_control_characters() {
        assert_eq!(super::line(" Père\0 &\r\n Fils\u{7f} "), "Père & Fils");
    }
}
