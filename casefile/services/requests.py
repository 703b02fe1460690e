"""Records requests, and the address book of the agencies that they go to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from casefile.domain.changes import Change
from casefile.domain.errors import UserError
from casefile.domain.requests import Agency, EventKind, Request, RequestEvent, called
from casefile.services import kept_rules, laws
from casefile.services.quoting import iso_date
from casefile.store import letters, requests, trash
from casefile.store.ids import new_id, now

if TYPE_CHECKING:
    from casefile.services.case import Case
    from casefile.store.database import Queryable
    from casefile.store.transaction import Transaction

_NOT_BY_HAND: Final = frozenset({"id", "created_at", "modified_at", "deleted_at", "rules_id"})
#: Beyond these years the date of a letter is a slip of the hand.
_YEARS: Final = ("1800", "2199")
_DAYS: Final = frozenset({"period_from", "period_to"})


def add(
    case: Case,
    *,
    agency: str,
    tracking_number: str = "",
    sent_on: date | str | None = None,
    received_on: date | str | None = None,
    **details: Any,
) -> Change:
    """Add a request to an agency, which goes into the address book if it is not there. ``details``
    are fields of ``Request``; with ``sent_on`` it was sent that day, with ``received_on`` the
    agency had it that day. Raises ``UserError``: ``event.order``,
    ``request.agency_needed``, ``date.invalid``, ``date.year``, ``request.period``,
    ``request.not_found`` (its parent)."""
    at, sent, received = now(), event_day(sent_on), event_day(received_on)
    if sent and received and received < sent:
        raise UserError("event.order")
    numbers = (tracking_number, *details.pop("tracking_numbers", ()))
    request = _checked(
        Request(
            id=new_id(), agency=agency, tracking_numbers=numbers, created_at=at, modified_at=at,
            **_given(details),
        )
    )  # fmt: skip

    def work(tx: Transaction) -> None:
        if request.parent_id is not None:
            requests.get(tx, request.parent_id)
        requests.insert(tx, replace(request, agency_id=_office(tx, request)))
        if sent or received:
            event = RequestEvent(
                id=new_id(), request_id=request.id, created_at=at, modified_at=at,
                kind=EventKind.SENT if sent else EventKind.RECEIVED, sent=sent, received=received,
            )  # fmt: skip
            requests.insert(tx, event)
            kept_rules.keep(tx, request.id)

    return case.store.edit("request.add", work)


def event_day(written: date | str | None) -> str | None:
    """A day of a letter or a limit. Raises ``UserError``: ``date.invalid``, ``date.year``."""
    day = iso_date(written)
    if day is not None and not _YEARS[0] <= day[:4] <= _YEARS[1]:
        raise UserError("date.year", date=day)
    return day


def edit(case: Case, request_id: str, **details: Any) -> Change:
    """Change fields of a request; ``tracking_number`` alone replaces the first of its numbers.
    Raises ``UserError`` as ``add``."""
    first = details.pop("tracking_number", None)
    given = _given(details)

    def work(tx: Transaction) -> None:
        old = requests.get(tx, request_id)
        if first is not None:
            given["tracking_numbers"] = (first, *old.tracking_numbers[1:])
        changed = _checked(replace(old, **given, modified_at=now()))
        if changed.agency != old.agency:
            changed = replace(changed, agency_id=_office(tx, changed))
        if changed.law != old.law:
            changed = replace(changed, rules_id=None)  # those kept were another law's
        requests.update(tx, changed)
        if changed.law != old.law and requests.events_of(tx, request_id):
            kept_rules.keep(tx, request_id)

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


def owner(case: Case, kind: str, item_id: str) -> str:
    """The request that a letter (``letter``) or something that happened (``request_event``) belongs
    to. Raises ``UserError("<kind>.not_found")``."""
    of = letters.get if kind == "letter" else requests.event
    return of(case.reader(), item_id).request_id


def label(request: Request) -> str:
    """A request in a few words: "EPA R9 #2291"."""
    return called(request.agency, request.tracking_number)


def agencies(case: Case) -> list[Agency]:
    """The address book, by name."""
    return requests.agencies(case.reader())


def agency_of(case: Case, request: Request) -> Agency:
    """The office of a request; one that is not in the address book has a name only."""
    if request.agency_id is None:
        return Agency(id="", name=request.agency)
    return requests.agency(case.reader(), request.agency_id)


def edit_agency(case: Case, agency_id: str, **details: Any) -> Change:
    """Change fields of an office: address, zone, ``closes_at`` ("17:00"), other ``holidays``,
    ``closures`` (days, ISO). Raises ``UserError``: ``agency.not_found``,
    ``request.agency_needed``, ``date.invalid``, ``agency.zone``, ``agency.hour``,
    ``calendar.unknown``."""

    def work(tx: Transaction) -> None:
        old = requests.agency(tx, agency_id)
        changed = _checked_office(replace(old, **_given(details), modified_at=now()))
        requests.update(tx, changed)

    return case.store.edit("agency.edit", work)


def _given(details: dict[str, Any]) -> dict[str, Any]:
    """Details that may be set by hand, lists as tuples."""
    refused = details.keys() & _NOT_BY_HAND
    if refused:
        raise TypeError(f"set by the store: {', '.join(sorted(refused))}")
    return {name: tuple(v) if isinstance(v, list) else v for name, v in details.items()}


def _checked(request: Request) -> Request:
    values = {
        field.name: value.strip()
        for field in fields(request)
        if isinstance(value := getattr(request, field.name), str) and field.name not in _DAYS
    }
    request = replace(
        request,
        **values,  # type: ignore[arg-type]  # the words among its fields
        period_from=iso_date(request.period_from),
        period_to=iso_date(request.period_to),
        tracking_numbers=tuple(n.strip() for n in request.tracking_numbers if n.strip()),
    )
    if not request.agency:
        raise UserError("request.agency_needed")
    if request.period_from and request.period_to and request.period_from > request.period_to:
        raise UserError("request.period")
    return request


def _checked_office(agency: Agency) -> Agency:
    from zoneinfo import ZoneInfo

    if not agency.name.strip():
        raise UserError("request.agency_needed")
    if agency.zone:
        try:
            ZoneInfo(agency.zone)
        except (KeyError, ValueError, OSError) as error:
            raise UserError("agency.zone", zone=agency.zone) from error
    if agency.closes_at:
        hour, _, minute = agency.closes_at.partition(":")
        if not (hour.isdigit() and minute.isdigit() and int(hour) < 24 and int(minute) < 60):
            raise UserError("agency.hour", hour=agency.closes_at)
    laws.require_calendars(agency.holidays)
    closures = sorted({day for each in agency.closures if (day := iso_date(each))})
    return replace(agency, name=agency.name.strip(), closures=tuple(closures))


def _office(tx: Transaction, request: Request) -> str:
    """The office of this name in the address book, added where there is none."""
    found = _known_office(tx, request.agency)
    if found is None:
        at = now()
        found = Agency(id=new_id(), name=request.agency, created_at=at, modified_at=at)
        requests.insert(tx, found)
    return found.id


def _known_office(db: Queryable, name: str) -> Agency | None:
    wanted = name.casefold()
    return next((each for each in requests.agencies(db) if each.name.casefold() == wanted), None)
