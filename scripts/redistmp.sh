#!/usr/bin/env bash
# redistmp.sh COMMAND...: run a command with REDIS_URL naming a Redis made for it alone.
set -euo pipefail

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
redis-server --port "$port" --bind 127.0.0.1 --save "" --appendonly no --dir /tmp --loglevel warning \
  </dev/null >/dev/null &
server=$!
trap 'kill "$server" 2>/dev/null || true' EXIT
trap 'exit 143' TERM INT
for _ in $(seq 100); do
  redis-cli -p "$port" ping >/dev/null 2>&1 && break
  sleep 0.1
done
REDIS_URL=redis://127.0.0.1:$port/0 "$@"
