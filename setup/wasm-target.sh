#!/usr/bin/env bash
# Gives this compiler its wasm32-unknown-unknown standard library: by rustup, or, where rustup
# cannot reach its server, built from Debian's rust-src package of exactly this version.
set -euo pipefail
source "$(dirname "$0")/lib.sh"

sysroot=$(rustc --print sysroot)
target=$sysroot/lib/rustlib/wasm32-unknown-unknown/lib
installed() { ls "$target"/libstd-*.rlib >/dev/null 2>&1; }

if have rustup; then
  timeout 120 rustup target add wasm32-unknown-unknown || true
  installed && exit
fi

version=$(rustc --version | cut -d' ' -f2)
help="run 'rustup target add wasm32-unknown-unknown' on a connection that reaches rustup's server"
say "rustup could not bring the target; building it from Debian's rust-src $version (2 min)"
have apt-get || stop "No apt here either: $help."

work=$(mktemp -d)
trap 'rm -rf "$work" "$sysroot/lib/rustlib/src/rust.neopro"' EXIT

# A catalogue of our own, so that the machine's stays as it is. apt checks the signatures.
# The mirror is the one that the machine's own sources name.
# shellcheck disable=SC2016 # apt expands them
mirror=$(apt-get indextargets --format '$(ORIGIN) $(REPO_URI)' 'Created-By: Packages' |
  awk '$1 == "Debian" && $2 !~ /security/ { print $2; exit }')
[ -n "$mirror" ] || stop "No Debian mirror in apt's sources: $help."
keys=/usr/share/keyrings/debian-archive-keyring.gpg
mkdir -p "$work"/{lists/partial,cache/archives/partial}
for suite in trixie-backports sid; do
  echo "deb [signed-by=$keys] $mirror $suite main"
done >"$work/sources.list"
apt_here() {
  apt-get --quiet \
    -o Dir::Etc::SourceList="$work/sources.list" -o Dir::Etc::SourceParts=- \
    -o Dir::State::Lists="$work/lists" -o Dir::Cache="$work/cache" \
    -o APT::Sandbox::User="$(id -un)" -o Acquire::Languages=none \
    -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false "$@"
}
apt_here update
package=$(apt-cache -o Dir::Etc::SourceList="$work/sources.list" -o Dir::Etc::SourceParts=- \
  -o Dir::State::Lists="$work/lists" -o Dir::Cache="$work/cache" madison rust-src |
  awk -F' *\\| *' -v v="$version" 'index($2, v) == 1 { print $2; exit }')
[ -n "$package" ] || stop "Debian has no rust-src $version: $help."
(cd "$work" && apt_here download "rust-src=$package")
dpkg-deb --extract "$work"/rust-src_*.deb "$work/unpacked"

# Cargo looks for the sources in the sysroot; they leave it again afterwards.
sources=$(dirname "$(find "$work/unpacked" -path '*/library/Cargo.lock' -print -quit)")
[ -d "$sources" ] || stop "The package rust-src $package has no library sources: $help."
place=$sysroot/lib/rustlib/src/rust
if [ -e "$place" ]; then
  stop "$place is there already; remove it, then run this again."
fi
trap 'rm -rf "$work" "$place"' EXIT
mkdir -p "$place"
cp -r "$sources" "$place/library"

cargo new --quiet --lib --vcs none --name empty "$work/empty"
(cd "$work/empty" && RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR="$work/target" cargo build --release \
  --target wasm32-unknown-unknown -Zbuild-std=std,panic_abort,panic_unwind,proc_macro)
mkdir -p "$target"
find "$work/target/wasm32-unknown-unknown/release/deps" -name '*.rlib' ! -name 'libempty-*' -exec cp {} "$target/" \;
installed || stop "The build brought no standard library: $help."
