"""Real workers over real files."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from casefile.pdf.workers import PdfWorkers


@pytest.fixture(scope="session")
def workers() -> Iterator[PdfWorkers]:
    """One template for the whole run; every session a test opens it closes itself."""
    with PdfWorkers() as made:
        yield made
