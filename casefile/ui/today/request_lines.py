"""What clocks of requests ask, as lines of Today: the reporter's own limits before all else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from casefile.domain.clocks import Clock, ClockState
from casefile.domain.laws import ClockKind, ClockRule
from casefile.domain.requests import Agency, EventKind, RequestEvent
from casefile.services.agenda_clocks import Agenda, Asked, Expected, Late, Limit, Question
from casefile.services.deadlines import RequestView
from casefile.services.requests import label
from casefile.ui.models import words
from casefile.ui.today.entries import Entry

#: Own limits further away than the agencies' dates are cut to as many; the calendar has them all.
MOST_LATER = 8
_SOON = 14

_ASKED = {
    EventKind.CLARIFICATION: "asks what you mean",
    EventKind.NARROWING: "asks you to narrow the request",
    EventKind.FEE_ESTIMATE: "asks about the fee",
    EventKind.ADVANCE_PAYMENT: "wants to be paid first",
    EventKind.FEE_CATEGORY: "put you in a fee category",
    EventKind.STILL_INTERESTED: "asks whether you are still interested",
}
_OWN = {
    "answer_clarification": "your answer to its question",
    "answer_narrowing": "your answer on narrowing",
    "answer_fee_estimate": "your answer to the estimate",
    "answer_advance_payment": "the advance payment",
    "answer_fee_category": "your answer on the fee category",
    "answer_still_interested": "say that you are still interested",
    "stated_limit": "the day that the letter names",
}
_AGENCYS = {
    ClockKind.ACKNOWLEDGEMENT: "acknowledgement due",
    ClockKind.RESPONSE: "answer due",
    ClockKind.EXTENSION: "answer due after the extension",
    ClockKind.APPEAL_DECISION: "decision on the appeal due",
}
_FIRST = frozenset({"denial", "response_silence", "grant"})


def own_name(rule: ClockRule) -> str:
    """What the reporter must do by a limit: ``appeal closes``."""
    if rule.id in _OWN:
        return _OWN[rule.id]
    match rule.kind:
        case ClockKind.APPEAL_FILING if _FIRST.intersection(rule.starts_from):
            return "appeal closes"
        case ClockKind.APPEAL_FILING:
            return "outside review closes"
        case ClockKind.LITIGATION_WINDOW:
            return "time to sue ends"
    return rule.id.replace("_", " ")


def agencys_name(rule: ClockRule) -> str:
    """What comes on a date of the agency's: ``answer due``."""
    if rule.not_before:
        return "suit opens" if rule.kind is ClockKind.LITIGATION_WINDOW else "next step opens"
    if rule.kind is ClockKind.APPEAL_DECISION and "review_received" in rule.starts_from:
        return "outside reviewer's decision due"
    return _AGENCYS.get(rule.kind, f"{rule.id.replace('_', ' ')} due")


def own_limits(found: Agenda, day: date) -> list[Entry]:
    """The reporter's own limits. All that are near; of the others the first."""
    near = [each for each in found.own if each.left <= _SOON]
    later = [each for each in found.own if each.left > _SOON]
    entries = [_limit(each, found.next_limit, day) for each in (*near, *later[:MOST_LATER])]
    if over := len(later[MOST_LATER:]):
        text = f"{words.counted(over, 'later limit')} in the calendar"
        entries.append(Entry("place", text, "calendar", icon="calendar", ink="muted"))
    return entries


def questions(found: Agenda, day: date) -> list[Entry]:
    return [_question(each, day) for each in found.questions]


def late(found: Agenda, day: date, most: int) -> list[Entry]:
    """The agencies' lateness, a line a request, and a line for what is put off."""
    entries = [_late(each, day) for each in found.late[:most]]
    if over := len(found.late[most:]):
        entries.append(_to_requests(f"{words.counted(over, 'more request')} late"))
    if found.put_off:
        until = words.day(_iso(found.put_off[0].look_again), day)
        number = words.counted(len(found.put_off), "late request")
        entries.append(_to_requests(f"{number} put off", f"the first until {until}"))
    return entries


def facts(found: Agenda) -> list[Entry]:
    return [_fact(each) for each in found.asked]


def expected(found: Agenda, day: date) -> list[Entry]:
    return [_expected(each, day) for each in found.expected]


def office_hours(agency: Agency) -> str:
    """``office closes 17:00 Denver``, where the address book knows."""
    if not agency.closes_at:
        return ""
    place = agency.zone.rsplit("/", 1)[-1].replace("_", " ")
    return " ".join(part for part in ("office closes", agency.closes_at, place) if part)


def limit_detail(limit: Limit, day: date) -> str:
    """The safe day with the office's hour, the other dates there are, and what to check."""
    clock = limit.clock
    parts = []
    if clock.send_by is not None and clock.override is None:
        hours = office_hours(limit.view.agency)
        safe = f"send by {words.day(_iso(clock.send_by), day)}"
        parts.append(", ".join(part for part in (safe, hours) if part))
    parts += _other_dates(limit, day)
    if paused := _paused_words(limit.view):
        parts.append(paused)
    if clock.check_this:
        parts.append("check this")
    return " · ".join(parts)


def _other_dates(limit: Limit, day: date) -> list[str]:
    """Dates beside the one that counts, where they differ."""
    clock = limit.clock
    found = []
    if clock.override is not None:
        found.append("date set by you")
    if clock.stated is not None and clock.due is not None and clock.stated != clock.due:
        found.append(f"the letter says {words.day(_iso(clock.stated), day)}")
    last = limit.last
    if last is not None and last != limit.on:
        by = "by law" if clock.due is not None and clock.rule.id not in _OWN else "in the letter"
        found.append(f"last day {by} {words.day(_iso(last), day)}")
    return found


def _limit(limit: Limit, following: Limit | None, day: date) -> Entry:
    over = limit.left < 0
    return Entry(
        "limit",
        f"{_called(limit.view)}: {own_name(limit.clock.rule)}",
        limit.view.request.id,
        words.due_words(_iso(limit.on), day),
        "triangle-alert" if over else "hourglass" if limit.near else "clock",
        "danger" if over else "warning" if limit.near else "text",
        detail=limit_detail(limit, day),
        clock=_key(limit.clock),
        next=limit is following,
    )


def _question(question: Question, day: date) -> Entry:
    paused = f"paused{_count(question.paused)}" if question.paused else ""
    asked = f"asked {words.day(question.event.day, day)}"
    return Entry(
        "question",
        f"{_called(question.view)}, your reply: it {_asks(question.event)}",
        question.view.request.id,
        paused or asked,
        "message-square",
        "warning",
        clock=question.event.id,
    )


def _late(late: Late, day: date) -> Entry:
    parts = [f"late since {words.short_day(_iso(late.since), day)}"]
    if late.reminded is not None:
        parts.append(f"reminded {words.short_day(_iso(late.reminded), day)}")
    if late.look_again is not None:
        parts.append(f"look again {words.short_day(_iso(late.look_again), day)}")
    return Entry(
        "late",
        _called(late.view),
        late.view.request.id,
        " · ".join(parts),
        "hourglass" if late.reminded is None else "clock",
        "warning" if late.reminded is None else "muted",
    )


def _fact(asked: Asked) -> Entry:
    if len(asked.clocks) > 1:
        what = f"{words.counted(len(asked.clocks), 'clock')} must be told something first"
    else:
        what = f"is it so? {asked.clocks[0].rule.only_if}"
    return Entry(
        "fact",
        f"{_called(asked.view)}: {words.one_line(what)}",
        asked.view.request.id,
        "",
        "file-question-mark",
        "muted",
    )


def _expected(expected: Expected, day: date) -> Entry:
    check = " · check this" if expected.clock.check_this else ""
    return Entry(
        "agency",
        f"{_called(expected.view)}: {agencys_name(expected.clock.rule)}",
        expected.view.request.id,
        words.due_words(_iso(expected.on), day) + check,
        "building-2",
        "muted",
        clock=_key(expected.clock),
    )


def _to_requests(text: str, tail: str = "") -> Entry:
    return Entry("place", text, "requests", tail, "list", "muted")


def _paused_words(view: RequestView) -> str:
    paused: Sequence[Clock] = [c for c in view.clocks if c.state is ClockState.PAUSED]
    return f"its clock is paused{_count(paused[0])}" if paused else ""


def _count(clock: Clock) -> str:
    return f", day {clock.used} of {clock.of}" if clock.used is not None and clock.of else ""


def _asks(event: RequestEvent) -> str:
    return _ASKED.get(event.kind, "asks you something")


def _called(view: RequestView) -> str:
    return words.isolate(words.visible(words.one_line(label(view.request), 80)))


def _key(clock: Clock) -> str:
    """The clock's id, and the letter that started it."""
    return f"{clock.rule.id} {clock.started_by.id if clock.started_by else ''}".strip()


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
