#!/usr/bin/env bash
# What clubs and servers receive: target/neopro-{version}-{machine}.tar.gz.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
cd "$root"

timed "Dashboard" setup/frontend.sh
timed "Server" cargo build --profile dist -p server --bin neopro
timed "Player" cargo build --profile dist -p pi-client --bin neopro-player

version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -1)
name=neopro-$version-$(rustc -vV | sed -n 's/^host: //p')
folder=target/$name
rm -rf "$folder"
mkdir -p "$folder"
cp target/dist/neopro target/dist/neopro-player target/dist/hash.txt LICENSE "$folder/"
cp -r target/site "$folder/site"
sed 's|^site-root = .*|site-root = "site"|' Leptos.toml >"$folder/Leptos.toml"
tar -C target -czf "$folder.tar.gz" "$name"
say "$folder.tar.gz: $(du -h "$folder.tar.gz" | cut -f1)"
