#!/usr/bin/env bash
# Sets up everything that `make run` and `make test` need, and does nothing when it is already there.
#   packaging/setup.sh run    the program at .venv/bin/casefile and the system libraries it needs
#   packaging/setup.sh test   the same, and the programs that tests start
set -eu
cd "$(dirname "$0")/.."
purpose=${1:-run}
venv=.venv

say() { printf '%s\n' "$*" >&2; }

find_python() {
    for candidate in ${PYTHON:-} "$venv/bin/python" python3 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
            2>/dev/null; then
            printf '%s' "$candidate"
            return
        fi
    done
    say "Casefile needs Python 3.11, 3.12 or 3.13, and found none of them."
    say "On Debian:  sudo apt-get install python3 python3-venv"
    exit 1
}

is_there() { # how a package of system-packages.txt is seen, without asking dpkg
    case $1 in
        program:*) command -v "${1#*:}" >/dev/null || [ -x "/usr/sbin/${1#*:}" ] ;;
        file:*) [ -e "${1#*:}" ] ;;
        module:*) "$python" -c "import ${1#*:}" 2>/dev/null ;;
        lib:*) "$python" -c 'import ctypes, sys; ctypes.CDLL(sys.argv[1])' "${1#*:}" 2>/dev/null ;;
    esac
}

missing_packages() { # of the purposes given
    while read -r needed_for package seen; do
        case " $* " in *" $needed_for "*) is_there "$seen" || printf '%s ' "$package" ;; esac
    done < <(grep -v '^#' packaging/system-packages.txt)
}

install_packages() { # tries; leaves the one line to type where it may not
    [ -n "$*" ] || return 0
    local as_root=
    if [ "$(id -u)" != 0 ]; then
        if sudo -n true 2>/dev/null; then as_root="sudo -n"; else as_root=no; fi
    fi
    if [ "$as_root" != no ] && command -v apt-get >/dev/null; then
        say "Installing system packages: $*"
        if $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y "$@" >/dev/null 2>&1 ||
            { $as_root apt-get update -qq >/dev/null 2>&1 || true
              $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y "$@" >/dev/null; }; then
            return 0
        fi
    fi
    say "Some system packages are missing; to have everything, type:"
    say "    sudo apt-get install $*"
}

python=$(find_python)
purposes=run
[ "$purpose" = test ] && purposes="run test"
# shellcheck disable=SC2046,SC2086  # lists of words are meant
[ "$(uname -s)" = Linux ] && install_packages $(missing_packages $purposes)

version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
wanted=$({ printf '%s\n' "$version" "$PWD"; cat packaging/requirements-dev.txt pyproject.toml; } |
    "$python" -c 'import hashlib, sys; print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest())')
if [ "$(cat "$venv/.set-up" 2>/dev/null || true)" = "$wanted" ] &&
    "$venv/bin/python" -c 'import casefile' 2>/dev/null; then
    exit 0
fi

say "Setting up $venv with Python $version (once; about a minute)"
if [ "$python" = "$venv/bin/python" ]; then
    rm -f "$venv/.set-up"
else
    rm -rf "$venv"
    "$python" -m venv "$venv" || {
        say "This Python cannot make virtual environments. On Debian:  sudo apt-get install python3-venv"
        exit 1
    }
fi
# The list is whole, so nothing is looked up: an extra (coverage[toml]) would else be taken at its newest.
"$venv/bin/python" -m pip install -qq --disable-pip-version-check --require-hashes --no-deps \
    -r packaging/requirements-dev.txt
"$venv/bin/python" -m pip install -qq --disable-pip-version-check --no-deps \
    --no-build-isolation --editable .
"$venv/bin/python" -m compileall -q casefile # the worker, which writes no file, starts quicker
printf '%s\n' "$wanted" >"$venv/.set-up"
say "Casefile is at $venv/bin/casefile"
