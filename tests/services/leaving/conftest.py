"""The sample case, open for writing, in a copy of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from casefile.services.case import Case
from tests.sample_case import opened, sample_copy


@pytest.fixture
def sample(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Iterator[Case]:
    case = opened(sample_copy(tmp_path_factory, tmp_path / "case"))
    yield case
    case.close()


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder that is not the case's."""
    folder = tmp_path / "outside"
    folder.mkdir()
    return folder
