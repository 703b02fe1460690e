"""A store of every older version becomes one of the present version."""

from __future__ import annotations

import shutil
import types
from pathlib import Path

import pytest

from casefile.domain.errors import UserError
from casefile.store import migrations
from casefile.store.checking import check_store
from casefile.store.database import Connection, connect
from casefile.store.folder import CaseFolder
from casefile.store.store import Store
from casefile.store.vault import Vault
from tests.store.making import CUSTODY_KEY, KEY, WRAPPING_KEY, dump, imported

_OLD_CASES = Path(__file__).parent / "old_cases"
_Objects = list[tuple[object, ...]]


def objects(store: Store) -> _Objects:
    """Every object of the schema, word for word."""
    rows = store.reader().query("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY 1, 2")
    return [tuple(row.values()) for row in rows]


def test_every_table_is_strict(store: Store) -> None:
    loose = store.reader().query(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        " AND strict = 0 AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    )
    assert loose == []


@pytest.mark.parametrize("version", range(1, migrations.LATEST + 1))
def test_a_real_old_case_opens_and_has_the_new_schema(
    store: Store, tmp_path: Path, version: int
) -> None:
    old = CaseFolder(tmp_path / "old")
    shutil.copytree(_OLD_CASES / f"version-{version}", old.path)
    old.backups.mkdir(exist_ok=True)
    opened = Store.open(old, KEY, CUSTODY_KEY, writing=True)
    assert objects(opened) == objects(store)
    vault = Vault(old, WRAPPING_KEY)
    assert check_store(opened, vault).problems == []
    assert len(dump(opened)["document"]) == 1
    opened.close()


@pytest.fixture
def next_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that knows one version more."""
    known = migrations.steps

    def steps():
        more = known()

        @more(name="next: a table")
        def _next(db):
            migrations.run_script(db.conn, "CREATE TABLE added (id INTEGER PRIMARY KEY) STRICT;")

        return more

    monkeypatch.setattr(migrations, "steps", steps)
    monkeypatch.setattr(migrations, "LATEST", migrations.LATEST + 1)


def test_a_snapshot_is_taken_before_and_dropped_after_the_next_opening(
    store: Store, folder: CaseFolder, request: pytest.FixtureRequest
) -> None:
    imported(store, ["waiver"])
    before = dump(store)
    store.close()
    request.getfixturevalue("next_version")
    with pytest.raises(UserError) as refused:
        Store.open(folder, KEY, CUSTODY_KEY, writing=False)
    assert refused.value.code == "store.older_version"
    newer = Store.open(folder, KEY, CUSTODY_KEY, writing=True)
    assert dump(newer) == before
    assert newer.reader().query("SELECT * FROM added") == []
    snapshot = folder.backups / f"before-version-{migrations.LATEST}.db"
    connection = connect(snapshot, KEY, query_only=True, immutable=True)
    assert connection.execute("SELECT count(*) FROM document").fetchone() == (1,)
    connection.close()
    newer.close()
    Store.open(folder, KEY, CUSTODY_KEY, writing=True).close()
    assert not snapshot.exists()


def test_without_room_for_a_snapshot_nothing_is_changed(
    store: Store,
    folder: CaseFolder,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store.close()
    before = folder.store_path.read_bytes()
    request.getfixturevalue("next_version")
    full = types.SimpleNamespace(free=1)
    monkeypatch.setattr(migrations.shutil, "disk_usage", lambda _path: full)
    with pytest.raises(UserError) as refused:
        Store.open(folder, KEY, CUSTODY_KEY, writing=True)
    assert refused.value.code == "store.full"
    assert folder.store_path.read_bytes() == before


def test_a_failing_step_leaves_the_store_as_it_was(
    store: Store,
    folder: CaseFolder,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store.close()
    request.getfixturevalue("next_version")
    run = migrations.run_script

    def broken(connection: Connection, script: str) -> None:
        run(connection, script)
        raise RuntimeError("half way")

    with monkeypatch.context() as broken_step:
        broken_step.setattr(migrations, "run_script", broken)
        with pytest.raises(RuntimeError, match="half way"):
            Store.open(folder, KEY, CUSTODY_KEY, writing=True)
    connection = connect(folder.store_path, KEY, query_only=True)
    assert connection.execute("PRAGMA user_version").fetchone() == (migrations.LATEST - 1,)
    assert connection.execute("SELECT count(*) FROM pragma_table_info('added')").fetchone() == (0,)
    connection.close()
    Store.open(folder, KEY, CUSTODY_KEY, writing=True).close()
