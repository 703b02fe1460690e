"""A case for each test, with a real SQLCipher file."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from casefile.store.folder import CaseFolder
from casefile.store.store import Store
from casefile.store.vault import Vault
from tests.store.making import CUSTODY_KEY, KEY, WRAPPING_KEY


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    assert set(threading.enumerate()) <= before


@pytest.fixture
def folder(tmp_path: Path) -> CaseFolder:
    return CaseFolder.create(tmp_path / "case")


@pytest.fixture
def store(folder: CaseFolder) -> Iterator[Store]:
    made = Store.create(folder, KEY, CUSTODY_KEY)
    yield made
    made.close()


@pytest.fixture
def vault(folder: CaseFolder) -> Iterator[Vault]:
    made = Vault(folder, WRAPPING_KEY)
    yield made
    made.close()
