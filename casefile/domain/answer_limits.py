"""Limits that an agency sets for the reporter in a letter: clocks, though no law's.

A question, an estimate, an offer to narrow or a still-interested letter that names a day is closed
by the agency if nothing comes by then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from casefile.domain.clocks import Clock, ClockState, Happening, Party, Step
from casefile.domain.laws import ClockKind, ClockRule, Unit
from casefile.domain.request_status import open_questions
from casefile.domain.requests import ANSWERS, DECIDED, EventKind, RequestEvent
from casefile.domain.working_days import WorkingDays

#: Questions that a decision overtakes; one about money may still be owed an answer.
_ABOUT_THE_REQUEST: Final = frozenset(
    {EventKind.CLARIFICATION, EventKind.NARROWING, EventKind.STILL_INTERESTED}
)


def answer_clocks(
    events: Sequence[RequestEvent], days: WorkingDays | None, today: date
) -> list[Clock]:
    """A clock for each question that names a day for the answer. ``days`` is None for a law that
    Casefile does not know: then weekends and holidays are not looked at."""
    waiting = {event.id for event in open_questions(events)}
    decided = [e.on for e in events if e.kind in DECIDED and e.on <= today]
    for event in events:
        if event.kind in _ABOUT_THE_REQUEST and any(event.on <= day for day in decided):
            waiting.discard(event.id)  # nobody waits for that answer any more
    let_go = [e for e in events if e.kind is EventKind.GIVEN_UP]
    return [
        _let_go(_clock(event, days, today, answered=event.id not in waiting), event, let_go)
        for event in events
        if event.kind in ANSWERS and event.limit_on
    ]


def _let_go(clock: Clock, letter: RequestEvent, decisions: Sequence[RequestEvent]) -> Clock:
    """A limit that the reporter gave up, with the reason. What was decided of no letter by name
    says nothing of those that came later."""
    about = (
        e
        for e in decisions
        if e.clock == clock.rule.id
        and (e.answers == letter.id or (not e.answers and e.created_at >= letter.created_at))
    )
    event = next(about, None)
    if event is None or clock.state is ClockState.MET:
        return clock
    why = Step(None, f"Given up: {event.note}")
    steps = (*clock.explanation, why)
    return replace(clock, state=ClockState.GIVEN_UP, drives=None, explanation=steps)


def _clock(event: RequestEvent, days: WorkingDays | None, today: date, *, answered: bool) -> Clock:
    limit = date.fromisoformat(event.limit_on or "")
    send_by = days.on_or_before(limit) if days else limit
    state = ClockState.MET if answered else ClockState.RUNNING
    if not answered and limit < today:
        state = ClockState.LAPSED
    steps = [
        Step(event.on, "The agency's letter of this day asks for an answer."),
        Step(limit, "The day by which the letter wants it. The law itself sets none."),
    ]
    if send_by != limit:
        steps.append(Step(send_by, "The last working day before that."))
    return Clock(
        rule=ClockRule(id=f"answer_{event.kind}", kind=ClockKind.ANSWER, unit=Unit.CALENDAR_DAYS),
        state=state,
        party=Party.REQUESTER,
        started=event.on,
        started_by=Happening(event="notice_sent", dated=event.on, id=event.id),
        due=limit,
        unrolled=limit,
        send_by=send_by,
        stated=limit,
        drives=send_by,
        explanation=tuple(steps),
        source="the agency's letter",
    )
