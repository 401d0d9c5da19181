#!/usr/bin/env bash
# Everything that `make test` proves, part by part. `test.sh e2e` only what needs a browser.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
cd "$root"

# Two resolutions: the player alone, so that no feature of the others leaks into it, and the rest.
host=(--workspace --exclude frontend --exclude pi-client --features app/ssr)
if [ "${1:-all}" = all ]; then
  timed "Tests: server side" cargo test "${host[@]}"
  timed "Tests: player" cargo test -p pi-client
fi
timed "Build: dashboard" setup/frontend.sh
# `--tests` keeps the resolution of `cargo test`: nothing is compiled a second time.
timed "Build: server" cargo build "${host[@]}" --bins --tests --examples
timed "Build: player" cargo build -p pi-client --bin neopro-player
# The whole on both stacks at once, since tests mostly wait; what somebody asked for on the one they named.
if [ -z "${ONLY:-}${STACK:-}" ]; then
  timed "Tests: in the browser, on both stacks" node end2end/both.js
else
  timed "Tests: in the browser" node end2end/run.js
fi
# `ONLY` asks for one file of the browser's tests and nothing else.
[ -n "${ONLY:-}" ] || timed "Tests: the deployment guide" node end2end/guide/run.js
if [ "${1:-all}" = all ]; then
  CHAOS=quick timed "Tests: killed and counted" node end2end/chaos/run.js
  CHAOS=quick timed "Tests: two instances" node end2end/chaos/instances.js
fi
