"""Tags, and what carries them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from casefile.store.database import Queryable
from casefile.store.ids import new_id, now
from casefile.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Tag:
    """A word that groups things; ``count`` is how many carry it."""

    id: str
    name: str
    count: int


def listing(db: Queryable) -> list[Tag]:
    """Every tag that something carries, by name."""
    rows = db.query(
        "SELECT tag.id, tag.name, count(tagging.id) AS count FROM tag"
        " JOIN tagging ON tag_id = tag.id GROUP BY tag.id ORDER BY name"
    )
    return [Tag(**row) for row in rows]


def of(db: Queryable, kind: str) -> dict[str, tuple[str, ...]]:
    """The names of the tags that each thing of a kind carries, by its id; only those with any."""
    found: dict[str, tuple[str, ...]] = {}
    for row in db.query(
        "SELECT item_id, name FROM tagging JOIN tag ON tag.id = tag_id WHERE kind = ?"
        " ORDER BY name",
        (kind,),
    ):
        found[row["item_id"]] = (*found.get(row["item_id"], ()), row["name"])
    return found


def add(tx: Transaction, name: str, kind: str, item_ids: Iterable[str]) -> None:
    """Give things a tag, which is made if there is none of that name (capitals do not count)."""
    name = name.strip()
    row = tx.one("SELECT id FROM tag WHERE name = ?", (name,))
    tag_id = new_id() if row is None else row["id"]
    if row is None:
        tx.insert("tag", {"id": tag_id, "name": name, "created_at": now()})
    for item_id in item_ids:
        if not _taggings(tx, tag_id, kind, item_id):
            tx.insert(
                "tagging", {"id": new_id(), "tag_id": tag_id, "kind": kind, "item_id": item_id}
            )


def remove(tx: Transaction, name: str, kind: str, item_ids: Iterable[str]) -> None:
    """Take a tag from things; the tag goes with the last of them."""
    row = tx.one("SELECT id FROM tag WHERE name = ?", (name.strip(),))
    if row is None:
        return
    for item_id in item_ids:
        for tagging_id in _taggings(tx, row["id"], kind, item_id):
            tx.delete("tagging", tagging_id)
    if tx.one("SELECT 1 FROM tagging WHERE tag_id = ?", (row["id"],)) is None:
        tx.delete("tag", row["id"])


def on(db: Queryable, kind: str, item_id: str) -> tuple[str, ...]:
    """The names of the tags that one thing carries."""
    rows = db.query(
        "SELECT name FROM tagging JOIN tag ON tag.id = tag_id WHERE kind = ? AND item_id = ?"
        " ORDER BY name",
        (kind, item_id),
    )
    return tuple(row["name"] for row in rows)


def replace(tx: Transaction, names: Iterable[str], kind: str, item_ids: Iterable[str]) -> None:
    """Let things carry these tags and no others."""
    wanted, ids = list(names), list(item_ids)
    kept = {name.casefold() for name in wanted}
    for item_id in ids:
        for name in on(tx, kind, item_id):
            if name.casefold() not in kept:
                remove(tx, name, kind, [item_id])
    for name in wanted:
        add(tx, name, kind, ids)


def _taggings(tx: Transaction, tag_id: str, kind: str, item_id: str) -> list[str]:
    rows = tx.query(
        "SELECT id FROM tagging WHERE tag_id = ? AND kind = ? AND item_id = ?",
        (tag_id, kind, item_id),
    )
    return [row["id"] for row in rows]
