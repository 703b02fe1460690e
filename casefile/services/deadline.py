"""The calculator alone, without a case: a law, what happened and a day give the clocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from casefile.domain.clocks import Clock, Extension, Happening, Matter, Pause, clocks
from casefile.domain.counting import FIRST_YEAR, LAST_YEAR
from casefile.domain.errors import UserError
from casefile.domain.laws import EVENTS, GROUNDS, NOTICES, ClockKind, Law
from casefile.services import laws

#: What may be told of a request: what starts clocks, and what only ends them.
TELLABLE: Final = (
    *EVENTS,
    *NOTICES,
    "determination",
    "interim_release",
    "final_release",
    "release",
    "extension",
    "consultation",
    "referral",
    "still_interested",
    "appeal_sent",
    "review_sent",
    "suit_filed",
    "answer_filed",
    "reply",
)


def reckon(
    law_id: str,
    events: Sequence[tuple[str, date]],
    today: date,
    *,
    extend: Sequence[str] = (),
    pauses: Sequence[Pause] = (),
    holidays: Sequence[str] = (),
    facts: Mapping[str, bool] | None = None,
) -> tuple[Law, tuple[Clock, ...]]:
    """The law and its clocks as they stand on that day. Raises ``UserError``: ``law.unknown``,
    ``calendar.unknown``, ``deadline.event``, ``deadline.extension``, ``deadline.ground``,
    ``deadline.fact``, ``deadline.date``."""
    law = laws.get(law_id)
    told = dict(facts or {})
    _check(law, [name for name, _ in events], extend, [each.ground for each in pauses], told)
    for day in (today, *(on for _, on in events), *_days_of(pauses)):
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise UserError("deadline.date", date=day.isoformat())
    matter = Matter(
        law,
        tuple(each for name, on in events for each in _happenings(law, name, on)),
        extensions=tuple(Extension(each) for each in extend),
        pauses=tuple(pauses),
        facts=told,
        holidays=tuple(holidays),
    )
    return law, clocks(matter, today, laws.calendar(law, matter.holidays))


def _days_of(pauses: Sequence[Pause]) -> list[date]:
    return [day for each in pauses for day in (each.start, each.end) if day is not None]


def _happenings(law: Law, name: str, on: date) -> list[Happening]:
    """A day told without a word on which of a letter's dates it is stands for all three. A notice
    told by no other name is every notice that the law knows."""
    if name == "received":
        return [Happening(event=name, received=on)]
    if name in NOTICES:
        name, notices = "notice_sent", [name]
    else:
        known = sorted({rule.notice for rule in law.clocks if rule.notice})
        notices = known if name == "notice_sent" else [""]
    return [
        Happening(event=name, dated=on, sent=on, received=on, notice=notice)
        for notice in notices or [""]
    ]


def _check(
    law: Law,
    events: Sequence[str],
    extend: Sequence[str],
    grounds: Sequence[str],
    facts: Mapping[str, bool],
) -> None:
    used = {event for rule in law.clocks for event in rule.starts_from}
    starting = [each for each in TELLABLE if each in used]
    extensions = [rule.id for rule in law.clocks if rule.kind is ClockKind.EXTENSION]
    asked = [rule.id for rule in law.clocks if rule.only_if]
    for code, typed, allowed, shown in (
        ("deadline.event", events, TELLABLE, starting),
        ("deadline.extension", extend, extensions, extensions),
        ("deadline.ground", grounds, ("", *GROUNDS), GROUNDS),
        ("deadline.fact", list(facts), asked, asked),
    ):
        for each in typed:
            if each not in allowed:
                known = ", ".join(shown) or "none"
                raise UserError(code, law=law.id, name=each, known=known)
