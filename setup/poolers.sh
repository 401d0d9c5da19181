#!/usr/bin/env bash
# The whole domain suite before each kind of door that PostgreSQL may stand behind: none, Debian's
# PgBouncer in transaction mode, one that does not show itself, a newer one that keeps prepared
# statements by itself, and one that refuses to forget them, as Supabase's does.
# POOLERS='direct newer' runs some of them.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
cd "$root"

# 1.22 was the first to keep prepared statements and to understand DEALLOCATE ALL.
release=trixie
newer=$root/target/pgbouncer/pgbouncer

# Debian's newer source, fetched through the mirror that the machine's own sources name and checked
# against their signature, built beside the machine's own.
build_newer() {
  local work mirror keys=/usr/share/keyrings/debian-archive-keyring.gpg
  [ -x "$newer" ] && return
  if ! { have pkg-config && pkg-config --exists libevent; }; then
    [ "$(id -u)" = 0 ] || stop "Building PgBouncer needs: sudo apt-get install -y libevent-dev pkg-config"
    DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends libevent-dev pkg-config
  fi
  work=$(mktemp -d)
  # shellcheck disable=SC2016 # apt expands them
  mirror=$(apt-get indextargets --format '$(ORIGIN) $(REPO_URI)' 'Created-By: Packages' |
    awk '$1 == "Debian" && $2 !~ /security/ { print $2; exit }')
  [ -n "$mirror" ] || stop "No Debian mirror in apt's sources."
  mkdir -p "$work"/{lists/partial,cache/archives/partial}
  echo "deb-src [signed-by=$keys] $mirror $release main" >"$work/sources.list"
  apt_here() {
    apt-get --quiet -o Dir::Etc::SourceList="$work/sources.list" -o Dir::Etc::SourceParts=- \
      -o Dir::State::Lists="$work/lists" -o Dir::Cache="$work/cache" \
      -o APT::Sandbox::User="$(id -un)" -o Acquire::Languages=none "$@"
  }
  apt_here update
  (cd "$work" && apt_here source --download-only pgbouncer)
  mkdir "$work/source"
  tar -C "$work/source" --strip-components=1 -xf "$work"/pgbouncer_*.orig.tar.*
  (cd "$work/source" && ./configure --quiet --without-openssl --without-cares && make --quiet -j"$(nproc)" pgbouncer)
  mkdir -p "$(dirname "$newer")"
  cp "$work/source/pgbouncer" "$newer"
  rm -rf "$work"
}

suite() { cargo test --workspace --exclude frontend --exclude pi-client --features app/ssr --test suite; }

for pooler in ${POOLERS:-direct transaction quiet newer renaming}; do
  case $pooler in
    newer)
      timed "A newer PgBouncer" build_newer
      say "$("$newer" --version | head -1)"
      PGBOUNCER=$newer PGBOUNCER_SETTINGS="max_prepared_statements = 100" POOLER=transaction timed "Tests: $pooler" suite
      ;;
    *) POOLER=$pooler timed "Tests: $pooler" suite ;;
  esac
done
