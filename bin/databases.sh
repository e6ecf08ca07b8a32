# Sourced. Finds PostgreSQL and Redis on loopback and says where; without them their tests are skipped by name.
answers() { python - "$1" <<'PY'
import socket, sys
try:
    socket.create_connection(("127.0.0.1", int(sys.argv[1])), 1).close()
except OSError:
    sys.exit(1)
PY
}
if [ -z "${TEST_DATABASE_URL:-}" ] && answers 5432; then
  export TEST_DATABASE_URL="postgres://postgres@127.0.0.1:5432/postgres"
fi
[ -n "${TEST_DATABASE_URL:-}" ] || echo "PostgreSQL does not answer on 127.0.0.1:5432: its half of the tests is skipped. Set TEST_DATABASE_URL to run it."
if [ -z "${TEST_REDIS_URL:-}" ] && answers 6379; then
  export TEST_REDIS_URL="redis://127.0.0.1:6379/15" TEST_REDIS_URL_2="redis://127.0.0.1:6379/14"
fi
[ -n "${TEST_REDIS_URL:-}" ] || echo "Redis does not answer on 127.0.0.1:6379: its tests are skipped. Set TEST_REDIS_URL to run them."
