#!/usr/bin/env bash
# Write the lock files from the .in files and package.json. No address of a registry gets into them.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

prepare_check
compile() {
  "$PYTHON" -m uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url "$@"
}
compile requirements.in -o requirements.txt
compile requirements-dev.in -o requirements-dev.txt
compile requirements-uv.in -o requirements-uv.txt
compile requirements-node.in -o requirements-node.txt
(cd frontend && PATH="$PWD/../.venv/bin:$PATH" npm install --package-lock-only --silent)
