#!/bin/sh
# Runs every check and test: sh test.sh [--fast | --cover | --interop] [--long] [PYTEST ARGUMENTS]
# Installs what is missing first, PostgreSQL where it can. Needs no display. --fast runs the tests alone, --cover also
# measures what they reach, --interop runs those of the formats that ask readers of others (which are installed for it);
# --long tries at random for hours; see scripts/check.py.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
. "$here/scripts/system.sh"

prepare_system
offer_server
case " $* " in
    *" --interop "*) "$python" "$here/scripts/setup.py" --interop ;;
    *) "$python" "$here/scripts/setup.py" --dev ;;
esac
cd "$here"
exec "$here/.venv/bin/python" scripts/check.py "$@"
