#!/bin/sh
# Opens the annotator: sh run.sh [PROJECT]
# Installs what is missing first (see scripts/system.sh and scripts/setup.py). Where there is no display, it renders
# the window to a picture instead. Any other argument goes to the command line: sh run.sh --help
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
. "$here/scripts/system.sh"

prepare_system
"$python" "$here/scripts/setup.py"

# -P: a folder named like one of our packages in the current folder must not stand in for it.
annotator() { "$here/.venv/bin/python" -P -m annotator "$@"; }

has_display() {
    case ${QT_QPA_PLATFORM:-} in
        offscreen* | minimal*) return 1 ;;
        ?*) return 0 ;;
    esac
    [ "$(uname -s)" = Darwin ] || [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]
}

opens_window() {
    case ${1:-} in
        new | import | export | mapping | formats | release | stats | verify | screenshot | pdf | -*) return 1 ;;
    esac
}

if opens_window "$@" && ! has_display; then
    picture=$here/article-annotator.png
    say "There is no display here to show a window on: rendering it to a picture instead."
    QT_QPA_PLATFORM=offscreen "$here/.venv/bin/python" -P -m ui.screenshot "$picture" "$@" >/dev/null
    say "The window is in $picture"
    exit 0
fi

status=0
annotator "$@" || status=$?
if [ "$status" -eq 134 ]; then
    say "Article Annotator: the window ended abnormally. If it never appeared, the display '${DISPLAY:-}' cannot be used:" \
        "unset DISPLAY and WAYLAND_DISPLAY to get a picture of the window instead." >&2
fi
exit "$status"
