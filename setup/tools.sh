#!/usr/bin/env bash
# What building needs: wasm target, cargo-leptos, wasm-bindgen, npm packages. Does nothing twice.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
cd "$root"

leptos=0.3.10 # 0.3.11's lock wants a newer compiler
bindgen=$(sed -n 's/^wasm-bindgen = "=\(.*\)"$/\1/p' Cargo.toml) # both halves must be the same version

have cargo || stop "Rust is missing: install it with rustup (https://rustup.rs), then run this again."
have cc || stop "A C compiler is missing. On Debian: sudo apt-get install -y build-essential"
have npm || stop "Node.js with npm is missing: version 20 or newer."
[ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] || stop "Node.js $(node --version) is too old: 20 or newer."

# From /, so that the settings of this workspace do not reach the tools' own builds.
install_leptos() { (cd / && CARGO_PROFILE_DEV_DEBUG=0 cargo install --quiet --locked --debug --force "cargo-leptos@$leptos"); }
install_bindgen() { (cd / && cargo install --quiet --force "wasm-bindgen-cli@$bindgen"); }

ls "$(rustc --print sysroot)"/lib/rustlib/wasm32-unknown-unknown/lib/libstd-*.rlib >/dev/null 2>&1 ||
  timed "Installing Rust's wasm32 target (1 min)" setup/wasm-target.sh
[ "$(wasm-bindgen --version 2>/dev/null)" = "wasm-bindgen $bindgen" ] ||
  timed "Installing wasm-bindgen $bindgen (3 min)" install_bindgen
[ "$(cargo leptos --version 2>/dev/null)" = "cargo-leptos $leptos" ] ||
  timed "Installing cargo-leptos $leptos (6 min)" install_leptos

npm_packages style
npm_packages end2end
