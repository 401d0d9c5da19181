#!/usr/bin/env bash
# The dashboard as files for a host of static files, in dist/central-dashboard. API_URL names its server.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
cd "$root"

[ -n "${API_URL:-}" ] || stop "Say where the server is: make dashboard API_URL=https://neopro-central.onrender.com"
timed "Build: dashboard" setup/frontend.sh
timed "Build: server" cargo build --release -p server --bin neopro
target/release/neopro dashboard --api-url "$API_URL" --out "${OUT:-dist/central-dashboard}"
