//! Searching texts as people type them: case and French accents do not matter.

use sea_orm::sea_query::{Expr, ExprTrait, Func, FunctionCall, IntoColumnRef, LikeExpr};

/// What is read as what. SQLite's `lower` knows ASCII only, hence both cases.
const FOLDS: [(&str, &str); 16] = [
    ("àâäÀÂÄ", "a"),
    ("çÇ", "c"),
    ("éèêëÉÈÊË", "e"),
    ("îïÎÏ", "i"),
    ("ôöÔÖ", "o"),
    ("ùûüÙÛÜ", "u"),
    ("ÿŸ", "y"),
    ("ñÑ", "n"),
    ("œŒ", "oe"),
    ("æÆ", "ae"),
    ("’", "'"),
    ("–", "-"),
    ("áÁ", "a"),
    ("íÍ", "i"),
    ("óÓ", "o"),
    ("úÚ", "u"),
];

/// Whether `column` has `text` somewhere.
pub(crate) fn matches(column: impl IntoColumnRef, text: &str) -> Expr {
    let folded = FOLDS.iter().fold(
        Func::lower(Expr::col(column)),
        |expression: FunctionCall, (letters, plain)| {
            letters.chars().fold(expression, |expression, letter| {
                Func::cust("replace")
                    .arg(expression)
                    .arg(letter.to_string())
                    .arg(*plain)
            })
        },
    );
    Expr::expr(folded).like(pattern(text))
}

fn pattern(text: &str) -> LikeExpr {
    let mut folded = text.trim().to_lowercase();
    for (letters, plain) in FOLDS {
        folded = folded.replace(|letter| letters.contains(letter), plain);
    }
    let escaped = folded
        .replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_");
    LikeExpr::new(format!("%{escaped}%")).escape('\\')
}
