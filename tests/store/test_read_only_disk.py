"""A case on a disk that cannot be written, also after the disk was pulled out while in use."""

from __future__ import annotations

import json
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from casefile.store import followups
from casefile.store.folder import CaseFolder
from casefile.store.store import Store
from tests.store.making import CUSTODY_KEY, KEY, child, followup, imported

# Root may write anywhere, so the child becomes nobody; it loads everything first, because nobody
# may not be allowed to read the program.
_LOOK = """
import json, os, sys, tempfile
from pathlib import Path
import rfc8785, sqlite_utils
for codec in ("utf-16be", "idna", "latin-1"):
    "".encode(codec)
from casefile.domain.errors import UserError
from casefile.store import backup, checking, documents, followups, search
from casefile.store.folder import CaseFolder
from casefile.store.store import Store
from casefile.store.vault import Vault
from casefile.security import cipher, wrapping
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from tests.store.making import CUSTODY_KEY, KEY, WRAPPING_KEY

if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
folder, private = CaseFolder(Path(sys.argv[1])), Path(sys.argv[2])
tempfile.tempdir = str(private)
store = Store.open(folder, KEY, CUSTODY_KEY, writing=True)
copies = [p for d in private.iterdir() for p in d.iterdir()]
seen = {
    "read_only": store.read_only,
    "followups": sorted(f.text for f in followups.listing(store.reader())),
    "found": search.search(store.reader(), "waiver").total,
    "copied": sorted(p.name for p in copies if p.suffix != ".db-shm" and p.name != "store.db-shm"),
    "plain": any(b"waiver" in p.read_bytes() for p in copies),
    "problems": [p.code for p in checking.check_store(store, Vault(folder, WRAPPING_KEY)).problems],
}
try:
    store.write(lambda _tx: None)
except UserError as refused:
    seen["refused"] = refused.code
seen["copy"] = backup.copy_case(store, private / "whole").documents
store.close()
import shutil
shutil.rmtree(private / "whole")
seen["left"] = os.listdir(private)
print(json.dumps(seen))
"""


@pytest.fixture
def places() -> Iterator[tuple[Path, Path]]:
    """A folder for the case and one for the child's temporary files, open to everyone: pytest's
    own may be entered by its owner alone."""
    root = Path(tempfile.mkdtemp(prefix="casefile-test-"))
    root.chmod(0o755)
    private = root / "private"
    private.mkdir()
    private.chmod(0o777)  # the child is somebody else
    yield root / "case", private
    for path in (root, *root.rglob("*")):
        path.chmod(path.stat().st_mode | stat.S_IWUSR | (stat.S_IXUSR if path.is_dir() else 0))
    shutil.rmtree(root)


def _seen(case: Path, private: Path) -> dict[str, object]:
    for path in (case, *case.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    with child(_LOOK, case, private) as other:
        printed, _ = other.communicate()
    found: dict[str, object] = json.loads(printed)
    return found


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs the rights of a POSIX system")
@pytest.mark.parametrize("pulled", [False, True])
def test_reading_works_and_writing_says_so(places: tuple[Path, Path], pulled: bool) -> None:
    case, private = places
    folder = CaseFolder.create(case if not pulled else private.parent / "before")
    store = Store.create(folder, KEY, CUSTODY_KEY)
    imported(store, ["a waiver"])
    store.write(lambda tx: followups.insert(tx, followup(text="early")))
    if pulled:
        # What a stick holds that is pulled out in use: a log that no checkpoint has emptied.
        store.write(lambda tx: followups.insert(tx, followup(text="late")))
        shutil.copytree(folder.path, case, ignore=shutil.ignore_patterns("*-shm"))
        assert (case / "store.db-wal").stat().st_size > 0
    store.close()
    seen = _seen(case, private)
    assert seen == {
        "read_only": True,
        "followups": ["early", "late"] if pulled else ["early"],
        "found": 1,
        "copied": ["store.db"] if pulled else [],
        "plain": False,
        "problems": [],
        "refused": "case.read_only",
        "copy": 1,
        "left": [],
    }
