#!/usr/bin/env bash
# The main job, on the sample case: in the window where there is a display, else on the command line.
set -eu
cd "$(dirname "$0")/.."
folder=${1:-demo}
passphrase=$(mktemp)
trap 'rm -f "$passphrase"' EXIT
printf 'casefile-sample\n' >"$passphrase" # published in the handbook; it protects nothing

if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ "$(uname -s)" = Linux ]; then
    echo "There is no display here, so Casefile does the same job on the command line."
    .venv/bin/casefile demo "$folder"
    exit
fi
case_folder=$(.venv/bin/casefile --json demo "$folder" |
    .venv/bin/python -c 'import json, sys; print(json.load(sys.stdin)["case"])')
.venv/bin/casefile open "$case_folder" --passphrase-file "$passphrase"
