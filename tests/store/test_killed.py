"""``kill -9`` in the middle of imports and edits: nothing committed is lost, nothing half-done
shows."""

from __future__ import annotations

import random

import pytest

from casefile.store import custody, documents, followups, tidying
from casefile.store.checking import check_store
from casefile.store.folder import CaseFolder
from casefile.store.store import Store
from casefile.store.vault import Vault
from tests.store.making import CUSTODY_KEY, KEY, WRAPPING_KEY, child, document, imported, page

_WORK = """
import sys
from pathlib import Path
from casefile.store import followups
from casefile.store.folder import CaseFolder
from casefile.store.store import Store
from casefile.store.tidying import tidy
from casefile.store.vault import Vault
from tests.store.making import CUSTODY_KEY, KEY, WRAPPING_KEY, followup, imported

folder = CaseFolder(Path(sys.argv[1]))
store, vault = Store.open(folder, KEY, CUSTODY_KEY, writing=True), Vault(folder, WRAPPING_KEY)
tidy(store, vault)
text = " ".join(f"word{n}" for n in range(300))
while True:
    todo = followup()
    store.edit("add", lambda tx: followups.insert(tx, todo))
    print("followup", todo.id, flush=True)
    print("document", imported(store, [text] * 30, vault).id, flush=True)
"""


@pytest.mark.parametrize("seed", range(5))
def test_a_killed_writer_loses_nothing_it_promised(folder: CaseFolder, seed: int) -> None:
    Store.create(folder, KEY, CUSTODY_KEY).close()
    chance = random.Random(seed)
    promised: list[list[str]] = []
    with child(_WORK, folder.path) as writer:
        assert writer.stdout is not None
        promised += [writer.stdout.readline().split() for _ in range(chance.randint(1, 9))]
        # A moment that differs from run to run, without waiting on a clock.
        sum(range(chance.randrange(400_000)))
        writer.kill()
        promised += [line.split() for line in writer.stdout if line.endswith("\n")]
    store, vault = Store.open(folder, KEY, CUSTODY_KEY, writing=True), Vault(folder, WRAPPING_KEY)
    tidying.tidy(store, vault)
    reader = store.reader()
    there = {f.id for f in followups.listing(reader)} | {d.id for d in documents.listing(reader)}
    assert {row[1] for row in promised} <= there
    assert all(document.pages == 30 for document in documents.listing(reader))
    assert len(custody.listing(reader)) == len(documents.listing(reader))
    store.close()
    alone = Store.open(folder, KEY, CUSTODY_KEY, writing=False)
    assert check_store(alone, vault).problems == []
    alone.close()
    vault.close()


def test_what_a_killed_import_left_is_cleared_away(
    store: Store, vault: Vault, folder: CaseFolder
) -> None:
    kept = imported(store, ["x"], vault)
    mail, attached = document(), document()
    file = vault.add(b"half", mail.id, "original")
    store.write(lambda tx: documents.begin_import(tx, mail))
    store.write(lambda tx: documents.add_file(tx, file))
    pages = [page(mail.id, number, "waiver") for number in range(1, 121)]
    store.write(lambda tx: documents.insert_pages(tx, mail.id, pages))
    child_of = document(id=attached.id, parent_id=mail.id)
    store.write(lambda tx: documents.begin_import(tx, child_of))
    vault.add(b"no row yet", "0" * 16, "original")
    (folder.backups / ".new-1234.db").write_bytes(b"half a backup")
    assert tidying.tidy(store, vault) == 2
    assert [d.id for d in documents.listing(store.reader())] == [kept.id]
    assert len(list(folder.documents.iterdir())) == 1
    assert list(folder.backups.iterdir()) == []
    assert store.reader().query("SELECT * FROM page_fts WHERE page_fts MATCH 'waiver'") == []
    assert tidying.tidy(store, vault) == 0


def test_an_attachment_outlives_a_mail_that_is_cleared_away(store: Store, vault: Vault) -> None:
    mail = document()
    store.write(lambda tx: documents.begin_import(tx, mail))
    attached = imported(store, ["sheet"], vault, parent_id=mail.id)
    assert tidying.tidy(store, vault) == 1
    assert documents.get(store.reader(), attached.id).parent_id is None
