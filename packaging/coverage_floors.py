"""Fail when a layer's branch coverage falls under its floor. A floor is a net, not a goal."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

FLOORS = {
    "casefile/domain": 95,
    "casefile/security": 95,
    "casefile/store": 95,
    "casefile/services": 95,
    "casefile/ui": 80,
}


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "coverage.json"
        coverage = [sys.executable, "-m", "coverage"]
        subprocess.run([*coverage, "combine", "--append", "--quiet"], check=False)
        subprocess.run([*coverage, "json", "--quiet", "-o", str(report)], check=True)
        files = json.loads(report.read_text())["files"]
    failed = False
    for layer, floor in FLOORS.items():
        totals = [f["summary"] for name, f in files.items() if name.startswith(layer + "/")]
        wanted = sum(t["num_statements"] + t["num_branches"] for t in totals)
        reached = sum(t["covered_lines"] + t["covered_branches"] for t in totals)
        percent = 100 * reached / wanted if wanted else 100.0
        failed |= percent < floor
        print(f"{layer:20} {percent:5.1f} %  (floor {floor} %)")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
