#!/usr/bin/env bash
# The whole suite: offscreen first, with coverage; then the journeys through a real window under Xvfb.
set -eu
cd "$(dirname "$0")/.."
packaging/setup.sh test
export PATH="$PATH:/usr/sbin" PYTHONDONTWRITEBYTECODE=1
rm -rf .coverage .coverage.* .pytest_cache

# Tests drive real processes and real windows, and a machine that is busy with something else can
# keep one waiting too long. What failed is run once more, by itself, and must pass then; it is
# said which. (After a crash nothing is known, and everything is run again.)
at_most_twice() {
    "$@" && return 0
    echo "Failed; what failed is run once more."
    "$@" -n 0 --cov-append --last-failed --last-failed-no-failures all -rf
}

# Two at a time, as many as the smallest machine has cores; files stay together.
at_most_twice .venv/bin/python -m pytest -n 2 --cov --cov-report= -q -m "not journey" "$@"
# Without coverage: it makes the main thread slower than a reporter's, and that is measured there.
if command -v Xvfb >/dev/null; then
    at_most_twice env QT_QPA_PLATFORM=xcb .venv/bin/python packaging/under_xvfb.py \
        .venv/bin/python -m pytest -q -m journey tests/journeys
else
    echo "skipped: the journeys under a virtual display, because Xvfb is not installed"
    [ -z "${CI:-}" ]
fi
.venv/bin/python packaging/coverage_floors.py
