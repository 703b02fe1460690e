"""Follow-ups under five headings: overdue, today, later, no date, done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from casefile.domain.followups import FollowUp
from casefile.ui.models.columns import Column
from casefile.ui.models.tree import Node
from casefile.ui.models.words import as_date, counted, day, due_words, long_day, one_line


class When(IntEnum):
    """The headings, in their order."""

    OVERDUE = 0
    TODAY = 1
    LATER = 2
    NONE = 3
    DONE = 4


HEADINGS: dict[When, str] = {
    When.OVERDUE: "Overdue",
    When.TODAY: "Today",
    When.LATER: "Later",
    When.NONE: "No date",
    When.DONE: "Done",
}


@dataclass(frozen=True, slots=True)
class FollowUpEntry:
    """A follow-up with the safe name of what it is about."""

    followup: FollowUp
    linked: str
    today: date

    @property
    def id(self) -> str:
        return self.followup.id

    @property
    def when(self) -> When:
        return group_of(self.followup, self.today)

    @property
    def due(self) -> str:
        if self.followup.done_at:
            return f"done {day(self.followup.done_at, self.today)}"
        return due_words(self.followup.due, self.today)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading and how many stand under it."""

    when: When
    count: int

    @property
    def words(self) -> str:
        return f"{HEADINGS[self.when]}  {self.count}"


Row = FollowUpEntry | Heading


def group_of(followup: FollowUp, today: date) -> When:
    if followup.done_at:
        return When.DONE
    due = as_date(followup.due)
    if due is None:
        return When.NONE
    if due < today:
        return When.OVERDUE
    return When.TODAY if due == today else When.LATER


def grouped(entries: Iterable[FollowUpEntry]) -> list[Node[Row]]:
    """Only headings that have something under them."""
    under: dict[When, list[FollowUpEntry]] = {when: [] for when in When}
    for entry in entries:
        under[entry.when].append(entry)
    return [_group(when, found) for when, found in under.items() if found]


def _group(when: When, found: list[FollowUpEntry]) -> Node[Row]:
    below: list[Node[Row]] = [Node(entry.id, entry) for entry in found]
    return Node(f"heading {when.name}", Heading(when, len(found)), tuple(below))


def _text(row: Row) -> str:
    return row.words if isinstance(row, Heading) else one_line(row.followup.text)


def _spoken(row: Row) -> str:
    if isinstance(row, Heading):
        return f"{HEADINGS[row.when]}, {counted(row.count, 'follow-up')}"
    return ("done, " if row.followup.done_at else "") + one_line(row.followup.text)


def _due(row: Row) -> str:
    return "" if isinstance(row, Heading) else row.due


def _spoken_due(row: Row) -> str:
    if isinstance(row, Heading):
        return ""
    relative = row.due.split(" · ", 1)[0]
    return (
        f"{relative}, {long_day(row.followup.due)}" if row.followup.due else relative or "no date"
    )


def _order(row: Row) -> str:
    if isinstance(row, Heading):
        return str(int(row.when))
    followup = row.followup
    if followup.done_at:
        # What was done last stands on top: complement every sign of the time.
        return "".join(chr(0x10FF - ord(sign)) for sign in followup.done_at)
    return f"{followup.due or '9999'} {followup.created_at}"


def _tone(row: Row) -> str | None:
    if isinstance(row, Heading):
        return "danger" if row.when == When.OVERDUE else None
    match row.when:
        case When.OVERDUE:
            return "danger"
        case When.TODAY:
            return "warning"
        case When.DONE:
            return "muted"
    return None


def _icon(row: Row) -> str | None:
    if isinstance(row, Heading):
        return None
    return "square-check" if row.followup.done_at else "square"


COLUMNS: tuple[Column[Row], ...] = (
    Column(
        "Follow-up",
        _text,
        spoken=_spoken,
        sort=_order,
        icon=_icon,
        tone=lambda r: _tone(r) if isinstance(r, Heading) or r.followup.done_at else None,
        strong=lambda r: isinstance(r, Heading),
    ),
    Column(
        "Due",
        _due,
        spoken=_spoken_due,
        sort=_order,
        tone=_tone,
        sample="20 days late · Wed 30 Nov",
    ),
    Column(
        "About",
        lambda r: "" if isinstance(r, Heading) else r.linked,
        sort=_order,
        tone=lambda _row: "muted",
        sample="Audit-2023 page 100",
        gives_way=1,
    ),
)
