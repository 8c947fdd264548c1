#!/usr/bin/env bash
# Put everything in order that a machine can put in order.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

prepare_check
"$PYTHON" -m ruff check --fix --exit-zero .
"$PYTHON" -m ruff format .
.venv/bin/djhtml --tabwidth 2 templates || true # it says "1" when it changed something
