//! Tables of text, as documents quote them.

/// Rows under a head, every column as wide as its widest cell. The first column is text, the
/// others are figures and stand right.
pub(crate) fn markdown<const N: usize>(head: [&str; N], rows: &[[String; N]]) -> String {
    let width = |column: usize| {
        let cells = rows.iter().map(|row| row[column].chars().count());
        cells
            .chain([head[column].chars().count()])
            .max()
            .unwrap_or(0)
    };
    let widths: [usize; N] = std::array::from_fn(width);
    let padded = |(column, cell): (usize, &&str)| {
        let width = widths[column];
        match column {
            0 => format!(" {cell:<width$} |"),
            _ => format!(" {cell:>width$} |"),
        }
    };
    let line = |cells: [&str; N]| cells.iter().enumerate().map(padded).collect::<String>();
    let rule = widths.iter().enumerate().map(|(column, width)| {
        let end = if column == 0 { "-" } else { ":" };
        "-".repeat(width + 1) + end + "|"
    });
    let mut lines = vec![line(head), rule.collect()];
    lines.extend(
        rows.iter()
            .map(|row| line(row.each_ref().map(String::as_str))),
    );
    lines
        .iter()
        .map(|line| ["|", line, "\n"].concat())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::markdown;

    #[test]
    fn columns_line_up() {
        let row = |name: &str, figure: &str| [name.to_owned(), figure.to_owned()];
        let table = markdown(["what", "ms"], &[row("état", "1.5"), row("report", "12")]);
        assert_eq!(
            table,
            "| what   |  ms |\n|--------|----:|\n| état   | 1.5 |\n| report |  12 |\n"
        );
    }
}
