"""What clocks of requests ask, as lines of Today: the reporter's own limits before all else."""

from __future__ import annotations

from datetime import date

from casefile.domain.clocks import ClockState
from casefile.domain.laws import ClockKind
from casefile.domain.requests import EventKind, RequestEvent
from casefile.services.agenda_clocks import Agenda, Asked, Expected, Late, Limit, Question
from casefile.services.request_rows import ClockLine, RequestClocks, RequestRow, rule_of
from casefile.ui.models import words
from casefile.ui.today.entries import Entry

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


def own_name(row: RequestRow, line: ClockLine) -> str:
    """What the reporter must do by a limit: ``appeal closes``."""
    if line.rule_id in _OWN:
        return _OWN[line.rule_id]
    match line.kind:
        case ClockKind.APPEAL_FILING:
            rule = rule_of(row, line)
            first = rule is None or _FIRST.intersection(rule.starts_from)
            return "appeal closes" if first else "outside review closes"
        case ClockKind.LITIGATION_WINDOW:
            return "time to sue ends"
    return line.rule_id.replace("_", " ")


def agencys_name(row: RequestRow, line: ClockLine) -> str:
    """What comes on a date of the agency's: ``answer due``."""
    if line.state is ClockState.NOT_YET:
        suit = line.kind is ClockKind.LITIGATION_WINDOW
        return "suit opens" if suit else "next step opens"
    rule = rule_of(row, line)
    if rule and rule.kind is ClockKind.APPEAL_DECISION and "review_received" in rule.starts_from:
        return "outside reviewer's decision due"
    return _AGENCYS.get(line.kind, f"{line.rule_id.replace('_', ' ')} due")


def own_limits(found: Agenda, day: date) -> list[Entry]:
    """The reporter's own limits, and how many more there are."""
    following, totals = found.next_limit, found.totals
    missed = sum(each.missed for each in found.own)
    entries = [limit_entry(each, day, following) for each in found.own]
    if over := totals.missed - missed:
        entries.insert(0, _to_requests(f"{words.counted(over, 'limit')} missed before these"))
    if over := totals.soon + totals.later - (len(found.own) - missed):
        text = f"{words.counted(over, 'later limit')} in the calendar"
        entries.append(Entry("place", text, "calendar", icon="calendar", ink="muted"))
    return entries


def questions(found: Agenda, day: date) -> list[Entry]:
    entries = [_question(each, day) for each in found.questions]
    if over := found.totals.questions - len(entries):
        entries.append(_to_requests(f"{words.counted(over, 'more question')} among the requests"))
    return entries


def late(found: Agenda, day: date) -> list[Entry]:
    """The agencies' lateness, a line a request, and a line for what is put off."""
    entries = [_late(each, day) for each in found.late]
    if over := found.totals.late - len(entries):
        entries.append(_to_requests(f"{words.counted(over, 'more request')} late"))
    if found.put_off:
        until = words.day(_iso(found.put_off[0].look_again), day)
        number = words.counted(found.totals.put_off, "late request")
        entries.append(_to_requests(f"{number} put off", f"the first until {until}"))
    return entries


def facts(found: Agenda) -> list[Entry]:
    return [_fact(each) for each in found.asked]


def expected(found: Agenda, day: date) -> list[Entry]:
    return [expected_entry(each, day) for each in found.expected]


def office_hours(row: RequestClocks) -> str:
    """``office closes 17:00 Denver``, where the address book knows."""
    if not row.closes_at:
        return ""
    place = row.zone.rsplit("/", 1)[-1].replace("_", " ")
    return " ".join(part for part in ("office closes", row.closes_at, place) if part)


def limit_detail(limit: Limit, day: date) -> str:
    """The safe day with the office's hour, the other dates there are, and what to check."""
    line = limit.line
    parts = []
    if limit.by_hand:
        parts.append("date set by you")
    elif line.send_by is not None:
        safe = f"send by {words.day(_iso(limit.on), day)}"
        parts.append(", ".join(part for part in (safe, office_hours(limit.row)) if part))
    parts += _other_dates(limit, day)
    paused = [each for each in limit.row.lines if each.state is ClockState.PAUSED]
    if paused:
        parts.append(f"its clock is paused{_count(paused[0])}")
    if line.check_this:
        parts.append("check this")
    return " · ".join(parts)


def _other_dates(limit: Limit, day: date) -> list[str]:
    """Dates beside the one that counts, where they differ."""
    line = limit.line
    found = []
    if line.stated is not None and line.due is not None and line.stated != line.due:
        as_said = words.day(_iso(line.stated), day)
        found.append("as the letter says" if line.stated == limit.on else f"the letter: {as_said}")
    if limit.last != limit.on:
        by = "in the letter" if line.rule_id in _OWN else "by law"
        found.append(f"last day {by} {words.day(_iso(limit.last), day)}")
    return found


def limit_entry(limit: Limit, day: date, following: Limit | None = None) -> Entry:
    over = limit.left < 0
    return Entry(
        "limit",
        f"{_called(limit.row)}: {own_name(limit.row, limit.line)}",
        limit.row.id,
        words.due_words(_iso(limit.on), day),
        "triangle-alert" if over else "hourglass" if limit.near else "clock",
        "danger" if over else "warning" if limit.near else "text",
        detail=limit_detail(limit, day),
        clock=_key(limit.line),
        next=limit is following,
    )


def _question(question: Question, day: date) -> Entry:
    paused = f"paused{_count(question.paused)}" if question.paused else ""
    asked = f"asked {words.day(question.event.day, day)}"
    return Entry(
        "question",
        f"{_called(question.row)}, your reply: it {_asks(question.event)}",
        question.row.id,
        paused or asked,
        "message-square",
        "warning",
        clock=question.event.id,
    )


def _late(late: Late, day: date) -> Entry:
    parts = [f"late since {words.short_day(_iso(late.since), day)}"]
    if late.row.reminded is not None:
        parts.append(f"reminded {words.short_day(_iso(late.row.reminded), day)}")
    if late.look_again is not None:
        parts.append(f"look again {words.short_day(_iso(late.look_again), day)}")
    return Entry(
        "late",
        _called(late.row),
        late.row.id,
        " · ".join(parts),
        "hourglass" if late.row.reminded is None else "clock",
        "warning" if late.row.reminded is None else "muted",
    )


def _fact(asked: Asked) -> Entry:
    rule = rule_of(asked.row, asked.lines[0])
    if len(asked.lines) > 1 or rule is None:
        what = f"{words.counted(len(asked.lines), 'clock')} must be told something first"
    else:
        what = f"is it so? {rule.only_if}"
    return Entry(
        "fact",
        f"{_called(asked.row)}: {words.one_line(what)}",
        asked.row.id,
        "",
        "file-question-mark",
        "muted",
    )


def expected_entry(expected: Expected, day: date) -> Entry:
    check = " · check this" if expected.line.check_this else ""
    return Entry(
        "agency",
        f"{_called(expected.row)}: {agencys_name(expected.row, expected.line)}",
        expected.row.id,
        words.due_words(_iso(expected.on), day) + check,
        "building-2",
        "muted",
        clock=_key(expected.line),
    )


def _to_requests(text: str, tail: str = "") -> Entry:
    return Entry("place", text, "requests", tail, "list", "muted")


def _count(clock: ClockLine) -> str:
    return f", day {clock.used} of {clock.of}" if clock.used is not None and clock.of else ""


def _asks(event: RequestEvent) -> str:
    return _ASKED.get(event.kind, "asks you something")


def _called(row: RequestRow) -> str:
    return words.isolate(words.visible(words.one_line(row.label, 80)))


def _key(line: ClockLine) -> str:
    """The clock's id, and the letter that started it."""
    return f"{line.rule_id} {line.event_id}".strip()


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
