#!/bin/sh
# A throw-away Redis 7 for tests, on the loopback interface.
#   redis.sh up DIR    starts it with its data in DIR unless it runs already; prints its URL
#   redis.sh down DIR  stops it; the caller removes DIR
# From Debian packages (unpacked once into a cache folder, nothing is installed), else from a Docker image.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/debian-packages.sh"
. "$here/docker.sh"
[ $# = 2 ] || fail "usage: $0 up|down DIR"
command=$1 dir=$2
root=$CACHE/redis-7-bookworm
server=$root/usr/bin/redis-server
cli=$root/usr/bin/redis-cli
libraries='redis-server|redis-tools|lib(c6|gcc-s1|stdc\+\+6|ssl3|systemd0|cap2|gcrypt20|gpg-error0|lzf1|lz4-1|lzma5|zstd1|jemalloc2|lua5.1-0|hiredis[0-9.]*|atomic1)|lua-(bitop|cjson)'

unpack_redis() {
  mkdir -p "$CACHE"
  exec 8>"$CACHE/redis.lock"
  flock -w 300 8 || fail "Another process has been unpacking Redis for 5 minutes: see $CACHE"
  if [ ! -f "$root/.complete" ]; then
    unpack bookworm "$root" redis-server "$libraries"
    wrap "$root" "$server" "$cli"
  fi
  exec 8>&-
}

answers() { [ "$("$cli" -h 127.0.0.1 -p "$1" ping 2>/dev/null)" = PONG ]; }

is_running() { [ -f "$dir/port" ] && [ -f "$dir/pid" ] && kill -0 "$(cat "$dir/pid")" 2>/dev/null && answers "$(cat "$dir/port")"; }

start_server() {
  for _ in 1 2 3 4 5; do
    port=$(random_port)
    rm -f "$dir/pid"
    # Without the lock's descriptor: the server outlives this script.
    "$server" --port "$port" --bind 127.0.0.1 --dir "$dir" --pidfile "$dir/pid" --logfile "$dir/log" --daemonize yes \
      --maxmemory-policy noeviction --save '' --appendonly no 9>&- >/dev/null
    for _ in $(seq 100); do
      if [ -s "$dir/pid" ] && answers "$port"; then
        echo "$port" >"$dir/port"
        return 0
      fi
      sleep 0.05
    done
  done
  tail "$dir/log" >&2
  fail 'Redis does not start'
}

up() {
  mkdir -p "$dir"
  exec 9>"$dir/lock"
  flock -w 300 9 || fail "Another process holds $dir/lock"
  if can_unpack; then
    unpack_redis
    is_running || start_server
    echo "redis://127.0.0.1:$(cat "$dir/port")"
  elif has_docker; then
    echo "redis://$(docker_up "$dir" 6379 redis:7)"
  else
    fail 'The tests need Redis >= 7: set REDIS_URL, or start Docker. On Debian they bring their own.'
  fi
}

down() {
  if [ -s "$dir/container" ]; then
    docker_down "$dir"
  elif is_running; then
    "$cli" -h 127.0.0.1 -p "$(cat "$dir/port")" shutdown nosave >/dev/null 2>&1 || :
  fi
}

case $command in
up) up ;;
down) down ;;
*) fail "usage: $0 up|down DIR" ;;
esac
