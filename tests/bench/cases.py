"""Cases to measure with."""

from __future__ import annotations

from pathlib import Path

from casefile.domain.documents import Provenance
from casefile.domain.progress import JobContext
from casefile.pdf.workers import PdfWorkers
from casefile.security.kdf import CHEAP
from casefile.services.case import Case, create_case
from casefile.services.importing import ImportChoices, ImportReport, import_paths

PASSPHRASE = "a passphrase that only guards benchmarks"


def new_case(folder: Path) -> Case:
    """An empty case whose passphrase costs nothing to derive: that cost is not what is measured.
    Its workers are warm, as they are when a reporter has typed a passphrase."""
    workers = PdfWorkers()
    workers.engine()
    return create_case(folder, PASSPHRASE, cost=CHEAP, workers=workers)


def bring_in(case: Case, files: list[Path], context: JobContext | None = None) -> ImportReport:
    choices = ImportChoices(Provenance.RELEASED)
    return import_paths(case, files, choices, context or JobContext())
