#!/usr/bin/env bash
# Kills players and the server over a bad line and counts what is left; takes away, one after the
# other, what two servers stand on; sends a film of 1 GB.
# CHAOS=quick is the slice that `make test` runs; SEED=2 draws other chances.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
cd "$root"

timed "Build: server" cargo build --workspace --exclude frontend --exclude pi-client --features app/ssr --bins --tests --examples
timed "Build: player" cargo build -p pi-client --bin neopro-player
timed "Killing" node end2end/chaos/run.js
timed "Two instances" node end2end/chaos/instances.js
if [ "${CHAOS:-full}" = full ]; then
  timed "Build: dashboard" setup/frontend.sh
  timed "A film of 1 GB" node end2end/chaos/large.js
fi
