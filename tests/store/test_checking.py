"""Damage is found, named, and stops nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from casefile.domain.errors import Cancelled, UserError
from casefile.domain.progress import JobContext
from casefile.services import wording
from casefile.store import documents
from casefile.store.checking import CheckReport, check_store
from casefile.store.folder import CaseFolder
from casefile.store.store import Store
from casefile.store.vault import Vault
from tests.store.making import CUSTODY_KEY, KEY, imported

_TEXTS = [" ".join(f"w{page}x{word}" for word in range(400)) for page in range(60)]


def checked(folder: CaseFolder, vault: Vault, *, writing: bool = False) -> CheckReport:
    store = Store.open(folder, KEY, CUSTODY_KEY, writing=writing)
    try:
        report = check_store(store, vault)
    finally:
        store.close()
    for problem in report.problems:  # each has its words
        assert wording.explain(problem.error()).what != problem.code
    return report


def codes(report: CheckReport) -> list[str]:
    return [problem.code for problem in report.problems]


@pytest.fixture
def closed(store: Store, vault: Vault) -> CaseFolder:
    imported(store, _TEXTS, vault)
    imported(store, ["second"], vault)
    store.close()
    return store.folder


@pytest.mark.parametrize("writing", [True, False])
def test_a_sound_case(closed: CaseFolder, vault: Vault, writing: bool) -> None:
    report = checked(closed, vault, writing=writing)
    assert report.sound
    assert (report.documents, report.pages) == (2, 61)


def test_beside_a_writer(store: Store, vault: Vault, folder: CaseFolder) -> None:
    imported(store, _TEXTS, vault)
    assert codes(checked(folder, vault)) == []
    (folder.documents / ("f" * 32)).write_bytes(b"being imported")
    assert codes(checked(folder, vault)) == []


def _flipped_late(data: bytes) -> bytes:
    changed = bytearray(data)
    changed[len(data) * 3 // 4] ^= 1
    return bytes(changed)


@pytest.mark.parametrize(
    ("spoil", "wanted"),
    [
        (_flipped_late, "check.store_page"),
        (lambda data: data + b"x", "check.store_size"),
        (lambda data: data + b"x" * 4096, "check.store_size"),
        (lambda data: data[:-4096], "check.store_cut"),
        (lambda data: data[: len(data) * 3 // 4 // 4096 * 4096], "check.store_cut"),
        (lambda data: data[:-100], "check.store_page"),
    ],
)
def test_damage_in_the_store_is_named_and_the_rest_is_read(
    closed: CaseFolder, vault: Vault, spoil: Callable[[bytes], bytes], wanted: str
) -> None:
    closed.store_path.write_bytes(spoil(closed.store_path.read_bytes()))
    report = checked(closed, vault)
    assert wanted in codes(report)
    assert "store.damaged" in codes(report)
    store = Store.open(closed, KEY, CUSTODY_KEY, writing=False)
    assert len(documents.listing(store.reader())) == 2
    store.close()


@pytest.mark.parametrize(
    "spoil",
    [lambda data: b"\0" * 100 + data[100:], lambda _data: b"", lambda data: b"\0" * len(data)],
)
def test_a_store_without_its_beginning_does_not_open(
    closed: CaseFolder, spoil: Callable[[bytes], bytes]
) -> None:
    closed.store_path.write_bytes(spoil(closed.store_path.read_bytes()))
    for writing in (True, False):
        with pytest.raises(UserError) as refused:
            Store.open(closed, KEY, CUSTODY_KEY, writing=writing)
        assert refused.value.code == "store.damaged"


def test_a_cut_store_is_not_written(closed: CaseFolder) -> None:
    closed.store_path.write_bytes(closed.store_path.read_bytes()[:-4096])
    with pytest.raises(UserError) as refused:
        Store.open(closed, KEY, CUSTODY_KEY, writing=True)
    assert refused.value.code == "store.damaged"
    store = Store.open(closed, KEY, CUSTODY_KEY, writing=False)
    assert store.salvaged
    with pytest.raises(UserError) as refused:
        store.reader().query("SELECT * FROM a_table_that_is_gone")
    assert refused.value.code == "store.damaged"
    store.close()


def test_a_damaged_document_is_named_alone(closed: CaseFolder, vault: Vault) -> None:
    store = Store.open(closed, KEY, CUSTODY_KEY, writing=False)
    first, second = documents.all_files(store.reader())
    store.close()
    spoiled = bytearray((closed.documents / first.name).read_bytes())
    spoiled[-1] ^= 1
    (closed.documents / first.name).write_bytes(spoiled)
    (closed.documents / second.name).unlink()
    (closed.documents / "stranger").write_bytes(b"")
    report = checked(closed, vault)
    assert [(p.code, p.document_id) for p in report.problems] == [
        ("document.damaged", first.document_id),
        ("document.file_missing", second.document_id),
        ("check.unknown_file", None),
    ]


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE page SET text = 'altered' WHERE number = 2", "check.index"),
        ("UPDATE document SET pages = pages + 1 WHERE seq = 1", "check.pages_missing"),
        ("UPDATE custody_head SET seq = seq + 1", "check.custody_broken"),
        (
            "INSERT INTO tagging VALUES ('0123456789abcdef', 'none', 'quote', 'x')",
            "check.store_link",
        ),
    ],
)
def test_contradictions_are_found(
    closed: CaseFolder, vault: Vault, statement: str, code: str
) -> None:
    store = Store.open(closed, KEY, CUSTODY_KEY, writing=True)
    connection = store.connect_copying()
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute(statement)
    connection.close()
    store.close()
    assert codes(checked(closed, vault)) == [code]


def test_the_sample_finds_an_index_that_lost_its_words(store: Store, vault: Vault) -> None:
    imported(store, _TEXTS, vault)
    assert check_store(store, vault).sound
    store.write(lambda tx: tx.execute("INSERT INTO page_fts (page_fts) VALUES ('delete-all')"))
    assert "check.index" in codes(check_store(store, vault))


def test_a_check_can_be_stopped(store: Store, vault: Vault) -> None:
    imported(store, ["x"], vault)
    context = JobContext()
    context.cancel()
    with pytest.raises(Cancelled):
        check_store(store, vault, context)
