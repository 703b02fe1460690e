"""The fees of a request in lines: how they stand, and who said what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from casefile.domain.clocks import Clock, ClockState
from casefile.domain.fees import Estimate, Sum, Waiver
from casefile.domain.requests import FROM_REPORTER, RequestEvent
from casefile.ui.models.words import counted, day, visible
from casefile.ui.requests.lines import Line
from casefile.ui.requests.money import money
from casefile.ui.requests.timeline import details, icon_of
from casefile.ui.requests.words import EVENTS, OUTCOMES, date_words

if TYPE_CHECKING:
    from casefile.services.deadlines import RequestView
    from casefile.services.fees import Fees, LateAnswer

#: Word, icon and colour of what became of the waiver.
_WAIVERS = {
    Waiver.NOT_ASKED: ("Not asked for", "circle-dashed", "muted"),
    Waiver.ASKED: ("Asked for, not decided", "hourglass", "accent"),
    Waiver.GRANTED: (OUTCOMES["granted"], "circle-check", "verified"),
    Waiver.PARTLY: (OUTCOMES["partly"], "contrast", "warning"),
    Waiver.REFUSED: (OUTCOMES["denied"], "circle-x", "danger"),
    Waiver.DECIDED: ("Decided; the decision is not noted", "file-question-mark", "warning"),
}


def summary_lines(fees: Fees, now: date) -> list[Line]:
    """How the fees stand; nothing where they never came up. The second word of a key is the letter
    that the line is about."""
    thread, lines = fees.thread, list[Line]()
    asked = thread.waiver is not Waiver.NOT_ASKED
    if not (thread.events or thread.claimed or thread.ceiling or asked or fees.late):
        return []
    lines.append(_category(fees, now))
    ceiling = _money(thread.ceiling) if thread.ceiling else "none named"
    lines.append(Line("ceiling", "Your ceiling", ceiling, icon="circle-dot"))
    lines += [_estimate(each, thread.ceiling) for each in thread.estimates]
    if thread.demanded:
        lines.append(Line("demanded", "Demanded in advance", _sums(thread.demanded), icon="pause"))
    lines += [_question(event, fees, now) for event in thread.open]
    lines.append(_waiver(fees, now))
    if thread.committed:
        promised = _sums(thread.committed)
        lines.append(Line("committed", "You promised to pay", promised, icon="arrow-right"))
    if thread.paid or thread.unstated_payments:
        lines.append(_paid(thread.paid, thread.unstated_payments))
    if fees.late is not None:
        lines.append(_late(fees.late, now))
    return lines


def thread_lines(fees: Fees, view: RequestView) -> list[Line]:
    """Everything that was said of fees, by day: who, how much, to which letter."""
    known = {event.id: event for event in view.events}
    agency = view.request.agency
    return [_said(event, known.get(event.answers or ""), agency) for event in fees.thread.events]


def _said(event: RequestEvent, answered: RequestEvent | None, agency: str) -> Line:
    who = "You" if event.kind in FROM_REPORTER else agency
    words = [EVENTS[event.kind], money(event.amount, event.currency)]
    to = f"answers: {EVENTS[answered.kind].lower()}, {day(answered.day)}" if answered else ""
    more = (who, to, details(replace(event, amount=None)))
    return Line(
        f"event {event.id}",
        visible(" · ".join(filter(None, words))),
        day(event.day),
        visible(" · ".join(filter(None, more))),
        icon_of(event),
    )


def _category(fees: Fees, now: date) -> Line:
    thread, letter = fees.thread, fees.thread.category_event
    claimed = visible(thread.claimed) or "none claimed"
    if letter is None:
        return Line("category", "Category you claim", claimed, icon="tag")
    outcome = OUTCOMES.get(letter.outcome, "").lower()
    said = ", ".join(filter(None, (outcome, thread.given))) or "which one is not noted"
    more = [f"The agency’s letter of {day(letter.day)}: {said}", *_appeal(fees, letter, now)]
    return Line(
        f"category {letter.id}", "Category you claim", claimed, visible(" · ".join(more)), "tag"
    )


def _estimate(estimate: Estimate, ceiling: Sum | None) -> Line:
    key, icon, ink = f"estimate {estimate.sum.currency}", "circle-dashed", "muted"
    if ceiling is None:
        more = ""
    elif estimate.over is None:
        named = estimate.sum.currency and ceiling.currency
        why = "another currency" if named else "a currency is not noted"
        more = f"not compared with your ceiling: {why}"
    elif estimate.over:
        over = _money(Sum(estimate.over, ceiling.currency))
        more, icon, ink = f"over your ceiling by {over}", "triangle-alert", "warning"
    else:
        more, icon, ink = "within your ceiling", "circle-check", "verified"
    return Line(key, "Current estimate", _money(estimate.sum), more, icon, ink)


def _question(event: RequestEvent, fees: Fees, now: date) -> Line:
    clock = fees.answer_by.get(event.id)
    name = f"Open: {EVENTS[event.kind].lower()}, {day(event.day, now)}"
    key = f"open {event.id}"
    if clock is None:
        return Line(key, name, "the letter names no day", "", "pause", "warning")
    if clock.state is ClockState.LAPSED:
        tail = f"over since {_day(clock.due, now)}"
        return Line(key, name, tail, "", "triangle-alert", "danger")
    if clock.state is ClockState.GIVEN_UP:
        return Line(key, name, "limit given up", "", "ban", "muted")
    return Line(key, name, f"send by {_day(clock.send_by, now)}", _limit(clock, now), "pause",
                "warning")  # fmt: skip


def _limit(clock: Clock, now: date) -> str:
    return "" if clock.send_by == clock.due else f"the letter’s own limit: {_day(clock.due, now)}"


def _waiver(fees: Fees, now: date) -> Line:
    word, icon, ink = _WAIVERS[fees.thread.waiver]
    letter = fees.thread.waiver_event
    if letter is None:
        return Line("waiver", "Fee waiver", word, "", icon, ink)
    more = [f"Decision of {day(letter.day, now)}", *_appeal(fees, letter, now)]
    return Line(f"waiver {letter.id}", "Fee waiver", word, " · ".join(more), icon, ink)


def _appeal(fees: Fees, letter: RequestEvent, now: date) -> list[str]:
    """Until when the letter can be appealed against, or what became of that."""
    clock = fees.appeals.get(letter.id)
    if clock is None:
        return []
    if clock.state is ClockState.MET and clock.met_on:
        return [f"you appealed on {_day(clock.met_on, now)}"]
    if clock.state is ClockState.GIVEN_UP:
        return ["appeal given up"]
    if clock.state is ClockState.LAPSED:
        return [f"the limit for an appeal passed on {_day(clock.due, now)}"]
    dates = date_words(clock, now)
    if not dates:
        return []
    # Where the last day is a working day it is also the day to send by.
    send = dates if "send by" in dates else f"send by {dates}"
    return [f"appeal: {send}", *(["check this date"] if clock.check_this else [])]


def _paid(paid: Iterable[Sum], unstated: int) -> Line:
    more = f"and {counted(unstated, 'payment')} without a sum" if unstated else ""
    return Line("paid", "Paid", _sums(paid), more, "check")


def _late(late: LateAnswer, now: date) -> Line:
    came = f"answered on {_day(late.answered, now)}" if late.answered else "not answered yet"
    parts = [f"{came}. The agency {late.words}."]
    if late.agency_due is not None:
        until = _day(late.agency_due, now)
        parts.append(f"By its own count, which may be wrong, it had until {until}.")
    more = " ".join(parts)
    name = "Answered late" if late.answered else "Late with the answer"
    tail = f"due {_day(late.due, now)}"
    return Line("late", name, tail, more[:1].upper() + more[1:], "landmark", "accent")


def _sums(sums: Iterable[Sum]) -> str:
    return ", ".join(_money(each) for each in sums)


def _money(amount: Sum) -> str:
    return money(amount.amount, visible(amount.currency) or "(currency not noted)")


def _day(on: date | None, now: date) -> str:
    return day(on.isoformat(), now) if on else ""
