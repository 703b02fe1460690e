"""Failures of the database in the reporter's words."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from casefile.domain.errors import Cancelled, UserError
from casefile.services import wording
from casefile.store import database
from casefile.store.database import DatabaseError, connect, told
from casefile.store.folder import CaseFolder
from casefile.store.lock import FolderLock
from casefile.store.store import Store
from tests.store.making import CUSTODY_KEY, KEY


def _error(code: int) -> Exception:
    error = DatabaseError("what SQLite said")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("code", "word"),
    [
        (11, "store.damaged"), (26, "store.damaged"), (267, "store.damaged"), (13, "store.full"),
        (8, "case.read_only"), (5, "store.busy"), (6, "store.busy"), (14, "store.unreachable"),
        (778, "store.unreachable"),
    ],
)  # fmt: skip
def test_what_sqlite_says_is_worded(tmp_path: Path, code: int, word: str) -> None:
    failure = told(_error(code), tmp_path / "store.db")
    assert isinstance(failure, UserError)
    assert failure.code == word
    assert wording.explain(failure).what != word


def test_an_interrupted_query_is_a_cancelled_one() -> None:
    assert isinstance(told(_error(9), None), Cancelled)


def test_bugs_stay_bugs() -> None:
    for bug in (_error(1), _error(19), DatabaseError("no code"), ValueError("x")):
        assert told(bug, None) is bug


def test_a_failed_write_on_a_full_disk_is_a_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=1_000))
    failure = told(_error(778), tmp_path / "store.db")
    assert isinstance(failure, UserError)
    assert failure.code == "store.full"


def test_a_failed_write_on_a_disk_that_is_gone_is_not(tmp_path: Path) -> None:
    failure = told(_error(778), tmp_path / "absent" / "store.db")
    assert isinstance(failure, UserError)
    assert failure.code == "store.unreachable"


def test_a_database_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "there").write_bytes(b"")
    for path in (tmp_path / "absent" / "store.db", tmp_path / "there"):
        with pytest.raises(UserError) as refused:
            connect(path, KEY, query_only=False, create=True)
        assert refused.value.code == "store.unreachable"
    with pytest.raises(UserError) as refused:
        FolderLock(tmp_path / "absent" / "case.lock")
    assert refused.value.code == "store.unreachable"


def test_a_case_that_cannot_be_made_leaves_no_lock(
    folder: CaseFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise UserError("store.full")

    with monkeypatch.context() as full:
        full.setattr("casefile.store.store.connect", fail)
        with pytest.raises(UserError):
            Store.create(folder, KEY, CUSTODY_KEY)
    Store.create(folder, KEY, CUSTODY_KEY).close()


def test_every_file_is_its_owners_alone(store: Store, folder: CaseFolder) -> None:
    store.write(lambda tx: tx.execute("DELETE FROM page_ocr"))
    for path in folder.path.iterdir():
        assert path.stat().st_mode & 0o077 == 0, path.name


def test_damage_is_not_printed_by_sqlcipher(folder: CaseFolder) -> None:
    Store.create(folder, KEY, CUSTODY_KEY).close()
    script = (
        "import sys; from pathlib import Path; from casefile.store.database import *\n"
        "try: version_of(connect(Path(sys.argv[1]), bytes(32), query_only=True))\n"
        "except Exception as error: print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder.store_path)], capture_output=True, text=True
    )
    assert (done.stdout, done.stderr) == ("store.damaged\n", "")


def test_reading_does_not_need_sqlite_utils(folder: CaseFolder) -> None:
    """It takes a noticeable part of a second to import, which unlocking must not cost."""
    Store.create(folder, KEY, CUSTODY_KEY).close()
    script = (
        "import sys; from pathlib import Path\n"
        "from casefile.store.folder import CaseFolder; from casefile.store.store import Store\n"
        "key = bytes.fromhex(sys.argv[2])\n"
        "store = Store.open(CaseFolder(Path(sys.argv[1])), key, key, writing=True)\n"
        "store.reader().query('SELECT 1'); store.close()\n"
        "print('sqlite_utils' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder.path), KEY.hex()], capture_output=True, text=True
    )
    assert done.stdout == "False\n", done.stderr


def test_the_driver_is_found_by_sqlite_utils() -> None:
    import sqlite_utils.utils

    assert sqlite_utils.utils.OperationalError is database.dbapi2.OperationalError
