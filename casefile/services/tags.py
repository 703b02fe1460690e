"""Tags: words that group things."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from casefile.domain.changes import Change
from casefile.domain.errors import UserError
from casefile.store import tags

if TYPE_CHECKING:
    from casefile.services.case import Case

KINDS = ("document", "annotation", "quote", "source", "followup", "request")


def add(case: Case, name: str, kind: str, ids: Iterable[str]) -> Change:
    """Give things of one kind a tag. Raises ``UserError("tag.empty")``."""
    wanted = _checked(name, kind)
    return case.store.edit("tag.add", lambda tx: tags.add(tx, wanted, kind, ids))


def remove(case: Case, name: str, kind: str, ids: Iterable[str]) -> Change:
    """Take a tag from things of one kind. Raises ``UserError("tag.empty")``."""
    wanted = _checked(name, kind)
    return case.store.edit("tag.remove", lambda tx: tags.remove(tx, wanted, kind, ids))


def set_tags(case: Case, names: Iterable[str], kind: str, ids: Iterable[str]) -> Change:
    """Let things of one kind carry these tags and no others, as one edit. Raises
    ``UserError("tag.empty")``."""
    wanted, things = tag_names(names), list(ids)
    _check(kind)
    return case.store.edit("tag.set", lambda tx: tags.replace(tx, wanted, kind, things))


def tag_names(names: Iterable[str]) -> tuple[str, ...]:
    """Tags as they are kept: each once, whatever its capitals. Raises ``UserError("tag.empty")``
    for one without words."""
    found: dict[str, str] = {}
    for name in names:
        words = " ".join(name.split())
        if not words:
            raise UserError("tag.empty")
        found.setdefault(words.casefold(), words)
    return tuple(found.values())


def names(case: Case) -> list[str]:
    """Every tag that something carries, by name."""
    return [tag.name for tag in tags.listing(case.reader())]


def of(case: Case, kind: str) -> dict[str, tuple[str, ...]]:
    """The tags of everything of a kind, by id; only those with any."""
    return tags.of(case.reader(), kind)


def _checked(name: str, kind: str) -> str:
    _check(kind)
    return tag_names([name])[0]


def _check(kind: str) -> None:
    if kind not in KINDS:
        raise ValueError(f"nothing of kind {kind} carries tags")
