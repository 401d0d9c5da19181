//! One line of the table.

use crate::table;

/// What was measured, what it is compared with, and what was aimed at.
pub(crate) struct Line {
    pub(crate) what: String,
    pub(crate) measured: String,
    /// The limit measured in the same run, where there is one.
    pub(crate) limit: String,
    pub(crate) ratio: Option<f64>,
    pub(crate) aim: String,
    pub(crate) met: bool,
}

/// The table of these lines.
pub(crate) fn table(lines: &[Line]) -> String {
    let rows: Vec<[String; 6]> = lines.iter().map(row).collect();
    table::markdown(
        ["measured", "figure", "limit", "ratio", "aim", "met"],
        &rows,
    )
}

fn row(line: &Line) -> [String; 6] {
    let ratio = line.ratio.map_or_else(String::new, |ratio| match ratio {
        ratio if ratio < 0.1 => format!("1/{:.0}", 1.0 / ratio),
        ratio => format!("{ratio:.2}"),
    });
    let met = if line.met { "yes" } else { "NO" };
    [
        line.what.clone(),
        line.measured.clone(),
        line.limit.clone(),
        ratio,
        line.aim.clone(),
        met.to_owned(),
    ]
}
