#!/bin/sh
# A throw-away PostgreSQL 17 with pgvector for tests, on the loopback interface.
#   postgres.sh up DIR    starts it with its data in DIR unless it runs already; prints its URL
#   postgres.sh down DIR  stops it; the caller removes DIR
# From Debian packages (41 MB, unpacked once into a cache folder, nothing is installed), else from a Docker image.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/debian-packages.sh"
. "$here/docker.sh"
[ $# = 2 ] || fail "usage: $0 up|down DIR"
command=$1 dir=$2
root=$CACHE/postgres-17-trixie
bin=$root/usr/lib/postgresql/17/bin
# What the server links to; LLVM, perl and Z3 (300 MB) are left out, so jit stays off.
libraries='postgresql-17|postgresql-17-pgvector|postgresql-client-17|libc6|libpq5|libssl3t64|libxml2|libicu76|libzstd1|liblz4-1|liblzma5|zlib1g|libgssapi-krb5-2|libkrb5-3|libkrb5support0|libk5crypto3|libcom-err2|libkeyutils1|libldap2|libsasl2-2|libsystemd0|libcap2|libuuid1|libpam0g|libaudit1|libcap-ng0|libselinux1|libpcre2-8-0|libtinfo6|libreadline8t64|libedit2|libbsd0|libmd0|libstdc\+\+6|libgcc-s1|libxslt1.1|libgcrypt20|libgpg-error0|libnuma1|liburing2|tzdata'

unpack_postgres() {
  mkdir -p "$CACHE"
  exec 8>"$CACHE/postgres.lock"
  flock -w 300 8 || fail "Another process has been unpacking Postgres for 5 minutes: see $CACHE"
  if [ ! -f "$root/.complete" ]; then
    unpack trixie "$root" 'postgresql-17 postgresql-17-pgvector' "$libraries"
    wrap "$root" "$bin/postgres" "$bin/initdb" "$bin/pg_ctl"
  fi
  exec 8>&-
}

# Postgres refuses to run as root.
unprivileged() {
  if [ "$(id -u)" = 0 ]; then
    user=postgres
    id "$user" >/dev/null 2>&1 || user=nobody
    setpriv --reuid "$(id -u "$user")" --regid "$(id -g "$user")" --clear-groups -- "$@"
  else
    "$@"
  fi
}

create_cluster() {
  data=$dir/data
  [ -f "$data/idlock-ready" ] && return 0
  rm -rf "$data"
  mkdir -p "$data"
  chmod 700 "$data"
  if [ "$(id -u)" = 0 ]; then
    user=postgres
    id "$user" >/dev/null 2>&1 || user=nobody
    chown "$(id -u "$user"):$(id -g "$user")" "$data"
  fi
  unprivileged test -x "$bin/postgres" -a -w "$data" ||
    fail "Postgres does not run as root, and its user \"$user\" cannot reach $bin and $data: set XDG_CACHE_HOME and TMPDIR to folders that it can"
  (cd / && unprivileged "$bin/initdb" -D "$data" -U postgres -A trust --locale=C.UTF-8 -E UTF8 -N) >"$dir/initdb.log" 2>&1 ||
    { cat "$dir/initdb.log" >&2; exit 1; }
  # The data is thrown away after the run, so nothing waits for the disk.
  cat >>"$data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
jit = off
fsync = off
synchronous_commit = off
full_page_writes = off
CONF
  touch "$data/idlock-ready"
}

start_cluster() {
  for _ in 1 2 3 4 5; do
    port=$(random_port)
    # Without the lock's descriptor: the server outlives this script.
    if (cd / && unprivileged "$bin/pg_ctl" -D "$dir/data" -o "-p $port" -l "$dir/data/server.log" -w -t 60 start 9>&-) >"$dir/start.log" 2>&1; then
      echo "postgres://postgres@127.0.0.1:$port/postgres" >"$dir/url"
      return 0
    fi
  done
  cat "$dir/start.log" "$dir/data/server.log" >&2
  fail 'Postgres does not start'
}

is_running() { unprivileged "$bin/pg_ctl" -D "$dir/data" status >/dev/null 2>&1; }

up() {
  mkdir -p "$dir"
  exec 9>"$dir/lock"
  flock -w 300 9 || fail "Another process holds $dir/lock"
  if can_unpack; then
    unpack_postgres
    create_cluster
    is_running || start_cluster
    cat "$dir/url"
  elif has_docker; then
    address=$(docker_up "$dir" 5432 pgvector/pgvector:pg17 --env POSTGRES_HOST_AUTH_METHOD=trust)
    # The image starts a private server first; the one that listens on TCP is the real one.
    until docker exec "$(cat "$dir/container")" pg_isready --quiet --host 127.0.0.1; do sleep 0.2; done
    echo "postgres://postgres@$address/postgres"
  else
    fail 'The tests need PostgreSQL >= 16 with pgvector: set DATABASE_URL to a server where they may create databases, or start Docker. On Debian they bring their own.'
  fi
}

down() {
  if [ -s "$dir/container" ]; then
    docker_down "$dir"
  elif [ -d "$dir/data" ] && is_running; then
    (cd / && unprivileged "$bin/pg_ctl" -D "$dir/data" -m immediate -w stop) >/dev/null
  fi
}

case $command in
up) up ;;
down) down ;;
*) fail "usage: $0 up|down DIR" ;;
esac
