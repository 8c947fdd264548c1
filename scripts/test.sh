#!/usr/bin/env bash
# The whole suite, from an empty machine: on SQLite and the file queue, who may do what, then what
# touches databases and queues on PostgreSQL and Redis beside the browser. All run even when one fails.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

want has_postgresql postgresql postgresql-client
want has_redis redis-server
. /etc/os-release
# Ubuntu's package chromium only points to a snap; there Playwright brings its own.
[ "$ID" = ubuntu ] || want has_browser chromium
prepare_check
has_browser || "$PYTHON" -m playwright install --with-deps chromium

DATA=$(mktemp -d)
export DATA CI=true FIRST_START=$DATA/first-start
trap 'rm -rf "$DATA"' EXIT
unset DATABASE_URL REDIS_URL PRODUCTION DEBUG PORTAL_NOW HOST PORT
failed=0

run() {
  echo "== $1"
  "${@:2}" </dev/null
}

# Which lines ran is counted on request (COVERAGE=1 make test): it makes every test half as slow again.
run "SQLite, hàng đợi bằng tệp" \
  "$PYTHON" -m pytest -q -n 2 --dist loadfile -m "not browser" --ignore tests/matrix \
  ${COVERAGE:+--cov --cov-report=term:skip-covered} || failed=1
run "Ai được làm gì" \
  "$PYTHON" -m pytest -q -n 2 --dist load tests/matrix || failed=1
# Each of these two waits most of the time for a process of its own: side by side, printed in turn.
run "PostgreSQL, Redis" \
  scripts/pgtmp.sh scripts/redistmp.sh "$PYTHON" -m pytest -q -m "(database or queue) and not browser" \
  >"$DATA/postgresql" 2>&1 &
run "Trình duyệt" \
  "$PYTHON" -m pytest -q -m browser || failed=1
wait $! || failed=1
cat "$DATA/postgresql"
exit $failed
