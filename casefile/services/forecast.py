"""What to expect of an agency, from the case's own history."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from casefile.domain.forecast import ANSWERED, Basis, Forecast, Wait, forecast, wait
from casefile.domain.requests import EventKind
from casefile.store import request_history, requests

if TYPE_CHECKING:
    from casefile.services.case import Case

_KINDS: Final = (
    *sorted(ANSWERED), EventKind.SENT, EventKind.RECEIVED, EventKind.CLOSED, EventKind.WITHDRAWN,
)  # fmt: skip


def of_request(case: Case, request_id: str, today: date) -> Forecast:
    """How long the agency of a request took over others in this case, else how long those under
    its law took. Raises ``UserError("request.not_found")``."""
    reader = case.reader()
    request = requests.get(reader, request_id)
    agency: list[Wait] = []
    law: list[Wait] = []
    for past in request_history.history(reader, request.agency_id, request.law, _KINDS):
        took = wait(past.days, today)
        if took is None or past.request_id == request_id:
            continue
        if past.agency_id is not None and past.agency_id == request.agency_id:
            agency.append(took)
        if request.law and past.law == request.law:
            law.append(took)
    return forecast(agency, law)


def sentence(found: Forecast) -> str:
    """The forecast in words; it never stands for the legal date."""
    if found.basis is Basis.NONE:
        waits = f"; {_waiting(found)}" if found.waiting else ""
        return f"No earlier request in this case had an answer to go by{waits}."
    whose = "This agency" if found.basis is Basis.AGENCY else "Agencies under this law"
    took = _took(found)
    waits = f"; {_waiting(found)}, counted for as long as they have waited" if found.waiting else ""
    few = " Too few to go by." if found.few else ""
    return f"{whose} {took} in {_requests(found.answered)} of this case{waits}.{few}"


def _took(found: Forecast) -> str:
    if found.median is None:
        return "has left most requests unanswered; it answered"
    middle = f"took {found.median} days in the middle case"
    if found.few or found.lower is None:
        return middle
    upper = str(found.upper) if found.upper is not None else "more"
    if upper == "more":
        return f"{middle}, a quarter {found.lower} or less, a quarter has no end yet,"
    return f"{middle}, half of them {found.lower} to {upper},"


def _waiting(found: Forecast) -> str:
    one = found.waiting == 1
    return "1 is still open" if one else f"{found.waiting:,} are still open"


def _requests(count: int) -> str:
    return f"{count:,} answered request{'' if count == 1 else 's'}"
