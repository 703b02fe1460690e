"""Which door: the window, the command line, or the PDF worker."""

from __future__ import annotations

import sys


def main() -> int:
    """Run Casefile; the exit status follows the command-line contract."""
    door = sys.argv[1] if len(sys.argv) > 1 else ""
    # The worker's doors are for a frozen program, which has no "python -m"; nothing else may be
    # imported into a process that will parse hostile files.
    if door == "--pdf-worker":
        from casefile.pdf.template import main as template

        return template()
    if door == "--pdf-spare":
        from casefile.pdf.worker.__main__ import main as spare

        return spare()
    from casefile.app import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
