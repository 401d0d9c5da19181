#!/usr/bin/env bash
# What the tests need beside the tools: real servers and a real browser, from Debian. The tests
# start the servers themselves, on ports and in folders of their own.
set -euo pipefail
source "$(dirname "$0")/lib.sh"

missing=()
# wanted PACKAGE PROGRAM…: the package is missing when none of the programs is there.
wanted() {
  local package=$1 program
  shift
  for program in "$@"; do
    have "$program" && return
  done
  missing+=("$package")
}
wanted postgresql /usr/lib/postgresql/*/bin/postgres
wanted pgbouncer pgbouncer /usr/sbin/pgbouncer
wanted redis-server redis-server
wanted apache2-bin /usr/sbin/apache2
wanted openssl openssl
wanted unzip unzip
wanted chromium "${CHROMIUM:-chromium}"
[ ${#missing[@]} -gt 0 ] || exit 0

if [ "$(id -u)" != 0 ] || ! have apt-get; then
  stop "The tests need Debian's ${missing[*]}. Run: sudo apt-get install -y --no-install-recommends ${missing[*]}"
fi
install() {
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -q && apt-get install -q -y --no-install-recommends "${missing[@]}"
}
timed "Installing Debian's ${missing[*]} (1 min)" install
