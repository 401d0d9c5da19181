#!/usr/bin/env bash
# What Lighthouse says of the dashboard that `make run` starts, filled with a season's data.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
cd "$root"

npm_packages end2end/lighthouse
timed "Dashboard" setup/frontend.sh
timed "Server" cargo build --release --quiet -p server --bin neopro
PROFILE=release timed "Lighthouse" node end2end/lighthouse/run.js
