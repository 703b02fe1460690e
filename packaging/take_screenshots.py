"""Take the pictures of the handbook and the README anew, from the sample case.

Each picture is taken in a process of its own, without a display.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "resources" / "help" / "pictures"
#: Name, look, place of the rail, whether a page stands beside it.
SHOTS = (
    ("reader-light", "light", "today", True),
    ("reader-dark", "dark", "today", True),
    ("documents-light", "light", "documents", False),
    ("quotes-light", "light", "quotes", False),
)


def main() -> int:
    """Build the sample in a temporary folder and picture it."""
    from casefile.services.sample_case import PASSPHRASE, build_sample

    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder) / "sample"
        build_sample(case)
        for name, look, place, page in SHOTS:
            out = PICTURES / f"{name}.png"
            call = (
                "from pathlib import Path; from casefile.ui.screenshot import take; "
                f"take(Path({str(case)!r}), {PASSPHRASE!r}, Path({str(out)!r}), "
                f"look={look!r}, place={place!r}, with_page={page!r})"
            )
            subprocess.run([sys.executable, "-c", call], check=True, cwd=ROOT)
            print(f"{out.relative_to(ROOT)}  {out.stat().st_size // 1024} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
