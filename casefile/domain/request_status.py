"""What state a request is in, and what comes next: computed from its events and clocks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from casefile.domain.clock_silences import decisive
from casefile.domain.clocks import Clock, ClockState, Party
from casefile.domain.laws import ClockKind, Law
from casefile.domain.requests import ANSWERS, EventKind, RequestEvent, answers_to, in_order


class Status(StrEnum):
    """Never typed, never stored."""

    DRAFT = "draft"
    SENT = "sent"
    WAITING = "waiting"
    ACKNOWLEDGED = "acknowledged"
    QUESTION = "question"
    PAYMENT = "payment"
    OVERDUE = "overdue"
    PARTIAL = "partial"
    DETERMINED = "determined"
    DENIED = "denied"
    RELEASED = "released"
    APPEALED = "appealed"
    IN_REVIEW = "in_review"
    IN_COURT = "in_court"
    TRANSFERRED = "transferred"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class NextStep(StrEnum):
    """What the reporter does next; the words are the window's."""

    SEND = "send"
    LOG_RECEIPT = "log_receipt"
    ANSWER = "answer"
    PAY = "pay"
    TELL_FACT = "tell_fact"
    APPEAL = "appeal"
    REVIEW = "review"
    SUE = "sue"
    REMIND = "remind"
    WAIT = "wait"
    NOTHING = "nothing"


#: The status that each kind of event brings about; what is not here changes none.
_BRINGS = {
    EventKind.SENT: Status.SENT,
    EventKind.RECEIVED: Status.WAITING,
    EventKind.ACKNOWLEDGED: Status.ACKNOWLEDGED,
    EventKind.INTERIM_RELEASE: Status.PARTIAL,
    EventKind.DETERMINATION: Status.DETERMINED,
    EventKind.FINAL_RELEASE: Status.RELEASED,
    EventKind.DENIAL: Status.DENIED,
    EventKind.TRANSFER: Status.TRANSFERRED,
    EventKind.APPEAL: Status.APPEALED,
    EventKind.REVIEW: Status.IN_REVIEW,
    EventKind.SUIT: Status.IN_COURT,
    EventKind.CLOSED: Status.CLOSED,
    EventKind.WITHDRAWN: Status.WITHDRAWN,
}
_REOPENING = frozenset(
    {EventKind.DENIAL, EventKind.APPEAL, EventKind.REVIEW, EventKind.SUIT, EventKind.WITHDRAWN}
)
#: Before the agency has answered at all: only then can it be late with its answer.
_UNANSWERED = frozenset({Status.SENT, Status.WAITING, Status.ACKNOWLEDGED, Status.PARTIAL})
_ORDER = list(Status)
#: Nothing runs any more.
ENDED = frozenset({Status.CLOSED, Status.WITHDRAWN})
#: The agency's first answer is still to come.
AWAITED = frozenset({
    Status.SENT, Status.WAITING, Status.ACKNOWLEDGED, Status.QUESTION, Status.PAYMENT,
    Status.OVERDUE,
})  # fmt: skip


def status(events: Sequence[RequestEvent], *, late: bool = False) -> Status:
    """The state after these events; ``late`` says that the response clock has lapsed.

    A question or a demand for payment that nothing has answered goes before the stage that the
    request has reached, because it is the reporter who must act.
    """
    reached, _day = _reached(events)
    asked = open_questions(events)
    if reached in _UNANSWERED and asked:
        paying = asked[-1].kind is EventKind.ADVANCE_PAYMENT
        return Status.PAYMENT if paying else Status.QUESTION
    if late and reached in _UNANSWERED:
        return Status.OVERDUE
    return reached


def open_questions(events: Sequence[RequestEvent]) -> list[RequestEvent]:
    """The agency's questions that nothing answers yet, in order."""
    answered = answers_to(events)
    return [e for e in in_order(list(events)) if e.kind in ANSWERS and e.id not in answered]


def ended_on(events: Sequence[RequestEvent]) -> date | None:
    """The day on which the request was closed or withdrawn; None: it was not, or was opened again
    by what came later."""
    return _reached(events)[1]


def _reached(events: Sequence[RequestEvent]) -> tuple[Status, date | None]:
    """The stage, and the day on which it ended there. A request that was closed is opened again by
    a letter that offers appeal, or by going on with it; one that was withdrawn by nothing."""
    reached, before, ended = Status.DRAFT, Status.DRAFT, None
    for event in in_order(list(events)):
        if reached is Status.WITHDRAWN or (reached is Status.CLOSED and not _reopens(event)):
            continue
        before = _after(before if reached is Status.CLOSED else reached, event)
        if before in ENDED:
            reached, before, ended = before, reached, event.on
        else:
            reached, ended = before, None
    return reached, ended


def _reopens(event: RequestEvent) -> bool:
    return event.kind in _REOPENING or bool(event.appeal_offered)


def _after(reached: Status, event: RequestEvent) -> Status:
    brings = _BRINGS.get(event.kind)
    if event.kind is EventKind.SENT and event.received:
        brings = Status.WAITING
    if event.kind is EventKind.CLOSED and event.appeal_offered:
        brings = Status.DENIED  # the agency closed it, and that can be appealed
    if brings is None:
        return reached
    early = _ORDER.index(brings) <= _ORDER.index(Status.PARTIAL)
    moved_on = reached is Status.TRANSFERRED and brings is Status.PARTIAL
    if early and not moved_on and _ORDER.index(reached) > _ORDER.index(brings):
        return reached  # a receipt logged late, or some records meanwhile, takes nothing back
    return brings


#: Stages of which nothing more is expected.
_OVER = ENDED | {Status.TRANSFERRED}
_LIVE = frozenset({ClockState.RUNNING, ClockState.PAUSED, ClockState.LAPSED})


def late_clock(clocks: Sequence[Clock], law: Law) -> Clock | None:
    """The agency's clock that lapsed without an answer, the latest of them: that for its decision
    (the law's headline, or what runs in its place) or for that on an appeal."""
    deciding = {law.headline, *(each.rule.id for each in decisive(law, clocks))}
    lapsed = [
        clock
        for clock in clocks
        if clock.state is ClockState.LAPSED
        and clock.party is Party.BODY
        and clock.due is not None
        and (clock.rule.id in deciding or clock.rule.kind is ClockKind.APPEAL_DECISION)
    ]
    return max(lapsed, key=lambda clock: clock.due or date.min, default=None)


def leading_clock(clocks: Sequence[Clock]) -> Clock | None:
    """The clock to show where there is room for one: a limit of the reporter's own before the
    agency's, what waits for an answer before what is late, and windows of years last."""
    live = [c for c in clocks if c.state in _LIVE and (c.drives or c.due or c.used is not None)]
    return min(live, key=_rank, default=None)


def next_step(
    reached: Status, clocks: Sequence[Clock], *, late: bool, remind: bool = True
) -> NextStep:
    """What the reporter does next; ``late`` is the agency, ``remind`` says that no reminder went
    out lately."""
    match reached:
        case Status.DRAFT:
            return NextStep.SEND
        case Status.QUESTION:
            return NextStep.ANSWER
        case Status.PAYMENT:
            return NextStep.PAY
        case Status.SENT:
            return NextStep.LOG_RECEIPT
        case _ if reached in _OVER:
            return NextStep.NOTHING
    if late and remind and reached is not Status.IN_COURT:
        return NextStep.REMIND
    own = [c for c in clocks if c.party is Party.REQUESTER and c.state is ClockState.RUNNING]
    first = min(own, key=_rank, default=None)
    if first is not None and not (_years(first) and any(_answers(c) for c in clocks)):
        return _filing(first)
    if any(clock.state is ClockState.ASKS for clock in clocks):
        return NextStep.TELL_FACT
    waits = any(c.state in (ClockState.RUNNING, ClockState.NOT_YET) for c in clocks)
    return NextStep.WAIT if waits or reached in _UNANSWERED else NextStep.NOTHING


def _years(clock: Clock) -> bool:
    return clock.rule.kind is ClockKind.LITIGATION_WINDOW


def _answers(clock: Clock) -> bool:
    """Whether the agency still has time for its decision on the request."""
    runs = clock.state is ClockState.RUNNING and clock.party is Party.BODY
    return runs and clock.rule.kind is ClockKind.RESPONSE


def _filing(clock: Clock) -> NextStep:
    if clock.rule.kind is ClockKind.LITIGATION_WINDOW:
        return NextStep.SUE
    if clock.rule.kind is not ClockKind.APPEAL_FILING:
        return NextStep.ANSWER
    first = {"denial", "response_silence", "grant"}
    return NextStep.APPEAL if first.intersection(clock.rule.starts_from) else NextStep.REVIEW


def _rank(clock: Clock) -> tuple[int, date]:
    own = clock.party is Party.REQUESTER
    day = clock.drives or clock.due or date.max
    if own and clock.state is ClockState.RUNNING:
        return (0 if clock.rule.kind is not ClockKind.LITIGATION_WINDOW else 4), day
    if clock.state is ClockState.PAUSED:
        return 1, day
    if own:
        return 5, day  # a limit that went by
    return (2 if clock.state is ClockState.LAPSED else 3), day
