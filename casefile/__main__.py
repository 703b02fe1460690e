"""Which door: the window, the command line, or the PDF worker."""

from __future__ import annotations

import sys


def main() -> int:
    """Run Casefile; the exit status follows the command-line contract."""
    from casefile.app import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
