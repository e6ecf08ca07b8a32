# Sourced. Names the Debian packages the tests use and installs them where that is allowed.
packages="chromium fonts-noto-cjk libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 postfix dovecot-imapd dovecot-lmtpd swaks mutt installation-guide-amd64 debian-faq ffmpeg clamav-daemon"
# Servers are started where none answers on loopback (databases.sh).
listens() { python3 -c 'import socket, sys; socket.create_connection(("127.0.0.1", int(sys.argv[1])), 1)' "$1" 2>/dev/null; }
listens 5432 || command -v initdb >/dev/null || packages="$packages postgresql"
listens 6379 || packages="$packages redis-server"
missing=""
for package in $packages; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
done
if [ -n "$missing" ]; then
  if [ "$(id -u)" = 0 ] && { [ -n "${CI:-}" ] || [ -n "${HANDRAIL_INSTALL:-}" ]; }; then
    echo "installing:$missing"
    apt-get update -qq
    # shellcheck disable=SC2086  # one word a package
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
  else
    echo "Some tests will be skipped. To run them all:  sudo apt-get install -y --no-install-recommends$missing"
  fi
fi
