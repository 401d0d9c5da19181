//! Dependencies point downwards only.

use std::process::Command;

#[test]
fn the_player_links_no_dashboard_database_or_server() {
    let tree = tree(&["-p", "pi-client"]);
    refuse(
        &tree,
        &[
            "leptos",
            "server_fn",
            "sea-orm",
            "sqlx",
            "domain",
            "app",
            "server",
            "utoipa",
        ],
    );
    assert!(tree.contains("api v"));
}

#[test]
fn the_wasm_links_no_runtime_database_or_domain() {
    let tree = tree(&["-p", "frontend", "--target", "wasm32-unknown-unknown"]);
    refuse(
        &tree,
        &[
            "axum",
            "sea-orm",
            "sqlx",
            "hyper",
            "domain",
            "server",
            "mio",
            "leptos_axum",
            "utoipa",
        ],
    );
    assert!(tree.contains("app v"));
}

#[test]
fn the_domain_knows_neither_http_servers_nor_html() {
    refuse(
        &tree(&["-p", "domain"]),
        &["axum", "leptos", "utoipa", "app", "server"],
    );
}

fn tree(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--edges", "normal", "--prefix", "none"])
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

fn refuse(tree: &str, names: &[&str]) {
    for line in tree.lines() {
        let name = line.split(' ').next().unwrap_or_default();
        assert!(!names.contains(&name), "{line}");
    }
}
