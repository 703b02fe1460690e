"""One process writes a case at a time."""

from __future__ import annotations

from pathlib import Path

import pytest

from casefile.domain.errors import UserError
from casefile.store.lock import FolderLock
from tests.store.making import child

_HOLD = """
import sys
from pathlib import Path
from casefile.store.lock import FolderLock
lock = FolderLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_the_lock_is_exclusive_and_comes_back(tmp_path: Path) -> None:
    first = FolderLock(tmp_path / "case.lock")
    with pytest.raises(UserError) as refused:
        FolderLock(tmp_path / "case.lock")
    assert refused.value.code == "case.open_elsewhere"
    first.release()
    first.release()
    FolderLock(tmp_path / "case.lock").release()


def test_another_process_holds_it_and_its_death_frees_it(tmp_path: Path) -> None:
    path = tmp_path / "case.lock"
    with child(_HOLD, path) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(UserError):
            FolderLock(path)
        holder.kill()
    assert path.exists()  # a stale file is in nobody's way
    FolderLock(path).release()
