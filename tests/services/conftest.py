"""A real case in a temporary folder, with a passphrase that costs nothing to derive."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from casefile.pdf.workers import PdfWorkers
from casefile.security.kdf import CHEAP
from casefile.services.case import Case, create_case
from casefile.services.importing import ImportChoices, import_paths
from tests.services.material import write_pdf

PASSPHRASE = "correct horse battery staple"

BringIn = Callable[..., str]


class LentWorkers(PdfWorkers):
    """Workers that outlive the case: starting their template takes most of a second."""

    def close(self) -> None:
        """The case closes them; they stay for the next test."""

    def really_close(self) -> None:
        super().close()


@pytest.fixture(scope="session")
def workers() -> Iterator[LentWorkers]:
    lent = LentWorkers()
    lent.engine()
    yield lent
    lent.really_close()


@pytest.fixture
def case(tmp_path: Path, workers: LentWorkers) -> Iterator[Case]:
    """An empty case, open for writing."""
    made = create_case(tmp_path / "case", PASSPHRASE, "The waiver", cost=CHEAP, workers=workers)
    yield made
    made.close()


@pytest.fixture
def bring_in(case: Case, tmp_path: Path) -> BringIn:
    """Import a PDF with these pages; returns the document's id."""

    def import_pages(name: str, pages: Sequence[str], choices: ImportChoices | None = None) -> str:
        path = write_pdf(tmp_path / "in" / name, pages)
        report = import_paths(case, [path], choices or ImportChoices())
        assert [done.path for done in report.imported] == [path], report
        return report.imported[0].document.id

    return import_pages
