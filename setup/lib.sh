# Shared by the scripts of this folder: `source "$(dirname "$0")/lib.sh"`.
# shellcheck shell=bash
# shellcheck disable=SC2034 # for those who source this
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# cargo-leptos takes tailwindcss and wasm-opt from here.
export PATH="$root/style/node_modules/.bin:${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"

say() { printf '\033[1m» %s\033[0m\n' "$*" >&2; }
stop() { printf '\033[1;31m✗ %s\033[0m\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# timed LABEL COMMAND…: runs it, then says how long it took; $NEOPRO_MINUTES collects the parts.
timed() {
  local label=$1 start=$SECONDS status=0 line
  shift
  say "$label"
  "$@" || status=$?
  line=$(awk -v s=$((SECONDS - start)) -v l="$label" 'BEGIN { printf "%5.1f min  %s", s / 60, l }')
  printf '%s%s\n' "$line" "$([ "$status" = 0 ] || echo ' (failed)')" | tee -a "${NEOPRO_MINUTES:-/dev/null}" >&2
  return "$status"
}

# fingerprint PATH…: one hash over the names and contents of all files there.
fingerprint() {
  find "$@" -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1
}

# npm_packages FOLDER: exactly what its lock file names.
npm_packages() {
  local stamp=$1/node_modules/.stamp wanted
  wanted=$(fingerprint "$1/package-lock.json")
  [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && return
  timed "Installing the npm packages of $1/ (10 s)" npm ci --prefix "$1" --ignore-scripts --no-audit --no-fund --loglevel=error
  echo "$wanted" >"$stamp"
}
