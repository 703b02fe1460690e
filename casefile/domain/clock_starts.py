"""What starts a clock: which of the things that happened, and which of a letter's dates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from casefile.domain.clock_answers import decides
from casefile.domain.clock_words import DECISION_DATES, short_day
from casefile.domain.laws import ClockKind, ClockRule, Law, LetterDate, StopRule
from casefile.domain.matters import Happening
from casefile.domain.working_days import WorkingDays

#: Letters that each cover their own pages: every one starts its own clock.
DECISION_LETTERS: Final = frozenset(
    {"denial", "appeal_decision", "review_body_decision", "court_decision"}
)
#: Each appeal is decided by itself, each notice and each complaint answered by itself.
_EACH_BY_ITSELF: Final = frozenset({"appeal_received", "review_received", "notice_sent", "service"})
#: What restarts a clock, by the ground of its restart.
RESTARTED_BY: Final = {
    "clarification": "clarification",
    "request_amended": "clarification",
    "fee_payment": "fee_paid",
}
_ARRIVALS: Final = frozenset({"received", "appeal_received", "review_received", "clarification"})
_EARLIER_STARTED: Final = (
    "an earlier event started this limit already; the earlier date is the safe one"
)


@dataclass(frozen=True, slots=True)
class Start:
    """Day 0 of a clock, what made it, and what should be known about it."""

    by: Happening
    day: date
    note: str = ""
    doubt: str = ""

    @property
    def apart(self) -> bool:
        """Whether each event of this kind has a clock of its own."""
        return self.by.event in _EACH_BY_ITSELF


def starts(
    rule: ClockRule, law: Law, happened: Sequence[Happening], days: WorkingDays
) -> list[Start]:
    """Every start of this clock, the earliest first. A clock starts from an event that its rule
    names and from no other."""
    found = [
        Start(each, day, note)
        for each in happened
        if each.event in rule.starts_from and each.notice == rule.notice
        for day, note in [_day(rule, law, each, days)]
        if day is not None and not (each.event == "clarification" and decided_before(happened, day))
    ]
    found.sort(key=lambda start: start.day)
    if not found:
        return list(_restarts(rule, happened))[-1:]
    if rule.if_several == "latest" or rule.starts_from == ("clarification",):
        return found[-1:]
    return [found[0], *_further(rule, found)]


def _further(rule: ClockRule, found: Sequence[Start]) -> Iterable[Start]:
    """The starts after the first that make a clock of their own."""
    first = found[0].by.event
    for each in found[1:]:
        event = each.by.event
        if event in _EACH_BY_ITSELF or (event == first and event in DECISION_LETTERS):
            yield each
        elif rule.kind is ClockKind.APPEAL_FILING and event in DECISION_LETTERS:
            yield Start(each.by, each.day, each.note, _EARLIER_STARTED)


def _restarts(rule: ClockRule, happened: Sequence[Happening]) -> Iterable[Start]:
    """Where only the event is known that starts the period anew."""
    for each, day, stop in restarting(rule, happened):
        if not stop.then:
            yield Start(each, day, "a full new period starts with it")


def restarting(
    rule: ClockRule, happened: Sequence[Happening]
) -> list[tuple[Happening, date, StopRule]]:
    """The events that start this clock anew, in their order."""
    by_event = {
        RESTARTED_BY.get(stop.ground, ""): stop
        for stop in reversed(rule.stop_rules)
        if stop.mode == "restart"
    }
    found = [
        (each, day, by_event[each.event])
        for each in happened
        if each.event in by_event
        and (day := each.received or each.earliest) is not None
        and not decided_before(happened, day)
    ]
    return sorted(found, key=lambda each: each[1])


def decided_before(happened: Iterable[Happening], day: date) -> bool:
    """Whether the request was decided as a whole before that day: what the requester sends then
    starts no period for a decision anew."""
    return any(decides(each) and each.earliest and each.earliest < day for each in happened)


def _day(
    rule: ClockRule, law: Law, happening: Happening, days: WorkingDays
) -> tuple[date | None, str]:
    """The date of the event that the law means, and a word on how it was found."""
    if happening.event in _ARRIVALS:
        shift = law.receipt_shift_business_days
        if happening.event == "received" and shift and not happening.received and happening.sent:
            later = days.after(happening.sent, shift)
            return later, "sent by electronic means, so it counts as received one working day later"
        arrived = happening.received or happening.earliest
        if happening.after_hours and arrived is not None:
            return days.after(arrived, 1), (
                f"it arrived on {short_day(arrived)} after the office had closed, so it counts as"
                " received on the next working day"
            )
        return arrived, ""
    wanted = rule.counts_from_letter
    if wanted is None or happening.event not in DECISION_LETTERS:
        return happening.earliest, ""
    meant = {
        LetterDate.DATED: happening.dated,
        LetterDate.SENT: happening.sent or happening.dated,
        LetterDate.RECEIVED: happening.received,
        LetterDate.UNKNOWN: happening.earliest,
    }[wanted]
    if meant is not None:
        return meant, f"counted from {DECISION_DATES[wanted]}"
    return happening.earliest, (
        f"the law counts from {DECISION_DATES[wanted]}, which is not known here; the earliest date"
        " of the letter is safe"
    )
