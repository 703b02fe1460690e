"""How long an agency took before: what to expect, never what the law says.

Requests that still wait took at least as long as they have waited. To leave them out would make a
slow agency look quick, so the quartiles are those of Kaplan and Meier, which count them for as long
as they are known ("censored").
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from casefile.domain.requests import EventKind

#: With fewer answers than this a forecast says how few there are.
ENOUGH: Final = 5
#: What ends the wait for an answer.
ANSWERED: Final = frozenset({EventKind.DETERMINATION, EventKind.FINAL_RELEASE, EventKind.DENIAL})


class Basis(StrEnum):
    """Of whose requests it is made."""

    AGENCY = "agency"
    LAW = "law"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Wait:
    """How many days a request took, or has taken so far."""

    days: int
    answered: bool


@dataclass(frozen=True, slots=True)
class Forecast:
    """Days from receipt to the answer. ``lower``, ``median`` and ``upper`` are the quartiles; None
    where too many still wait to know. ``answered`` requests had an answer, ``waiting`` have not."""

    basis: Basis
    answered: int = 0
    waiting: int = 0
    lower: int | None = None
    median: int | None = None
    upper: int | None = None

    @property
    def few(self) -> bool:
        return self.answered < ENOUGH


def forecast(agency: Sequence[Wait], law: Sequence[Wait]) -> Forecast:
    """Of the agency's own requests; where those are few, of all under the law if that is more."""
    own, wider = _answered(agency), _answered(law)
    if own >= ENOUGH or own >= wider > 0:
        return _of(Basis.AGENCY, agency)
    if wider >= ENOUGH or own == 0 < wider:
        return _of(Basis.LAW, law)
    return _of(Basis.AGENCY, agency) if own else Forecast(Basis.NONE, waiting=len(agency))


def wait(days: Iterable[tuple[EventKind, date]], today: date) -> Wait | None:
    """The wait of one request, of the days of its events: from the day on which the agency had it,
    else on which it was sent, to the first answer; None for one that never went out. One that was
    withdrawn or closed without an answer waited until then."""
    events = sorted((day, kind) for kind, day in days if day <= today)
    begun = [d for d, kind in events if kind is EventKind.RECEIVED] or [
        d for d, kind in events if kind is EventKind.SENT
    ]
    if not begun:
        return None
    ends = {kind: day for day, kind in reversed(events) if day >= begun[0]}
    answer = min((day for kind, day in ends.items() if kind in ANSWERED), default=None)
    left = min(
        (ends[k] for k in (EventKind.WITHDRAWN, EventKind.CLOSED) if k in ends), default=today
    )
    if answer is not None and answer <= left:
        return Wait((answer - begun[0]).days, answered=True)
    return Wait((left - begun[0]).days, answered=False)


def _of(basis: Basis, waits: Sequence[Wait]) -> Forecast:
    answered = _answered(waits)
    lower, median, upper = (_quantile(waits, share) for share in (0.25, 0.5, 0.75))
    return Forecast(basis, answered, len(waits) - answered, lower, median, upper)


def _answered(waits: Sequence[Wait]) -> int:
    return sum(each.answered for each in waits)


def _quantile(waits: Sequence[Wait], share: float) -> int | None:
    """The first day by which this share of requests has its answer (Kaplan and Meier 1958)."""
    still = 1.0
    for days in sorted({each.days for each in waits if each.answered}):
        at_risk = sum(each.days >= days for each in waits)
        answers = sum(each.answered and each.days == days for each in waits)
        still *= 1 - answers / at_risk
        if still <= 1 - share + 1e-9:
            return days
    return None
