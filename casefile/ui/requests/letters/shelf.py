"""Letters that are being written: put aside when the case locks or another request is shown.

They lie with the session's drafts, one for each kept letter and one for each kind that is not kept
yet, so that no word that was typed is lost because something else was looked at.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from casefile.domain.letters import LetterKind
from casefile.services.letters import LetterChoices
from casefile.ui.models.words import today

if TYPE_CHECKING:
    from casefile.ui.session import CaseSession

_DRAFT, _OPEN = "requests.letter", "requests.letter-open"
_ADDRESS = "requests.letter-address"


@dataclass(frozen=True, slots=True)
class Draft:
    """``letter_id`` is empty while the letter is not kept. ``before`` is the text that was drafted
    or kept: what differs from it was typed. ``choices`` are what it is filled in with, and what
    they were at first; ``reason`` is why it may show what only a confidential source told."""

    kind: LetterKind
    choices: LetterChoices
    choices_before: LetterChoices
    text: str = ""
    before: str = ""
    title: str = ""
    title_before: str = ""
    letter_id: str = ""
    reason: str = ""

    @property
    def name(self) -> str:
        return self.letter_id or str(self.kind)

    @property
    def changed(self) -> bool:
        """Whether the letter is another than the one that was drafted or kept."""
        return (self.text, self.title) != (self.before, self.title_before)

    @property
    def touched(self) -> bool:
        """Whether anything would be lost."""
        return self.changed or self.choices != self.choices_before


class Shelf:
    """The drafts of all requests of a session."""

    def __init__(self, session: CaseSession) -> None:
        self._session = session

    def put(self, request_id: str, draft: Draft) -> None:
        self.note_address(draft)
        kept = asdict(draft)
        for choices in (kept["choices"], kept["choices_before"]):
            choices.pop("today")
        self._session.keep_draft(_key(request_id, draft.name), json.dumps(kept))

    def get(self, request_id: str, name: str) -> Draft | None:
        return _read(self._session.draft(_key(request_id, name)))

    def forget(self, request_id: str, name: str) -> None:
        self._session.keep_draft(_key(request_id, name), "")

    def of(self, request_id: str) -> list[Draft]:
        """What lies there for a request, in the order in which it was put there."""
        start = _key(request_id, "")
        found = [_read(text) for key, text in self._session.drafts.items() if key.startswith(start)]
        return [draft for draft in found if draft is not None]

    def note_open(self, request_id: str, name: str) -> None:
        """Which letter of a request is open in the editor; none for an empty name."""
        self._session.keep_draft(f"{_OPEN} {request_id}", name)

    def open_of(self, request_id: str) -> str:
        return self._session.draft(f"{_OPEN} {request_id}")

    @property
    def address(self) -> str:
        """The reporter's address, as it was last given in a letter."""
        return self._session.draft(_ADDRESS)

    def note_address(self, draft: Draft) -> None:
        if draft.choices.address.strip():
            self._session.keep_draft(_ADDRESS, draft.choices.address)


def _key(request_id: str, name: str) -> str:
    return f"{_DRAFT} {request_id} {name}"


def _read(text: str) -> Draft | None:
    """A draft as it was put aside; nothing where that cannot be read."""
    try:
        kept: Mapping[str, Any] = json.loads(text)
        chosen = {name: _choices(kept[name]) for name in ("choices", "choices_before")}
        draft = Draft(**{**kept, **chosen, "kind": LetterKind(kept["kind"])})
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    return draft


def _choices(kept: Mapping[str, Any]) -> LetterChoices:
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in kept.items()
    }
    return LetterChoices(today(), **values)
