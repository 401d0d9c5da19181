#!/usr/bin/env bash
# Measures the server that `make run` starts, and beside each figure the limit of this machine.
# BENCH=full follows the growth of pages up to 10 000 sites and 10 million plays; other words go to
# the program: BENCH='--only state'.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
cd "$root"

case "${BENCH:-}" in
  "") arguments=() ;;
  full) arguments=(--growth full) ;;
  *) read -ra arguments <<<"$BENCH" ;;
esac
timed "Dashboard" setup/frontend.sh
# Together: what the two share is compiled once, and as `make run` has it.
timed "Server and players" cargo build --release --quiet -p server --bin neopro -p load --bin neopro-load
machine=$(awk -F': *' '/model name/ { name = $2 } END { print name }' /proc/cpuinfo)
memory=$(awk '/MemTotal/ { printf "%.0f GB", $2 / 1e6 }' /proc/meminfo)
say "$(nproc) processors (${machine:-unknown}), $memory, Linux $(uname -r), $(rustc --version | cut -d' ' -f1,2)"
timed "Measuring" node end2end/load/production.js target/release/neopro-load bench "${arguments[@]}"
