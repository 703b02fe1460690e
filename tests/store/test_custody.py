"""The log only grows, and shows every tampering."""

from __future__ import annotations

import pytest

from casefile.store import custody
from casefile.store.database import DatabaseError
from casefile.store.store import Store
from tests.store.making import CUSTODY_KEY

_NAMES = ("import", "mark", "export", "check")


@pytest.fixture
def log(store: Store) -> Store:
    for number, event in enumerate(_NAMES):
        store.write(
            lambda tx, n=number, e=event: custody.append(tx, CUSTODY_KEY, e, {"n": n, "ü": ["x"]})
        )
    return store


def _tamper(store: Store, *statements: str) -> None:
    def work(tx):
        tx.execute("DROP TRIGGER custody_keeps_entries")
        tx.execute("DROP TRIGGER custody_keeps_words")
        for statement in statements:
            tx.execute(statement)

    store.write(work)


def test_an_empty_and_a_whole_log(log: Store) -> None:
    assert custody.verify(log.reader(), CUSTODY_KEY) is None
    assert [e.event for e in custody.listing(log.reader())] == list(reversed(_NAMES))
    assert custody.listing(log.reader(), event="mark")[0].detail == {"n": 1, "ü": ["x"]}


def test_a_log_without_entries(store: Store) -> None:
    assert custody.verify(store.reader(), CUSTODY_KEY) is None


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM custody", "UPDATE custody SET event = 'x'", "DELETE FROM custody WHERE seq = 4"],
)
def test_entries_cannot_be_changed_or_removed(log: Store, statement: str) -> None:
    with pytest.raises(DatabaseError, match="only grows"):
        log.write(lambda tx: tx.execute(statement))


@pytest.mark.parametrize(
    ("statements", "broken"),
    [
        (["UPDATE custody SET event = 'x' WHERE seq = 2"], 2),
        (["UPDATE custody SET detail = '{}' WHERE seq = 1"], 1),
        (["UPDATE custody SET at = '1999' WHERE seq = 4"], 4),
        (["UPDATE custody SET mac = zeroblob(32) WHERE seq = 3"], 3),
        (["DELETE FROM custody WHERE seq = 2"], 2),
        (["DELETE FROM custody WHERE seq = 4"], 4),
        (["DELETE FROM custody"], 1),
        (["DELETE FROM custody_head"], 1),
        (
            ["DELETE FROM custody WHERE seq = 2", "UPDATE custody SET seq = seq - 1 WHERE seq > 2"],
            2,
        ),
        (["UPDATE custody_head SET seq = 3", "DELETE FROM custody WHERE seq = 4"], 4),
    ],
)
def test_tampering_is_found_where_it_begins(log: Store, statements: list[str], broken: int) -> None:
    _tamper(log, *statements)
    assert custody.verify(log.reader(), CUSTODY_KEY) == broken


def test_another_key_does_not_fit(log: Store) -> None:
    assert custody.verify(log.reader(), bytes(32)) == 1


def test_an_entry_goes_with_its_transaction(store: Store) -> None:
    def work(tx):
        custody.append(tx, CUSTODY_KEY, "import", {})
        raise RuntimeError

    with pytest.raises(RuntimeError):
        store.write(work)
    assert custody.listing(store.reader()) == []


def test_a_long_log(store: Store) -> None:
    def work(tx):
        for number in range(2_050):
            custody.append(tx, CUSTODY_KEY, "mark", {"n": number})

    store.write(work)
    assert custody.verify(store.reader(), CUSTODY_KEY) is None
