"""Edits overtake jobs; closing finishes edits."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from casefile.domain.documents import PageState
from casefile.domain.errors import UserError
from casefile.store import documents, search
from casefile.store.folder import CaseFolder
from casefile.store.store import Store
from casefile.store.transaction import Transaction
from tests.store.making import CUSTODY_KEY, KEY, child, document, imported, page


class Line:
    """Lets a job hold the writer while others queue up behind it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.order: list[str] = []
        self.failed: list[str] = []
        self.entered, self.go_on = threading.Event(), threading.Event()
        self.threads: list[threading.Thread] = []
        self._start("first", self._hold, job=True)
        self.entered.wait()

    def _hold(self, _tx: Transaction) -> None:
        self.entered.set()
        self.go_on.wait()
        self.order.append("first")

    def _start(self, name: str, work: object, *, job: bool) -> None:
        def run() -> None:
            try:
                self.store.write(work, job=job)
            except UserError as refused:
                self.failed.append(f"{name}: {refused.code}")

        thread = threading.Thread(target=run)
        thread.start()
        self.threads.append(thread)

    def join(self, name: str, *, job: bool) -> None:
        """Queue up; returns once it waits behind the others."""
        waiting = self.store._writer._queue
        before = waiting.qsize()
        self._start(name, lambda _tx: self.order.append(name), job=job)
        while waiting.qsize() == before:
            pass

    def end(self) -> None:
        self.go_on.set()
        for thread in self.threads:
            thread.join()


def test_edits_overtake_jobs_in_order(store: Store) -> None:
    line = Line(store)
    line.join("job 1", job=True)
    line.join("job 2", job=True)
    line.join("edit 1", job=False)
    line.join("edit 2", job=False)
    line.end()
    assert line.order == ["first", "edit 1", "edit 2", "job 1", "job 2"]


def test_closing_finishes_edits_and_refuses_jobs(store: Store) -> None:
    line = Line(store)
    line.join("job", job=True)
    line.join("edit", job=False)
    closing = threading.Thread(target=store.close)
    closing.start()
    while not store.closed:
        pass
    line.end()
    closing.join()
    assert line.order == ["first", "edit"]
    assert line.failed == ["job: case.closed"]


def test_the_page_index_is_merged_between_slices(store: Store) -> None:
    new = document()
    store.write(lambda tx: documents.begin_import(tx, new))
    for number in range(1, 61):
        pages = [page(new.id, number, f"page {number} says waiver w{number}")]
        store.write(lambda tx, p=pages: documents.insert_pages(tx, new.id, p), job=True)
    store.write(lambda tx: documents.finish_import(tx, new.id))
    segments = store.reader().query("SELECT count(DISTINCT segid) AS n FROM page_fts_idx")[0]["n"]
    assert segments < 30
    assert search.search(store.reader(), "waiver").total == 60
    store.write(
        lambda tx: tx.execute("INSERT INTO page_fts (page_fts, rank) VALUES ('integrity-check', 1)")
    )


_FILL = """
import resource, sys
from pathlib import Path
from casefile.domain.errors import UserError
from casefile.store import documents, followups
from casefile.store.folder import CaseFolder
from casefile.store.store import Store
from casefile.store.vault import Vault
from tests.store.making import CUSTODY_KEY, KEY, WRAPPING_KEY, document, followup, page

folder = CaseFolder(Path(sys.argv[1]))
store, vault = Store.open(folder, KEY, CUSTODY_KEY, writing=True), Vault(folder, WRAPPING_KEY)
store.write(lambda tx: followups.insert(tx, followup(text="before")))
resource.setrlimit(resource.RLIMIT_FSIZE, (700_000, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
try:
    vault.add(bytes(2_000_000), "d" * 16, "original")
except UserError as full:
    print(full.code, list(folder.documents.iterdir()))
new, number = document(), 0
store.write(lambda tx: documents.begin_import(tx, new))
try:
    while True:
        number += 1
        text = " ".join(f"w{number}x{i}" for i in range(2000))
        one = [page(new.id, number, text)]
        store.write(lambda tx: documents.insert_pages(tx, new.id, one))
except UserError as full:
    print(full.code, number > 1)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
store.write(lambda tx: followups.insert(tx, followup(text="after")))
store.close()
"""


def test_a_full_disk_is_told_and_breaks_nothing(store: Store, folder: CaseFolder) -> None:
    pytest.importorskip("resource")
    store.close()
    with child(_FILL, folder.path) as other:
        printed, _ = other.communicate()
    assert printed.splitlines() == ["store.full []", "store.full True"]
    again = Store.open(folder, KEY, CUSTODY_KEY, writing=True)
    reader = again.reader()
    assert [r["text"] for r in reader.query("SELECT text FROM followup ORDER BY rowid")] == [
        "before", "after",
    ]  # fmt: skip
    assert reader.one("PRAGMA integrity_check") == {"integrity_check": "ok"}
    again.close()


def test_damage_met_while_writing_is_told_and_the_writer_goes_on(
    store: Store, folder: CaseFolder
) -> None:
    found = imported(store, [" ".join(f"w{p}x{i}" for i in range(900)) for p in range(40)])
    store.close()
    data = bytearray(folder.store_path.read_bytes())
    store = Store.open(folder, KEY, CUSTODY_KEY, writing=True)
    base = store.reader().query("SELECT min(id) AS id FROM page")[0]["id"]
    # Spoil every page of the file's second half but keep the store's first tables.
    for offset in range(len(data) // 2 // 4096 * 4096 + 100, len(data), 4096):
        data[offset] ^= 1
    store.close()
    folder.store_path.write_bytes(data)
    store = Store.open(folder, KEY, CUSTODY_KEY, writing=True)
    codes = set()
    for number in range(1, 41):
        try:
            store.write(
                lambda tx, n=number: documents.set_page_text(
                    tx, found.id, n, "new", ocr=True, state=PageState.TEXT
                )
            )
        except UserError as damage:
            codes.add(damage.code)
    assert codes == {"store.damaged"}
    store.write(lambda tx: tx.update("document", found.id, {"title": "still works"}))
    assert documents.get(store.reader(), found.id).title == "still works"
    assert base > 0
    store.close()


def test_a_writer_that_cannot_open_again_says_so(store: Store, tmp_path: Path) -> None:
    def meet_damage(_tx: Transaction) -> None:
        store.folder.path.rename(tmp_path / "away")
        raise UserError("store.damaged")

    with pytest.raises(UserError):
        store.write(meet_damage)
    with pytest.raises(UserError) as refused:
        store.write(lambda _tx: None)
    assert refused.value.code == "store.unreachable"
    (tmp_path / "away").rename(store.folder.path)
    store.write(lambda _tx: None)
