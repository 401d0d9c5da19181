//! Who may do what, on one page.

use std::fmt::Write;
use std::path::Path;

use api::permission::{Permission, Role};

/// `UPDATE=1 cargo test …` writes the file anew.
#[test]
fn the_table_is_the_one_that_was_reviewed() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/permissions.txt");
    let current = table();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&file, &current).unwrap();
    }
    let reviewed = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        current == reviewed,
        "permissions have changed: review them with UPDATE=1\n{current}"
    );
}

fn table() -> String {
    let mut table = format!("{:<24}", "");
    for role in Role::ALL {
        write!(table, "{:>10}", role.as_str()).unwrap();
    }
    for permission in Permission::ALL {
        let name = serde_json::to_value(permission).unwrap();
        write!(table, "\n{:<24}", name.as_str().unwrap()).unwrap();
        for role in Role::ALL {
            let mark = if role.allows(permission) { "yes" } else { "-" };
            write!(table, "{mark:>10}").unwrap();
        }
    }
    table + "\n"
}
