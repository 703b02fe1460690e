"""What has left a case, as its custody log has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casefile.store import custody

if TYPE_CHECKING:
    from casefile.services.case import Case
    from casefile.services.leaving.door import Departure

_EVENT = "left."


@dataclass(frozen=True, slots=True)
class Departed:
    """``at`` is an ISO time, ``name`` what the file or folder was called (not where it lies),
    ``documents`` how many documents it holds."""

    at: str
    what: str
    recipient: str | None
    name: str
    documents: int


def append(case: Case, departure: Departure, name: str) -> None:
    """Add an entry for something that is outside now."""
    said = {"recipient": departure.recipient, "name": name, "detail": departure.detail}
    detail: dict[str, object] = {key: value for key, value in said.items() if value}
    detail["documents"] = list(departure.document_ids)
    case.store.write(
        lambda tx: custody.append(
            tx, case.store.custody_key, _EVENT + departure.what, detail
        )
    )  # fmt: skip


def history(case: Case, what: str = "bundle") -> list[Departed]:
    """What left as ``what`` (``bundle``, ``original``, ``picture``), newest first."""
    return [
        Departed(
            entry.at,
            what,
            entry.detail.get("recipient"),
            str(entry.detail.get("name", "")),
            len(entry.detail.get("documents", ())),
        )
        for entry in custody.listing(case.reader(), event=_EVENT + what)
    ]
