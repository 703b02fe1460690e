"""``python -m tests.bench [NAME...]``: runs the benchmarks, prints a table, writes JSON.

Each ``bench_*.py`` offers ``measure(workspace: Path) -> list[Figure]``.
"""

from __future__ import annotations

import importlib
import json
import os
import platform
import sys
import tempfile
from pathlib import Path

from tests.bench.figures import Figure, table

RESULTS = Path("bench-results.json")


def main(names: list[str]) -> int:
    here = Path(__file__).parent
    found = sorted(path.stem.removeprefix("bench_") for path in here.glob("bench_*.py"))
    figures: list[Figure] = []
    for name in names or found:
        print(f"measuring: {name} …", file=sys.stderr, flush=True)
        module = importlib.import_module(f"tests.bench.bench_{name}")
        with tempfile.TemporaryDirectory(prefix="casefile-bench-") as folder:
            figures += module.measure(Path(folder))
    print(table(figures))
    machine = {"cores": os.cpu_count(), "python": platform.python_version()}
    RESULTS.write_text(
        json.dumps({"machine": machine, "figures": [f.as_json() for f in figures]}, indent=1) + "\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
