"""The requests of a case: agency, law, status, clock, what comes next."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from casefile.domain.clocks import Clock
from casefile.domain.laws import ClockRule, Law, Unit
from casefile.domain.request_status import NextStep, Status
from casefile.domain.working_days import WorkingDays
from casefile.services import laws, request_list
from casefile.services.request_rows import rule_of
from casefile.ui.models.columns import Column
from casefile.ui.models.words import long_day, one_line, visible
from casefile.ui.requests.words import LOOKS, STEPS, clock_tone, clock_words

if TYPE_CHECKING:
    from casefile.services.case import Case
    from casefile.services.deadlines import RequestView
    from casefile.services.request_rows import RequestRow

_ORDER = list(Status)


class RequestEntry:
    """One row on a day: ``called`` is the request in a few words, ``law`` the law by its initials,
    ``goal`` the day that its clock goes by. Words are made when a cell is looked at, not for
    thousands of rows that nobody sees."""

    __slots__ = ("_now", "row")

    def __init__(self, row: RequestRow, now: date) -> None:
        self.row = row
        self._now = now

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, RequestEntry):
            return NotImplemented
        return self.row == other.row and self._now == other._now

    def __hash__(self) -> int:
        return hash(self.row)

    @property
    def id(self) -> str:
        return self.row.id

    @property
    def agency(self) -> str:
        return self.row.agency

    @property
    def called(self) -> str:
        return self.row.label

    @property
    def subject(self) -> str:
        return self.row.subject

    @property
    def numbers(self) -> tuple[str, ...]:
        return self.row.numbers

    @property
    def status(self) -> Status:
        return self.row.status

    @property
    def step(self) -> NextStep:
        return self.row.next_step

    @property
    def law_id(self) -> str:
        return self.row.law

    @property
    def law(self) -> str:
        known = self._law
        return initials(known.law) if known else self.row.law or "none"

    @property
    def law_name(self) -> str:
        known = self._law
        return f"{known.law}, {known.name}" if known else self.row.law

    @property
    def clock(self) -> str:
        law = self._law
        return clock_words(
            _clock(self.row),
            self._now,
            lambda clock: days_late(self.row, law, clock, self._now),
        )

    @property
    def tone(self) -> str | None:
        return clock_tone(_clock(self.row), self._now)

    @property
    def goal(self) -> date | None:
        return self.row.goal

    @property
    def _law(self) -> Law | None:
        return laws.known(self.row.law)


def entries(case: Case, now: date) -> list[RequestEntry]:
    """Every request outside the trash as a row."""
    return [RequestEntry(row, now) for row in request_list.rows(case, now)]


def _clock(row: RequestRow) -> Clock | None:
    """The leading clock, as far as a row tells of it."""
    line = row.leading
    if line is None:
        return None
    rule = rule_of(row, line)
    return Clock(
        rule=rule or ClockRule(id=line.rule_id, kind=line.kind, unit=Unit.CALENDAR_DAYS),
        state=line.state,
        party=line.party,
        due=line.due,
        send_by=line.send_by,
        stated=line.stated,
        drives=line.drives,
        used=line.used,
        of=line.of if line.used is not None else None,
        check_this=line.check_this,
    )


def titles(case: Case, view: RequestView) -> dict[str, str]:
    """The documents that came with what happened to a request, by id."""
    from casefile.services.labels import labels

    wanted = {each for event in view.events for each in event.documents}
    names = labels(case, [("document", each) for each in sorted(wanted)])
    return {key: name for (_kind, key), name in names.items()}


def attachable(case: Case, request_id: str) -> tuple[dict[str, str], dict[str, str]]:
    """Every document's title by id, those that came for this request first, then the latest; and
    their file names."""
    from casefile.services import documents

    found = [row.document for row in documents.listing(case)]
    found.sort(key=lambda each: each.added_at, reverse=True)
    found.sort(key=lambda each: each.request_id != request_id)
    return {each.id: each.title for each in found}, {each.id: each.file_name for each in found}


@cache
def initials(name: str) -> str:
    """``FOIA`` for ``Freedom of Information Act 2000``; the name itself where they say nothing."""
    _, _, inside = name.partition("(")
    known = inside.partition(")")[0]
    if known.isupper() and known.isalpha():
        return known
    words = name.partition("(")[0].replace("-", " ").split()
    short = "".join(word[0] for word in words if word[0].isalpha()).upper()
    return short if 3 <= len(short) <= 5 else name


def days_late(row: RequestRow, law: Law | None, clock: Clock, now: date) -> int:
    """The working days since a clock's last day, by the calendar of its law."""
    if clock.due is None or law is None:
        return 0
    holidays, closures = row.office
    days = WorkingDays(law, laws.calendar(law, holidays), closures)
    gone = (now - clock.due).days
    return sum(not days.closed(clock.due + timedelta(days=n)) for n in range(1, gone + 1))


def search_words(entry: RequestEntry) -> str:
    """What the filter looks in."""
    parts = (entry.agency, entry.subject, entry.law, *entry.numbers, LOOKS[entry.status].word)
    return " ".join(parts).casefold()


def _whole_clock(entry: RequestEntry) -> str:
    on = long_day(entry.goal.isoformat()) if entry.goal else ""
    return ", ".join(part for part in (entry.clock, on) if part)


COLUMNS: tuple[Column[RequestEntry], ...] = (
    Column(
        "Agency",
        lambda e: visible(one_line(e.called)),
        tip=lambda e: visible(f"{e.called}: {e.subject}" if e.subject else e.called),
        sort=lambda e: e.called.casefold(),
        strong=lambda e: e.status in (Status.OVERDUE, Status.QUESTION, Status.PAYMENT),
    ),
    Column(
        "Law",
        lambda e: visible(e.law),
        spoken=lambda e: visible(e.law_name) or "none",
        sort=lambda e: e.law.casefold(),
        tone=lambda _entry: "muted",
        sample="FOIA Scotland",
        gives_way=1,
    ),
    Column(
        "Status",
        lambda e: LOOKS[e.status].word,
        sort=lambda e: _ORDER.index(e.status),
        icon=lambda e: LOOKS[e.status].icon,
        tone=lambda e: LOOKS[e.status].token,
        sample="Acknowledged ----",
    ),
    Column(
        "Clock",
        lambda e: e.clock or "—",
        spoken=lambda e: e.clock or "no clock runs",
        tip=_whole_clock,
        sort=lambda e: e.goal.toordinal() if e.goal else 10_000_000,
        tone=lambda e: e.tone or (None if e.clock else "muted"),
        sample="late since Sat 3 Oct 2026",
        gives_way=3,
    ),
    Column(
        "Next action",
        lambda e: STEPS[e.step] or "—",
        spoken=lambda e: STEPS[e.step] or "nothing to do",
        tone=lambda e: "accent" if STEPS[e.step] else "muted",
        sample="Go to the reviewer",
        gives_way=2,
    ),
)
#: The column that rows stand ordered by at first: what is due soonest comes first.
CLOCK = 3
