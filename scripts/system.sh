# Sourced by run.sh and test.sh: finds Python and the system libraries that Qt loads, and installs what is missing.
# POSIX sh. Expects $here (the project folder); sets $python (an interpreter that can make a virtual environment).

# What Qt loads on Debian and Ubuntu, with its X11 and Wayland plugins; libGL and libEGL are needed even off screen.
# libfontconfig1 brings a fallback font; the window's own fonts are bundled.
qt_packages="libgl1 libegl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4
    libxcb-keysyms1 libxcb-shape0 libxcb-xkb1 libx11-xcb1 libwayland-cursor0 libwayland-egl1"

say() { printf '%s\n' "$*"; }

die() {
    printf 'Article Annotator: %s\n' "$*" >&2
    exit 1
}

# Whether $1 is CPython 3.11 to 3.14 with everything that a virtual environment and the program take from it.
usable_python() {
    "$1" - >/dev/null 2>&1 <<'PYTHON'
import sys, sysconfig
import ctypes, ensurepip, sqlite3, ssl, venv
good = (3, 11) <= sys.version_info[:2] <= (3, 14) and not sysconfig.get_config_var("Py_GIL_DISABLED")
sys.exit(0 if good else 1)
PYTHON
}

find_python() {
    for candidate in ${PYTHON:+"$PYTHON"} python3 python3.13 python3.12 python3.14 python3.11 python; do
        if command -v "$candidate" >/dev/null 2>&1 && usable_python "$candidate"; then
            python=$candidate
            return 0
        fi
    done
    return 1
}

# Ubuntu and newer Debian renamed some libraries to …t64; either name will do.
installed() {
    for name in "$1" "$1t64"; do
        case $(dpkg-query -W -f='${Status}' "$name" 2>/dev/null) in
            *"ok installed"*) return 0 ;;
        esac
    done
    return 1
}

# The Python packages to ask apt for: the system's own Python if it is new enough, else a versioned one.
apt_python() {
    if apt-cache show python3 2>/dev/null | grep -Eq '^Version: (1:)?3\.1[1-4]\.'; then
        echo "python3 python3-venv"
        return
    fi
    for minor in 13 12 11; do
        if apt-cache show "python3.$minor-venv" >/dev/null 2>&1; then
            echo "python3.$minor python3.$minor-venv"
            return
        fi
    done
}

# Runs apt-get as root. Its output goes to a log: a failure shows its first error.
apt() {
    log=$here/.setup/apt.log
    if $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q "$@" >"$log" 2>&1 </dev/null; then
        return 0
    fi
    grep '^E:' "$log" | head -n 1 >&2
    return 1
}

become_root() {
    as_root=
    [ "$(id -u)" -eq 0 ] && return
    command -v sudo >/dev/null 2>&1 ||
        die "system packages are missing and there is no sudo here: ask an administrator to run 'apt-get install $1'," \
            "then run this again."
    as_root=sudo
    sudo -v || die "sudo refused: ask an administrator to run 'apt-get install $1', then run this again."
}

install_with_apt() {
    missing=
    for package in $qt_packages; do
        installed "$package" || missing="${missing:+$missing }$package"
    done
    if find_python; then
        [ -n "$missing" ] || return 0
    else
        missing="python3 python3-venv ca-certificates${missing:+ $missing}"
    fi
    mkdir -p "$here/.setup" || die "cannot write to $here: copy the project to a folder of yours."
    become_root "$missing"
    say "Reading the list of packages …"
    apt update || say "The list of packages could not be refreshed; going on with the one that is here."
    case $missing in
        python3\ *)
            wanted=$(apt_python)
            [ -n "$wanted" ] || die "this system offers no Python from 3.11 to 3.14: install one, then run this again" \
                "as 'PYTHON=/path/to/python sh $0'."
            missing="$wanted ${missing#python3 python3-venv }"
            ;;
    esac
    say "Installing with apt: $missing"
    # shellcheck disable=SC2086 # one word per package
    apt install -y --no-install-recommends $missing ||
        die "apt could not install the packages above: check the network, or see $here/.setup/apt.log."
    find_python || die "the installed Python cannot make virtual environments: see $here/.setup/apt.log."
}

# Debian's PostgreSQL, of which the tests start a server of their own. Without it they skip what needs one, so that this
# stops nothing: it asks for no password.
offer_server() {
    for program in /usr/lib/postgresql/*/bin/initdb "$(command -v initdb || true)"; do
        [ -x "$program" ] && return
    done
    skipped="the tests that need a PostgreSQL server will be skipped"
    if ! command -v apt-get >/dev/null 2>&1; then
        say "PostgreSQL is not installed: $skipped."
        return
    fi
    as_root=
    [ "$(id -u)" -eq 0 ] || as_root="sudo -n"
    if ! mkdir -p "$here/.setup" || ! $as_root true 2>/dev/null; then
        say "PostgreSQL is not installed ('apt-get install postgresql' does that): $skipped."
        return
    fi
    say "Installing with apt: postgresql, for the tests on a server …"
    apt update || true
    apt install -y --no-install-recommends postgresql || say "PostgreSQL could not be installed: $skipped."
}

install_with_brew() {
    find_python && return
    command -v brew >/dev/null 2>&1 ||
        die "Python 3.11 to 3.14 is missing: install it from your Python supplier or with Homebrew, then run this again."
    say "Installing with Homebrew: python@3.13"
    brew install python@3.13 || die "Homebrew could not install Python: see above."
    PATH=$(brew --prefix python@3.13)/bin:$PATH
    find_python || die "the installed Python was not found: run this again in a new terminal."
}

prepare_system() {
    case $(uname -s) in
        Darwin) install_with_brew ;;
        Linux)
            if command -v apt-get >/dev/null 2>&1; then
                install_with_apt
            else
                find_python || die "Python 3.11 to 3.14 with its venv module is missing and this system has no apt:" \
                    "install it with your package manager, then run this again."
            fi
            ;;
        *) die "this system ($(uname -s)) is not supported: use Linux, macOS, or run.cmd and test.cmd on Windows." ;;
    esac
}
