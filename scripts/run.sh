#!/usr/bin/env bash
# Everything from an empty machine to a running portal. HOST, PORT and DATA come from the environment.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

prepare_run
exec "$PYTHON" manage.py portal
