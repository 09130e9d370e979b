# Sourced by postgres.sh and redis.sh: programs from Debian packages without installing anything.
#
# `unpack SUITE TARGET PACKAGE KEEP_REGEX` resolves PACKAGE in a Debian release (its own apt state, the ordinary
# signed archive), unpacks it with the libraries whose names match KEEP_REGEX into TARGET, and needs neither root nor
# a chroot. `wrap TARGET PROGRAM...` makes the programs start through that release's own loader and C library, so a
# server of another release runs on this one.

CACHE=${XDG_CACHE_HOME:-${HOME:-/var/tmp}/.cache}/idlock-test
# Postgres refuses to run as root, and the user that it runs as instead cannot look into /root.
[ "$(id -u)" = 0 ] && [ -z "${XDG_CACHE_HOME:-}" ] && CACHE=/var/cache/idlock-test
KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg

fail() { printf '%s\n' "$*" >&2; exit 1; }

can_unpack() {
  command -v apt-get dpkg-deb flock setpriv >/dev/null && [ -r "$KEYRING" ] && grep -qx 'ID=debian' /etc/os-release
}

mirror() {
  sed -n 's/^URIs: *//p; s/^deb \(\[[^]]*\] \)\{0,1\}\([^ ]*\) .*/\2/p' \
    /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null | grep -v security | head -1
}

unpack() {
  suite=$1 target=$2 package=$3 keep=$4
  [ -f "$target/.complete" ] && return 0
  apt=$target.apt
  rm -rf "$target" "$apt"
  mkdir -p "$target" "$apt/lists/partial" "$apt/archives/partial"
  : >"$apt/status"
  url=$(mirror)
  [ -n "$url" ] || fail "apt knows no Debian archive: set DATABASE_URL and REDIS_URL instead"
  printf 'deb [signed-by=%s] %s %s main\n' "$KEYRING" "$url" "$suite" >"$apt/sources.list"
  apt_get() {
    apt-get -q -o Dir::State="$apt" -o Dir::State::lists="$apt/lists" -o Dir::State::status="$apt/status" \
      -o Dir::Cache="$apt" -o Dir::Cache::archives="$apt/archives" -o Dir::Etc::sourcelist="$apt/sources.list" \
      -o Dir::Etc::sourceparts=- -o Dir::Etc::preferences=- -o Dir::Etc::preferencesparts=- \
      -o APT::Sandbox::User=root -o Acquire::Languages=none -o Acquire::Retries=3 -o Debug::NoLocking=1 "$@"
  }
  echo "Unpacking $package of Debian $suite into $target (once)" >&2
  apt_get update >"$apt/log" 2>&1 || { tail "$apt/log" >&2; fail "Debian's archive does not answer: set DATABASE_URL and REDIS_URL instead"; }
  # Resolved against an empty status file, so the list is complete whatever is installed here.
  wanted=$(apt_get install --print-uris -y --no-install-recommends $package 2>>"$apt/log" |
    sed -n "s#^'[^']*/\([^_/]*\)_[^/]*' .*#\1#p" | sed 's/%2b/+/g' | grep -E "^($keep)\$")
  [ -n "$wanted" ] || { tail "$apt/log" >&2; fail "Debian $suite has no package \"$package\" for this machine"; }
  (cd "$apt/archives" && apt_get download $wanted >>"$apt/log" 2>&1) || { tail "$apt/log" >&2; fail "Cannot download $package"; }
  for deb in "$apt"/archives/*.deb; do dpkg-deb -x "$deb" "$target"; done
  rm -rf "$apt" "$target/usr/share/doc" "$target/usr/share/man" "$target/usr/share/locale"
}

wrap() {
  root=$1
  shift
  loader=$(find "$root/usr/lib64" "$root/lib64" "$root/usr/lib" "$root/lib" -maxdepth 1 -name 'ld-linux-*.so.*' 2>/dev/null | head -1)
  libraries=$(ls -d "$root"/lib/*-linux-gnu* "$root"/usr/lib/*-linux-gnu* 2>/dev/null | tr '\n' ':')
  for program in "$@"; do
    # A program behind a link (redis-server is redis-check-rdb) learns from argv[0] what it is.
    cp -L "$program" "$program.real"
    rm "$program"
    printf '#!/bin/sh\nexec "%s" --library-path "%s" --argv0 "%s" "%s.real" "$@"\n' \
      "$loader" "$libraries" "$program" "$program" >"$program"
    chmod 755 "$program"
  done
  touch "$root/.complete"
}

# Below the range that the kernel gives to outgoing connections (32768 and up).
random_port() { echo $((20000 + $(od -An -N2 -tu2 /dev/urandom) % 12000)); }
