#!/usr/bin/env bash
# Every check of the house. All of them run, so that one look shows everything that is wrong.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

prepare_check
DATA=$(mktemp -d)
export DATA
trap 'rm -rf "$DATA"' EXIT
failed=()

check() {
  local name=$1
  shift
  echo "== $name"
  "$@" || failed+=("$name")
}

# The settings of a real server, with made-up secrets, so that Django's own advice is followed.
deploy() {
  env -u DEBUG PRODUCTION=1 SECRET_KEY="$(head -c 48 /dev/urandom | base64 -w0)" \
    ALLOWED_HOSTS=thidua.example.vn EMAIL_URL=smtp+tls://cong:thu@thu.example.vn:587 \
    "$PYTHON" manage.py check --deploy --fail-level WARNING
}

check "ruff check" "$PYTHON" -m ruff check .
check "ruff format" "$PYTHON" -m ruff format --check .
check "import-linter" .venv/bin/lint-imports
check "mypy" "$PYTHON" -m mypy
check "djhtml" .venv/bin/djhtml --check --tabwidth 2 templates
check "migrations" "$PYTHON" manage.py makemigrations --check --dry-run
check "deployment" deploy

if [ ${#failed[@]} -gt 0 ]; then
  printf 'Chưa đạt: %s\n' "${failed[@]}" >&2
  exit 1
fi
echo "Tất cả kiểm tra đều đạt."
