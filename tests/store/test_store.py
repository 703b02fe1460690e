"""Opening, reading, writing, undoing, closing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casefile.domain.changes import Change
from casefile.domain.errors import Cancelled, UserError
from casefile.store import annotations, documents, followups, sources, tags, trash
from casefile.store import settings as case_settings
from casefile.store.database import connect
from casefile.store.folder import CaseFolder
from casefile.store.migrations import LATEST
from casefile.store.store import Store
from casefile.store.transaction import Transaction
from tests.store.making import (
    CUSTODY_KEY,
    KEY,
    LATER,
    annotation,
    child,
    dump,
    followup,
    imported,
    source,
)


def reopened(folder: CaseFolder, *, writing: bool = False) -> Store:
    return Store.open(folder, KEY, CUSTODY_KEY, writing=writing)


def code_of(work: Callable[[], object]) -> str:
    with pytest.raises(UserError) as refused:
        work()
    return refused.value.code


def test_what_was_committed_is_there_again(store: Store, folder: CaseFolder) -> None:
    wanted = followup()
    store.edit("followup.add", lambda tx: followups.insert(tx, wanted))
    store.close()
    again = reopened(folder)
    assert followups.listing(again.reader()) == [wanted]
    again.close()


def test_nothing_readable_is_on_the_disk(store: Store, folder: CaseFolder) -> None:
    imported(store, ["a waiver nobody may see"])
    store.close()
    written = b"".join(p.read_bytes() for p in folder.path.rglob("*") if p.is_file())
    assert b"waiver" not in written
    assert b"SQLite" not in written


def test_settings_of_the_database(store: Store) -> None:
    reader = store.reader()
    assert reader.one("PRAGMA journal_mode") == {"journal_mode": "wal"}
    assert reader.one("PRAGMA auto_vacuum") == {"auto_vacuum": 2}
    assert reader.one("PRAGMA foreign_keys") == {"foreign_keys": 1}

    def look(tx: Transaction) -> tuple[object, ...]:
        names = ("synchronous", "secure_delete", "temp_store", "foreign_keys")
        return tuple((tx.one(f"PRAGMA {name}") or {})[name] for name in names)

    assert store.write(look) == (2, 1, 2, 1)


def test_a_store_is_not_made_twice(store: Store, folder: CaseFolder) -> None:
    assert code_of(lambda: Store.create(folder, KEY, CUSTODY_KEY)) == "case.exists"


def test_a_second_writer_is_refused_and_a_reader_is_not(store: Store, folder: CaseFolder) -> None:
    assert code_of(lambda: reopened(folder, writing=True)) == "case.open_elsewhere"
    beside = reopened(folder)
    store.write(lambda tx: followups.insert(tx, followup(text="seen beside")))
    assert [f.text for f in followups.listing(beside.reader())] == ["seen beside"]
    assert beside.read_only
    assert code_of(lambda: beside.write(lambda _tx: None)) == "case.read_only"
    beside.close()


_BESIDE = """
import sys
from pathlib import Path
from casefile.domain.errors import UserError
from casefile.store import followups
from casefile.store.folder import CaseFolder
from casefile.store.store import Store
folder, key = CaseFolder(Path(sys.argv[1])), bytes.fromhex(sys.argv[2])
try:
    Store.open(folder, key, key, writing=True)
except UserError as refused:
    print(refused.code, flush=True)
store = Store.open(folder, key, key, writing=False)
for _ in sys.stdin:
    print(len(followups.listing(store.reader())), flush=True)
store.close()
"""


def test_a_second_process_reads_beside_the_writer(store: Store, folder: CaseFolder) -> None:
    with child(_BESIDE, folder.path, KEY.hex()) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == "case.open_elsewhere\n"
        for count in range(1, 4):
            store.write(lambda tx: followups.insert(tx, followup()))
            other.stdin.write("\n")
            other.stdin.flush()
            assert other.stdout.readline() == f"{count}\n"


def test_a_wrong_key_is_damage_because_the_slot_opened(store: Store, folder: CaseFolder) -> None:
    store.close()
    wrong = bytes(32)
    for writing in (False, True):
        code = code_of(lambda w=writing: Store.open(folder, wrong, wrong, writing=w))
        assert code == "store.damaged"
    reopened(folder, writing=True).close()  # no lock was left


def test_a_store_that_is_gone(store: Store, folder: CaseFolder) -> None:
    store.close()
    folder.store_path.unlink()
    assert code_of(lambda: reopened(folder)) == "store.missing"


@pytest.mark.parametrize(("version", "code"), [(LATEST + 1, "store.newer_version"), (0, None)])
def test_other_format_versions(
    store: Store, folder: CaseFolder, version: int, code: str | None
) -> None:
    store.close()
    connection = connect(folder.store_path, KEY, query_only=False)
    connection.execute(f"PRAGMA user_version = {version}")
    connection.close()
    assert code_of(lambda: reopened(folder)) == (code or "store.older_version")
    if code:
        assert code_of(lambda: reopened(folder, writing=True)) == code
    else:
        reopened(folder, writing=True).close()
        reopened(folder).close()


def test_another_database_under_the_same_key(folder: CaseFolder) -> None:
    connection = connect(folder.store_path, KEY, query_only=False, create=True)
    connection.execute("PRAGMA application_id = 7")
    connection.close()
    assert code_of(lambda: reopened(folder)) == "store.damaged"


def test_readers_only_read(store: Store) -> None:
    with pytest.raises(UserError) as refused:
        store.reader().query("DELETE FROM followup")
    assert refused.value.code == "case.read_only"


def test_each_thread_has_its_own_reader(store: Store) -> None:
    others: list[object] = []
    thread = threading.Thread(target=lambda: others.append(store.reader()))
    thread.start()
    thread.join()
    assert store.reader() is store.reader()
    assert others[0] is not store.reader()


def test_a_snapshot_does_not_move(store: Store) -> None:
    reader = store.reader()
    with reader.snapshot():
        assert followups.listing(reader) == []
        store.write(lambda tx: followups.insert(tx, followup()))
        assert followups.listing(reader) == []
    assert len(followups.listing(reader)) == 1


def test_a_query_can_be_interrupted_from_another_thread(store: Store) -> None:
    reader = store.reader()
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT sum(i) FROM n"
    done = threading.Event()

    def interrupt() -> None:
        while not done.wait(0.01):
            reader.interrupt()

    thread = threading.Thread(target=interrupt)
    thread.start()
    with pytest.raises(Cancelled):
        reader.query(endless)
    done.set()
    thread.join()
    assert reader.one("SELECT 1 AS one") == {"one": 1}


def test_closing_ends_everything_and_wipes_the_keys(store: Store) -> None:
    reader = store.reader()
    store.close()
    store.close()
    assert store.closed
    assert code_of(lambda: reader.query("SELECT 1")) == "case.closed"
    assert code_of(store.reader) == "case.closed"
    assert code_of(lambda: store.write(lambda _tx: None)) == "case.closed"
    reader.interrupt()
    assert store.database_key == bytes(32)
    assert store.custody_key == bytes(32)
    assert sorted(p.name for p in store.folder.path.iterdir()) == [
        "backups", "case.lock", "documents", "store.db",
    ]  # fmt: skip


def test_an_edit_returns_rows_before_and_after(store: Store) -> None:
    first = followup(text="call")
    change = store.edit("followup.add", lambda tx: followups.insert(tx, first))
    assert change.ids("followup") == (first.id,)
    assert change.rows[0].before is None
    change = store.edit("followup.edit", lambda tx: tx.update("followup", first.id, {"text": "x"}))
    assert change.rows[0].before is not None
    assert change.rows[0].after is not None
    assert (change.rows[0].before["text"], change.rows[0].after["text"]) == ("call", "x")


def test_an_edit_that_changes_nothing_says_so(store: Store) -> None:
    same = followup()
    store.write(lambda tx: followups.insert(tx, same))
    assert store.edit("followup.edit", lambda tx: followups.update(tx, same)).rows == ()


def test_a_row_touched_twice_is_recorded_once(store: Store) -> None:
    one, two = followup(), followup()

    def work(tx: Transaction) -> None:
        followups.insert(tx, one)
        tx.update("followup", one.id, {"text": "later"})
        followups.insert(tx, two)
        tx.delete("followup", two.id)

    change = store.edit("followup.add", work)
    assert change.ids("followup") == (one.id,)


def test_a_failing_edit_leaves_nothing(store: Store) -> None:
    def work(tx: Transaction) -> None:
        followups.insert(tx, followup())
        raise RuntimeError("a bug")

    with pytest.raises(RuntimeError, match="a bug"):
        store.edit("followup.add", work)
    assert followups.listing(store.reader()) == []
    assert store.reader().query("SELECT * FROM item_text") == []
    with pytest.raises(KeyError):
        store.write(lambda tx: tx.update("followup", "x" * 16, {}))
    with pytest.raises(KeyError):
        store.write(lambda tx: tx.delete("followup", "x" * 16))


def test_a_transaction_cannot_wait_for_another(store: Store) -> None:
    with pytest.raises(RuntimeError):
        store.write(lambda _tx: store.write(lambda _inner: None))


def test_undo_leaves_what_a_job_did_meanwhile(store: Store) -> None:
    found = imported(store, ["one", "two"])
    change = store.edit("document.edit", lambda tx: tx.update("document", found.id, {"title": "B"}))
    store.write(lambda tx: tx.update("document", found.id, {"pages_awaiting_ocr": 1}), job=True)
    store.apply(change.reversed())
    undone = documents.get(store.reader(), found.id)
    assert (undone.title, undone.pages_awaiting_ocr) == ("Memo", 1)


def test_undo_that_something_newer_builds_on_is_refused(store: Store) -> None:
    made = imported(store, ["one"])
    mark = annotation(made.id)
    change = store.edit("annotation.add", lambda tx: annotations.insert(tx, mark))
    store.write(
        lambda tx: tx.execute(
            "INSERT INTO quote (id, text, annotation_id, created_at, modified_at)"
            " VALUES ('0123456789abcdef', 'q', ?, ?, ?)",
            (mark.id, LATER, LATER),
        )
    )
    assert code_of(lambda: store.apply(change.reversed())) == "undo.conflict"
    assert annotations.get(store.reader(), mark.id) == mark


def _edits(draw: st.DataObject, store: Store, made: list[str]) -> Change:
    kind = draw.draw(
        st.sampled_from(["add", "change", "trash", "tag", "untag", "setting", "source"])
    )
    text = draw.draw(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8))
    chosen = draw.draw(st.sampled_from(made)) if made else None

    def work(tx: Transaction) -> None:
        if kind == "source":
            sources.insert(tx, source(name=text, code_name=text or "X", confidential=True,
                                      deleted_at=LATER))  # fmt: skip
        elif kind == "setting":
            case_settings.put(tx, "draft", text)
        elif kind == "add" or chosen is None:
            new = followup(text=text)
            followups.insert(tx, new)
            made.append(new.id)
        elif kind == "change":
            tx.update("followup", chosen, {"text": text})
        elif kind == "trash":
            trash.delete(tx, "followup", [chosen], LATER)
        elif kind == "tag":
            tags.add(tx, "key", "followup", [chosen])
        else:
            tags.remove(tx, "KEY", "followup", [chosen])

    return store.edit(kind, work)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_undoing_and_redoing_any_edits_comes_back_to_the_same_rows(
    tmp_path_factory: pytest.TempPathFactory, draw: st.DataObject
) -> None:
    folder = CaseFolder.create(tmp_path_factory.mktemp("undo") / "case")
    store = Store.create(folder, KEY, CUSTODY_KEY)
    try:
        made: list[str] = []
        states, changes = [dump(store)], []
        for _ in range(draw.draw(st.integers(1, 6))):
            changes.append(_edits(draw, store, made))
            states.append(dump(store))
        for change, state in zip(reversed(changes), reversed(states[:-1]), strict=True):
            store.apply(change.reversed())
            assert dump(store) == state
        for change, state in zip(changes, states[1:], strict=True):
            assert store.apply(change) == change
            assert dump(store) == state
    finally:
        store.close()


def test_the_folder_may_have_any_name(tmp_path: Path) -> None:
    folder = CaseFolder.create(tmp_path / "Fall Ö 100% #1?x=y")
    Store.create(folder, KEY, CUSTODY_KEY).close()
    reopened(folder, writing=True).close()
    assert sorted(p.name for p in tmp_path.iterdir()) == [folder.path.name]
