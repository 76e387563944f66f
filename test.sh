#!/bin/sh
# Runs every check and test: sh test.sh [--fast] [PYTEST ARGUMENTS]
# Installs what is missing first. Needs no display. --fast runs the tests alone; see scripts/check.py.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
. "$here/scripts/system.sh"

prepare_system
"$python" "$here/scripts/setup.py" --dev
cd "$here"
exec "$here/.venv/bin/python" scripts/check.py "$@"
