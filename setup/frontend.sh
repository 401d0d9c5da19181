#!/usr/bin/env bash
# The dashboard's files in target/site: wasm, script, stylesheet, fonts, each compressed beside
# itself. Built again only when something that goes into them has changed.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
cd "$root"

stamp=target/site.stamp
wanted=$(fingerprint Cargo.toml Cargo.lock .cargo api app frontend server/src style/package-lock.json \
  style/main.css style/css style/public setup/frontend.sh setup/compress.js)
if [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]; then
  rm -f "$stamp"
  cargo leptos build --release --frontend-only --split
  node setup/compress.js target/site
  cp target/release/hash.txt target/hash.txt
  echo "$wanted" >"$stamp"
fi
# The server reads the files' hashes beside its own binary, whichever profile that has.
for profile in debug release dist; do
  mkdir -p "target/$profile"
  cp target/hash.txt "target/$profile/hash.txt"
done
