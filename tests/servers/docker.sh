# Sourced by postgres.sh and redis.sh: the same servers from images, where a Docker engine answers.

has_docker() { command -v docker >/dev/null && docker info >/dev/null 2>&1; }

# docker_up DIR CONTAINER_PORT IMAGE [docker run option...]: prints the address on this machine.
docker_up() {
  dir=$1 port=$2 image=$3
  shift 3
  if [ ! -s "$dir/container" ]; then
    docker run --detach --rm --label idlock-test --publish "127.0.0.1::$port" "$@" "$image" >"$dir/container"
  fi
  docker port "$(cat "$dir/container")" "$port/tcp" | head -1
}

docker_down() { [ ! -s "$1/container" ] || docker rm --force --volumes "$(cat "$1/container")" >/dev/null; }
