#!/usr/bin/env bash
# Builds what has changed and starts the server: with a demo club and a trial player beside it,
# or empty in data/ (DEMO=0).
set -euo pipefail
source "$(dirname "$0")/lib.sh"
cd "$root"

[ -e target/site.stamp ] || say "The first build takes about 15 minutes on two cores; later ones, seconds."
timed "Dashboard" setup/frontend.sh
timed "Server" cargo build --release --quiet -p server --bin neopro
if [ "${DEMO:-1}" = 0 ]; then
  exec target/release/neopro serve
fi
timed "Player" cargo build --release --quiet -p pi-client --bin neopro-player
exec target/release/neopro demo --player target/release/neopro-player --clips end2end/clips/demo
