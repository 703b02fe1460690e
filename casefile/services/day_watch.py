"""The latest day on which a case was open: a clock that was set back is noticed by it.

A journey to another time zone can make the day on the wall an earlier one too. The moment in UTC
tells the two apart: it goes on while travelling, and goes back with the clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from casefile.services import settings

if TYPE_CHECKING:
    from casefile.services.case import Case

_SEEN: Final = "day.latest"


@dataclass(frozen=True, slots=True)
class DaySeen:
    """``computer`` is the day that the clock of the computer has; ``latest`` the later day on which
    the case was last open, if that clock was set back since."""

    computer: date
    latest: date | None = None

    @property
    def counted(self) -> date:
        """The day from which dates are counted until the reporter confirms."""
        return self.latest or self.computer


def look(case: Case, computer: date, moment: datetime) -> DaySeen:
    """Compare the computer's day and moment with the latest seen, and keep the later."""
    day, at = _latest(case)
    if day is None or at is None:
        confirm(case, computer, moment)
    elif computer < day and moment < at:
        return DaySeen(computer, day)
    elif computer > day:
        confirm(case, computer, max(moment, at))
    return DaySeen(computer)


def confirm(case: Case, computer: date, moment: datetime) -> None:
    """Count from this day on: the reporter says that it is right."""
    moment = moment.astimezone(UTC)
    settings.put(case, _SEEN, {"day": computer.isoformat(), "moment": moment.isoformat()})


def _latest(case: Case) -> tuple[date | None, datetime | None]:
    kept = settings.get(case, _SEEN)
    try:
        return date.fromisoformat(kept["day"]), datetime.fromisoformat(kept["moment"])
    except (TypeError, KeyError, ValueError):
        return None, None
