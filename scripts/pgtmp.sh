#!/usr/bin/env bash
# pgtmp.sh COMMAND...: run a command with DATABASE_URL naming a PostgreSQL made for it alone.
# Works as root (the server then belongs to the user postgres) and as an ordinary user.
set -euo pipefail

bin=$(compgen -G '/usr/lib/postgresql/*/bin' | sort -V | tail -1)
dir=$(mktemp -d)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
as=()
if [ "$(id -u)" = 0 ]; then
  chown postgres "$dir"
  as=(setpriv --reuid=postgres --regid=postgres --init-groups)
fi
server() { (cd / && "${as[@]}" "$bin/$1" -D "$dir/data" "${@:2}"); } # postgres may not enter our folder

stop() {
  server pg_ctl -m immediate -s stop || true
  rm -rf "$dir"
}
trap stop EXIT
trap 'exit 143' TERM INT

server initdb -U portal -A trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
# Nothing here must outlive a power cut, so nothing waits for the disk.
server pg_ctl -w -s -l "$dir/log" -o "-p $port -k $dir -c listen_addresses=127.0.0.1 -c fsync=off \
  -c synchronous_commit=off -c full_page_writes=off" start </dev/null
DATABASE_URL=postgres://portal@127.0.0.1:$port/postgres "$@"
