"""What stands in the calendar, read from the case and put into words. No Qt widgets."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from casefile.ui.models import words
from casefile.ui.today.entries import Entry
from casefile.ui.today.reading import followup_entry
from casefile.ui.today.request_lines import expected_entry, limit_entry

if TYPE_CHECKING:
    from casefile.services.case import Case

#: What can stand on a day, in the order in which it does: icon and words of the legend, and how
#: one and several are called aloud.
LEGEND = {
    "limit": ("clock", "Your limits", "limit of yours", "limits of yours"),
    "agency": ("building-2", "Agencies' dates", "date of an agency", "dates of agencies"),
    "followup": ("circle", "Follow-ups", "follow-up", "follow-ups"),
}

#: The shape of what is late.
LATE = "triangle-alert"


@dataclass(frozen=True)
class Month:
    """Everything that has a date, by day; ``today`` is the day on which it was read."""

    today: date
    days: dict[date, list[Entry]] = field(default_factory=dict)

    def on(self, day: date) -> list[Entry]:
        return self.days.get(day, [])

    def spoken(self, day: date) -> str:
        """A day with what it holds: ``Monday 16 November 2026, today, 2 limits of yours``."""
        parts = [words.long_day(day.isoformat())]
        if day == self.today:
            parts.append("today")
        for kind, (_icon, _words, one, many) in LEGEND.items():
            number = sum(entry.kind == kind for entry in self.on(day))
            if number:
                parts.append(words.counted(number, one, many))
        return ", ".join(parts)


def read(case: Case, today: date) -> Month:
    """Limits first, then the agencies' dates, then follow-ups."""
    from casefile.services import followups, request_list
    from casefile.services.agenda_clocks import dates

    found = dates(request_list.with_clocks(case, today), today)
    days: dict[date, list[Entry]] = {}
    for limit in found.own:
        days.setdefault(limit.on, []).append(limit_entry(limit, today))
    for expected in found.agencies:
        days.setdefault(expected.on, []).append(expected_entry(expected, today))
    for item in followups.listing(case):
        due = words.as_date(item.due)
        if item.done_at is None and due is not None:
            days.setdefault(due, []).append(followup_entry(item, today))
    return Month(today, days)
