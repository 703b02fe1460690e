"""Copies bring everything back."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from casefile.domain.documents import PageState
from casefile.domain.errors import Cancelled, UserError
from casefile.domain.progress import JobContext
from casefile.store import backup, checking, custody, documents, followups, search, tidying
from casefile.store.folder import CaseFolder
from casefile.store.store import Store
from casefile.store.vault import Vault
from tests.store.making import CUSTODY_KEY, KEY, dump, followup, imported


def opened(folder: CaseFolder, *, writing: bool = True) -> Store:
    return Store.open(folder, KEY, CUSTODY_KEY, writing=writing)


def test_a_daily_copy_is_small_and_holds_what_the_reporter_wrote(
    store: Store, vault: Vault, folder: CaseFolder
) -> None:
    words = " ".join(f"word{n}" for n in range(3_000))
    imported(store, [f"{words} {n}" for n in range(40)], vault)
    store.write(lambda tx: followups.insert(tx, followup(text="owl")))
    path = backup.back_up(store, "2026-11-03")
    assert path is not None
    assert path.stat().st_size < folder.store_path.stat().st_size / 4
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert sorted(p.name for p in folder.backups.iterdir()) == [path.name]
    assert backup.back_up(store, "2026-11-03") is None


def test_only_the_newest_copies_are_kept(store: Store, folder: CaseFolder) -> None:
    for day in range(1, 11):
        backup.back_up(store, f"2026-11-{day:02}")
    assert [p.name for p in backup.dailies(folder)] == [
        f"store-2026-11-{day:02}.db" for day in range(10, 3, -1)
    ]


def test_a_reader_makes_no_daily_copy(store: Store, folder: CaseFolder) -> None:
    beside = opened(folder, writing=False)
    assert backup.back_up(beside, "2026-11-03") is None
    beside.close()


def test_the_newest_sound_copy_is_brought_back(
    store: Store, vault: Vault, folder: CaseFolder
) -> None:
    first = imported(store, ["the waiver"], vault)
    store.write(lambda tx: followups.insert(tx, followup(text="owl")))
    for day in ("2026-11-01", "2026-11-02", "2026-11-03"):
        backup.back_up(store, day)
    then = dump(store)
    later = imported(store, ["too late"], vault)
    store.close()
    folder.store_path.write_bytes(b"\0" * 8192)
    newest = folder.backups / "store-2026-11-03.db"
    spoiled = bytearray(newest.read_bytes())
    spoiled[len(spoiled) // 2] ^= 1
    newest.write_bytes(spoiled)
    (folder.backups / "store-2026-11-02.db").write_bytes(b"")
    found = backup.newest_sound(folder, KEY)
    assert found is not None
    assert (found.day, found.documents, found.lacks) == ("2026-11-01", 1, 1)
    with pytest.raises(UserError) as refused:
        backup.bring_back(folder, newest, KEY)
    assert refused.value.code == "store.damaged"
    aside = backup.bring_back(folder, found.path, KEY)
    assert aside is not None
    assert aside.read_bytes() == b"\0" * 8192
    again = opened(folder)
    reader = again.reader()
    assert tidying.tidy(again, vault) == 0
    documents_then = {row[0]: row for row in then.pop("document")}
    now = dump(again)
    assert {row[0] for row in now.pop("document")} == set(documents_then)
    assert now == then
    assert search.search(reader, "owl").total == 1
    assert documents.texts_lost(reader) == [first.id]
    with pytest.raises(UserError):
        documents.get(reader, later.id)
    assert len(list((folder.backups / "unknown").iterdir())) == 1
    assert custody.verify(reader, CUSTODY_KEY) is None
    again.write(
        lambda tx: documents.set_page_text(
            tx, first.id, 1, "the waiver", ocr=False, state=PageState.TEXT
        )
    )
    again.write(lambda tx: documents.text_found(tx, first.id))
    assert search.search(reader, "waiver").total == 1
    assert documents.texts_lost(reader) == []
    again.close()
    alone = opened(folder, writing=False)
    assert checking.check_store(alone, vault).problems == []
    alone.close()


def test_a_store_that_is_open_is_not_replaced(store: Store, folder: CaseFolder) -> None:
    path = backup.back_up(store, "2026-11-03")
    assert path is not None
    with pytest.raises(UserError) as refused:
        backup.bring_back(folder, path, KEY)
    assert refused.value.code == "case.open_elsewhere"


def test_no_copy_at_all(folder: CaseFolder) -> None:
    assert backup.newest_sound(folder, KEY) is None
    folder.backups.rmdir()
    assert backup.dailies(folder) == []


def test_a_lost_store_is_brought_back(store: Store, folder: CaseFolder) -> None:
    path = backup.back_up(store, "2026-11-03")
    assert path is not None
    store.close()
    folder.store_path.unlink()
    assert backup.bring_back(folder, path, KEY) is None
    opened(folder).close()


@pytest.mark.parametrize("writing", [True, False])
def test_a_whole_copy_beside_a_writer(
    store: Store, vault: Vault, folder: CaseFolder, tmp_path: Path, writing: bool
) -> None:
    folder.header_path.write_text("{}")
    made = imported(store, ["the waiver"], vault)
    source = store if writing else opened(folder, writing=False)
    report = backup.copy_case(source, tmp_path / "copy")
    assert (report.documents, report.missing) == (1, ())
    if source is not store:
        source.close()
    back = backup.restore_case(report.path, tmp_path / "back")
    assert back.header_path.read_text() == "{}"
    assert (back.backups / "case.casefile").read_text() == "{}"
    for copy in (CaseFolder(report.path), back):
        again = opened(copy)
        assert again.reader().one("PRAGMA journal_mode") == {"journal_mode": "wal"}
        copied = Vault(copy, bytes(range(2, 34)))
        assert checking.check_store(again, copied).problems == []
        assert search.search(again.reader(), "waiver").hits[0].document_id == made.id
        assert dump(again) == dump(store)
        again.close()


def test_a_copy_says_what_was_missing(store: Store, vault: Vault, tmp_path: Path) -> None:
    made = imported(store, ["x"], vault)
    for path in store.folder.documents.iterdir():
        path.unlink()
    assert backup.copy_case(store, tmp_path / "copy").missing == (made.id,)


def test_a_copy_never_overwrites_and_leaves_no_half(
    store: Store, vault: Vault, tmp_path: Path
) -> None:
    imported(store, ["x"], vault)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").write_text("mine")
    (tmp_path / "empty").mkdir()
    with pytest.raises(UserError) as refused:
        backup.copy_case(store, tmp_path / "full")
    assert refused.value.code == "case.exists"
    stopped = JobContext()
    stopped.cancel()
    with pytest.raises(Cancelled):
        backup.copy_case(store, tmp_path / "copy", stopped)
    backup.copy_case(store, tmp_path / "empty")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["case", "empty", "full"]
    with pytest.raises(UserError) as refused:
        backup.restore_case(tmp_path / "full", tmp_path / "back")
    assert refused.value.code == "case.not_found"
