"""A process that imports a folder and is killed while it does, or runs out of room.

``python -m tests.services.import_child CASE FOLDER [LIMIT]``: says ``ready`` when everything is
loaded, waits for a line, then opens the case, says ``open`` and imports; with LIMIT no file may
grow beyond that many bytes. Says the codes of failed files and ``done`` at the end.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path

from casefile.pdf.workers import PdfWorkers
from casefile.services.case import Passphrase, open_case
from casefile.services.importing import ImportChoices, import_paths
from tests.services.conftest import PASSPHRASE


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def main(case_path: str, folder: str, limit: str = "") -> None:
    workers = PdfWorkers()
    workers.engine()
    say("ready")
    sys.stdin.readline()
    case = open_case(Path(case_path), Passphrase(PASSPHRASE), workers=workers)
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
    say("open")
    report = import_paths(case, [Path(folder)], ImportChoices())
    say(" ".join(sorted({failed.code for failed in report.failed})))
    case.close()
    say("done")


if __name__ == "__main__":
    main(*sys.argv[1:])
