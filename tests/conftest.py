"""What every test may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

CORPUS = Path(__file__).parent.parent.parent / "shared" / "corpus"


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Real government records and hostile files, kept beside the project, never inside it."""
    if not CORPUS.is_dir():
        pytest.skip("the shared corpus is not beside this checkout (../shared/corpus)")
    return CORPUS
