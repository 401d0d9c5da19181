//! Server functions are reached from every place that the dashboard is served from.

use std::fs;
use std::path::Path;

#[test]
fn every_server_function_is_asked_by_the_client_that_knows_where_the_server_is() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/backend");
    let mut functions = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let source = fs::read_to_string(&path).unwrap();
        for line in source.lines().filter(|line| line.starts_with("#[server")) {
            if line.starts_with("#[server(default") {
                continue;
            }
            functions += 1;
            assert!(
                line.contains("client = Upstream"),
                "{}: {line}",
                path.display()
            );
        }
    }
    assert!(functions > 30, "{functions}");
}
