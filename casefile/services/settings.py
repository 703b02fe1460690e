"""What the case remembers about itself, inside the sealed store: drafts, places, choices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casefile.store import settings

if TYPE_CHECKING:
    from casefile.services.case import Case

_DRAFTS = "drafts"


def get(case: Case, key: str, default: Any = None) -> Any:
    """The value under ``key`` (anything JSON can hold), or ``default``."""
    return settings.read(case.reader(), key, default)


def put(case: Case, key: str, value: Any) -> None:
    """Keep a value; not an edit, so not undone. On a case that cannot be written nothing is kept
    and nothing is said: what a reader looked at last is no loss."""
    if not case.read_only:
        case.store.write(lambda tx: settings.put(tx, key, value), job=True)


def rename_case(case: Case, name: str) -> None:
    """Give the case another real name. Raises ``UserError("case.read_only")``."""
    case.rename(name)


def drafts(case: Case) -> dict[str, str]:
    """Unfinished input, by the field it was typed into."""
    found = get(case, _DRAFTS, {})
    return {str(key): str(text) for key, text in found.items()} if isinstance(found, dict) else {}


def keep_drafts(case: Case, unfinished: dict[str, str]) -> None:
    """Keep unfinished input instead of what was kept before; done before locking, so it does not
    wait behind jobs."""
    if not case.read_only and unfinished != drafts(case):
        case.store.write(lambda tx: settings.put(tx, _DRAFTS, unfinished))
