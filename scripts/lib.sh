# What run.sh, test.sh and check.sh share: system packages, the Python environment, the assets.
# Every step asks first whether there is anything to do, so that a second start is quick.
# shellcheck shell=bash

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DEBIAN_FRONTEND=noninteractive PIP_DISABLE_PIP_VERSION_CHECK=1
PYTHON=.venv/bin/python

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }

# --- what the machine can already do, however it came to it ----------------------------------

has_certificates() { [ -e /etc/ssl/certs/ca-certificates.crt ]; }
has_python() { python3 -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
has_pango() { PATH="$PATH:/sbin:/usr/sbin" ldconfig -p | grep -q 'libpangoft2-1\.0\.so\.0'; }
has_postgresql() { compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; }
has_redis() { command -v redis-server >/dev/null; }
# A chromium that only says "install the snap" is none: it must name its version.
has_browser() {
  local name
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    if [ -n "$(type -P "$name")" ] && command "$name" --version 2>/dev/null | grep -q '[0-9]'; then
      return 0
    fi
  done
  return 1
}

# --- system packages -------------------------------------------------------------------------

wanted=()
want() { # want <question> <package>...: note the packages where the answer is no
  local question=$1
  shift
  "$question" || wanted+=("$@")
}

install_wanted() {
  [ ${#wanted[@]} -gt 0 ] || return 0
  local install="apt-get install -y --no-install-recommends ${wanted[*]}" root=()
  if ! command -v apt-get >/dev/null; then
    echo "Máy này không có apt-get; hãy cài những gói tương ứng với: ${wanted[*]}" >&2
    exit 1
  fi
  if [ "$(id -u)" != 0 ]; then
    # Ask for a password only where somebody can type it.
    if command -v sudo >/dev/null && { sudo -n true 2>/dev/null || { [ -t 0 ] && sudo -v; }; }; then
      root=(sudo env DEBIAN_FRONTEND=noninteractive)
    else
      echo "Máy còn thiếu gói hệ thống; hãy nhờ quản trị viên chạy dòng sau rồi thử lại:" >&2
      echo "sudo apt-get update && sudo $install" >&2
      exit 1
    fi
  fi
  say "Cài gói hệ thống: ${wanted[*]}"
  "${root[@]}" apt-get -qq -o DPkg::Lock::Timeout=300 update
  # shellcheck disable=SC2086
  "${root[@]}" $install -qq -o DPkg::Lock::Timeout=300 >/dev/null
  wanted=()
}

# --- Python and front-end packages -----------------------------------------------------------

# Two starts at once must not both install: the second waits here until the first is through.
lock() { exec 9<Makefile && flock 9; }
unlock() { exec 9<&-; }

# unchanged <stamp> <file>...: true when the files are those the stamp was made from
unchanged() { [ -e "$1" ] && [ "$(cat "$1")" = "$(sha256sum "${@:2}")" ]; }
stamp() { sha256sum "${@:2}" >"$1"; }

python_packages() { # python_packages <stamp name> <requirements file>...
  local stamp=.venv/.installed-$1
  shift
  # An environment made by a Python that is gone, or copied from elsewhere, is made again.
  "$PYTHON" -c '' 2>/dev/null || { rm -rf .venv && python3 -m venv .venv; }
  ! unchanged "$stamp" "$@" || return 0
  say "Cài gói Python: $*"
  "$PYTHON" -m uv --version >/dev/null 2>&1 ||
    "$PYTHON" -m pip install -q --require-hashes -r requirements-uv.txt
  local file files=()
  for file in "$@"; do files+=(-r "$file"); done
  "$PYTHON" -m uv pip install -q --python "$PYTHON" --require-hashes "${files[@]}"
  stamp "$stamp" "$@"
}

assets() {
  local stamp=frontend/node_modules/.installed
  ! unchanged "$stamp" frontend/package.json frontend/package-lock.json || return 0
  python_packages node requirements-node.txt
  say "Cài giao diện: Bootstrap, biểu tượng, phông chữ"
  (cd frontend && PATH="$PWD/../.venv/bin:$PATH" npm ci --ignore-scripts --silent)
  stamp "$stamp" frontend/package.json frontend/package-lock.json
}

prepare_run() {
  want has_certificates ca-certificates
  want has_python python3 python3-venv
  want has_pango libpangoft2-1.0-0
  install_wanted
  has_python || { echo "Cần Python 3.11 trở lên (Debian 12, Ubuntu 24.04 trở lên)." >&2; exit 1; }
  lock
  python_packages run requirements.txt
  assets
  unlock
}

prepare_check() {
  prepare_run
  lock
  python_packages dev requirements.txt requirements-dev.txt
  unlock
}
