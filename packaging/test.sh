#!/usr/bin/env bash
# The whole suite: offscreen first, with coverage; then the journeys through a real window under Xvfb.
set -eu
cd "$(dirname "$0")/.."
packaging/setup.sh test
export PATH="$PATH:/usr/sbin" PYTHONDONTWRITEBYTECODE=1
rm -f .coverage .coverage.*
.venv/bin/python -m pytest --cov --cov-report= -q -m "not journey" "$@"
if command -v Xvfb >/dev/null; then
    QT_QPA_PLATFORM=xcb .venv/bin/python packaging/under_xvfb.py \
        .venv/bin/python -m pytest --cov --cov-append --cov-report= -q -m journey tests/journeys
else
    echo "skipped: the journeys under a virtual display, because Xvfb is not installed"
    [ -z "${CI:-}" ]
fi
.venv/bin/python packaging/coverage_floors.py
