"""Records requests, as far as documents and follow-ups refer to one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from casefile.domain.changes import Change
from casefile.domain.errors import UserError
from casefile.domain.followups import Request
from casefile.services.keeping import KEEP, Kept, given
from casefile.services.quoting import iso_date
from casefile.store import requests, trash
from casefile.store.ids import new_id, now

if TYPE_CHECKING:
    from casefile.services.case import Case
    from casefile.store.transaction import Transaction


def add(
    case: Case,
    *,
    agency: str,
    law: str = "",
    subject: str = "",
    tracking_number: str = "",
    sent_on: date | str | None = None,
) -> Change:
    """Add a request. Raises ``UserError``: ``request.agency_needed``, ``date.invalid``."""
    if not agency.strip():
        raise UserError("request.agency_needed")
    at = now()
    request = Request(
        new_id(), agency.strip(), law, subject, tracking_number, iso_date(sent_on), at, at, None
    )
    return case.store.edit("request.add", lambda tx: requests.insert(tx, request))


def edit(
    case: Case,
    request_id: str,
    *,
    agency: str | Kept = KEEP,
    law: str | Kept = KEEP,
    subject: str | Kept = KEEP,
    tracking_number: str | Kept = KEEP,
    sent_on: date | str | Kept | None = KEEP,
) -> Change:
    """Change what is given of a request. Raises ``UserError``: ``request.not_found``,
    ``request.agency_needed``, ``date.invalid``."""
    if agency is not KEEP and not agency.strip():
        raise UserError("request.agency_needed")
    fields = given(agency=agency, law=law, subject=subject, tracking_number=tracking_number)
    if sent_on is not KEEP:
        fields["sent_on"] = iso_date(sent_on)

    def work(tx: Transaction) -> None:
        # replace() takes what the fields are named after; mypy cannot see through the dictionary.
        changed: Request = replace(requests.get(tx, request_id), **fields, modified_at=now())  # type: ignore[arg-type]
        requests.update(tx, changed)

    return case.store.edit("request.edit", work)


def delete(case: Case, ids: Iterable[str]) -> Change:
    """Move requests to the trash; documents keep saying that they came for them."""
    return case.store.edit("request.delete", lambda tx: trash.delete(tx, "request", ids, now()))


def listing(case: Case) -> list[Request]:
    """Requests outside the trash, in the order in which they were made."""
    return requests.listing(case.reader())


def get(case: Case, request_id: str) -> Request:
    """In the trash or not. Raises ``UserError("request.not_found")``."""
    return requests.get(case.reader(), request_id)


def label(request: Request) -> str:
    """A request in a few words: "EPA R9 #2291"."""
    number = request.tracking_number
    return f"{request.agency} #{number.lstrip('#')}" if number else request.agency
