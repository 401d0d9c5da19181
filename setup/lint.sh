#!/usr/bin/env bash
# Formatting, clippy for both targets, documentation, and the syntax of scripts. Warnings are errors.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
cd "$root"

host=(--workspace --exclude frontend --features app/ssr)
scripts() {
  local file
  for file in setup/*.sh end2end/clips/*.sh .ci/run; do bash -n "$file" || return; done
  if have shellcheck; then shellcheck -x -P setup setup/*.sh end2end/clips/*.sh .ci/run || return; fi
  for file in setup/*.js end2end/*.js end2end/*/*.js; do node --check "$file" || return; done
}
timed "Format" cargo fmt --all --check
timed "Scripts" scripts
timed "Clippy: server side and player" cargo clippy "${host[@]}" --all-targets -- -D warnings
timed "Clippy: dashboard in the browser" cargo clippy -p frontend --target wasm32-unknown-unknown -- -D warnings
RUSTDOCFLAGS=-Dwarnings timed "Documentation" cargo doc "${host[@]}" --no-deps --document-private-items
