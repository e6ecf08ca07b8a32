# Sourced. Finds PostgreSQL and Redis on loopback, or starts servers of its own that end with `stop_databases`. Where there is
# neither, in CI the run ends here; elsewhere what needs them is skipped by name.
servers=$(mktemp -d)
# A server that answers but lets us not in is somebody else's.
postgresql_lets_us_in() {
  python -c 'import psycopg, sys; psycopg.connect(sys.argv[1], connect_timeout=2).close()' "$1" 2>/dev/null
}
redis_lets_us_in() {
  python -c 'import redis, sys; redis.Redis.from_url(sys.argv[1], socket_connect_timeout=2).ping()' "$1" 2>/dev/null
}
stop_databases() {
  for server in "$servers"/*.pid; do
    [ -e "$server" ] || continue
    kill "$(cat "$server")" 2>/dev/null || true
    for _ in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$(cat "$server")" 2>/dev/null && sleep 0.3; done
  done
  rm -rf "$servers"
}
# Starts a server of ours and waits until it wrote its address.   usage: started postgresql|redis -> the address
started() {
  python -m tests.own_servers "$1" "$servers/$1.url" >&2 &
  echo $! > "$servers/$1.pid"
  while [ ! -s "$servers/$1.url" ]; do
    kill -0 "$(cat "$servers/$1.pid")" 2>/dev/null || return 1
    sleep 0.2
  done
  cat "$servers/$1.url"
}
missing_database() {
  echo "$1"
  [ -z "${CI:-}" ] || { stop_databases; exit 1; }
}
usual="postgres://postgres@127.0.0.1:5432/postgres"
if [ -z "${TEST_DATABASE_URL:-}" ]; then
  if postgresql_lets_us_in "$usual"; then TEST_DATABASE_URL=$usual; else TEST_DATABASE_URL=$(started postgresql) || true; fi
fi
if [ -n "$TEST_DATABASE_URL" ]; then
  export TEST_DATABASE_URL
else
  unset TEST_DATABASE_URL
  missing_database "No PostgreSQL on 127.0.0.1:5432 and none to start: its half of the tests is skipped. Install postgresql, or set TEST_DATABASE_URL."
fi
if [ -z "${TEST_REDIS_URL:-}" ]; then
  if redis_lets_us_in redis://127.0.0.1:6379/15; then redis=redis://127.0.0.1:6379; else redis=$(started redis) || redis=; fi
  [ -z "$redis" ] || export TEST_REDIS_URL="$redis/15" TEST_REDIS_URL_2="$redis/14"
fi
[ -n "${TEST_REDIS_URL:-}" ] || missing_database "No Redis on 127.0.0.1:6379 and none to start: its tests are skipped. Install redis-server, or set TEST_REDIS_URL."
