#!/usr/bin/env bash
# Walks the deployment guide step by step on PostgreSQL behind PgBouncer, Redis with TLS, Garage as the
# S3 server, Apache for the dashboard, and Chromium. STORE=light takes the lighter S3 server of the
# daily tests.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
cd "$root"

garage=2.5.0
build_garage() {
  [ "$(cat target/garage/version 2>/dev/null)" = "$garage" ] && return
  # Its own resolution and folder: nothing of ours is built a second time.
  CARGO_TARGET_DIR=target/garage/build CARGO_PROFILE_DEV_DEBUG=0 RUSTFLAGS='' \
    cargo install garage --version "$garage" --locked --debug --root target/garage
  rm -rf target/garage/build
  echo "$garage" >target/garage/version
}

store=${STORE:-garage}
[ "$store" != garage ] || timed "Garage (5 min, once)" build_garage
timed "Build: dashboard" setup/frontend.sh
timed "Build: server" cargo build --workspace --exclude frontend --exclude pi-client --features app/ssr --bins --tests --examples
timed "Build: player" cargo build -p pi-client --bin neopro-player
STORE=$store timed "The deployment guide" node end2end/guide/run.js
