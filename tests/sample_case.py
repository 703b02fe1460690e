"""The sample case, built once for all tests that want a case with something in it."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from casefile.security.kdf import CHEAP
from casefile.services.case import Case, Passphrase, open_case
from casefile.services.sample_case import PASSPHRASE, build_sample

#: The day on which the tests' sample was built.
DAY = date(2026, 11, 22)


def sample_folder(factory: pytest.TempPathFactory) -> Path:
    """Where it lies; tests do not write there but copy it."""
    path = factory.getbasetemp() / "the sample" / "case"
    if not path.exists():
        build_sample(path, cost=CHEAP, today=DAY)
    return path


def sample_copy(factory: pytest.TempPathFactory, where: Path) -> Path:
    """A copy that may be written to."""
    shutil.copytree(sample_folder(factory), where)
    return where


def opened(path: Path, *, writing: bool = True) -> Case:
    return open_case(path, Passphrase(PASSPHRASE), writing)
