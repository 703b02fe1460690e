"""A request's timeline as the deadline engine reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from casefile.domain.clock_words import short_day
from casefile.domain.laws import ClockKind, Law
from casefile.domain.matters import (
    Clock,
    ClockState,
    Extension,
    GivenUp,
    Happening,
    Matter,
    Override,
    Pause,
    Step,
)
from casefile.domain.requests import (
    ANSWERS,
    DECIDED,
    FROM_REPORTER,
    Agency,
    EventKind,
    Request,
    RequestEvent,
    Way,
    answers_to,
    in_order,
)

#: Events that the engine knows by a name of its own.
_PLAIN = {
    EventKind.ACKNOWLEDGED: "acknowledgement",
    EventKind.INTERIM_RELEASE: "interim_release",
    EventKind.REFERRAL: "referral",
    EventKind.CONSULTATION: "consultation",
    EventKind.STILL_INTERESTED: "still_interested",
    EventKind.APPEAL_DECISION: "appeal_decision",
    EventKind.REVIEW_DECISION: "review_body_decision",
    EventKind.SUIT: "suit_filed",
    EventKind.SERVICE: "service",
    EventKind.COURT_DECISION: "court_decision",
    EventKind.FEE_PAID: "fee_paid",
    EventKind.FEE_COMMITMENT: "reply",
    EventKind.FEE_OBJECTION: "reply",
    EventKind.STILL_INTERESTED_REPLY: "reply",
}
#: Questions of the agency and the notice that each of them is.
_NOTICES = {
    EventKind.CLARIFICATION: "question_to_requester",
    EventKind.NARROWING: "question_to_requester",
    EventKind.FEE_ESTIMATE: "fee_notice",
    EventKind.ADVANCE_PAYMENT: "fee_notice",
}
_ELECTRONIC = frozenset({Way.EMAIL, Way.FAX, Way.PORTAL})
_REPLIES = frozenset({EventKind.CLARIFICATION_REPLY, EventKind.NARROWING_REPLY})
#: Rulings that are about a fee or about haste, never about the records.
_SIDE_RULINGS = frozenset(
    {EventKind.WAIVER_DECISION, EventKind.EXPEDITION_DECISION, EventKind.FEE_CATEGORY}
)
_PAYMENT = ("fee_payment", "fee_notice")
#: Rulings on an appeal: what is open against them starts from their own event.
_LATER_RULINGS = frozenset(
    {EventKind.APPEAL_DECISION, EventKind.REVIEW_DECISION, EventKind.COURT_DECISION}
)
#: What may claim to stop a clock.
_PAUSING = frozenset({*ANSWERS, EventKind.CONSULTATION})


def matter(request: Request, agency: Agency, law: Law, events: Sequence[RequestEvent]) -> Matter:
    """Everything that the engine looks at. A date of receipt that is not known starts no clock."""
    timeline = in_order(list(events))
    answers = answers_to(timeline)
    went_out = min((e.on for e in timeline if e.kind is EventKind.SENT), default=None)
    return Matter(
        law=law,
        happenings=tuple(
            _in_doubt(each, went_out)
            for event in timeline
            for each in (
                _sending(event, law, timeline)
                if event.kind is EventKind.SENT
                else _happenings(event)
            )
            # The one clock that counts from the sending rules on haste, where haste was asked for.
            if each.event != "sent" or request.expedited_asked
        ),
        extensions=tuple(_extensions(law, timeline)),
        pauses=tuple(_pauses(law, timeline, answers.get)),
        facts={e.clock: e.outcome == "yes" for e in timeline if e.kind is EventKind.FACT},
        overrides=tuple(_overrides(timeline)),
        closures=tuple(date.fromisoformat(day) for day in agency.closures),
        holidays=agency.holidays,
        given_up=tuple(
            GivenUp(e.clock, e.note, e.answers or "", _before(e, timeline))
            for e in timeline
            if e.kind is EventKind.GIVEN_UP
        ),
        zone=agency.zone,
        closes_at=agency.closes_at,
    )


def without_appeal(events: Iterable[RequestEvent], found: Sequence[Clock]) -> list[Clock]:
    """The same; a decision on an objection is late only where somebody objected (its time runs from
    the end of the time for that, the Netherlands)."""
    if any(event.kind is EventKind.APPEAL for event in events):
        return list(found)
    words = "No appeal is logged: this runs only where one was made in time."
    return [
        replace(each, state=ClockState.OFF, due=None, unrolled=None, drives=None, doubt=words)
        if each.rule.chained_to and each.state is ClockState.LAPSED
        else each
        for each in found
    ]


def unreceived(matter: Matter, events: Iterable[RequestEvent]) -> date | None:
    """The day on which a request went out whose receipt nobody logged."""
    if any(each.event == "received" for each in matter.happenings):
        return None
    return min((event.on for event in events if event.kind is EventKind.SENT), default=None)


def if_received(found: Iterable[Clock], had: Iterable[Clock], sent: date) -> list[Clock]:
    """The same; a clock that waits for the receipt says what its last day would be, had the agency
    had the request on the day it was ``sent``: ``had`` are the clocks then."""
    would = {each.rule.id: each.due for each in had if each.due is not None}
    return [_if_received(each, would.get(each.rule.id), sent) for each in found]


def _if_received(clock: Clock, due: date | None, sent: date) -> Clock:
    waits = clock.state is ClockState.WAITING and "received" in clock.rule.starts_from
    if not waits or due is None or clock.rule.kind is ClockKind.EXTENSION:
        return clock
    words = (
        f"No receipt is logged, so no time runs. Had they had it on {short_day(sent)}, the day it"
        f" was sent, the last day would be {short_day(due)}."
    )
    steps = (Step(None, words), *clock.explanation)
    return replace(clock, doubt=" ".join(filter(None, (words, clock.doubt))), explanation=steps)


def letters(events: Iterable[RequestEvent]) -> tuple[Happening, ...]:
    """What happened, without a law that says when it counts."""
    return tuple(each for event in in_order(list(events)) for each in _happenings(event))


def _happenings(event: RequestEvent) -> list[Happening]:
    kind = event.kind
    match kind:
        case EventKind.RECEIVED:
            return [_arrived("received", event)]
        case EventKind.APPEAL | EventKind.REVIEW:
            had = [_arrived(f"{kind}_received", event)] if event.received else []
            return [_letter(f"{kind}_sent", event), *had]
        case EventKind.DETERMINATION | EventKind.FINAL_RELEASE:
            final = kind is EventKind.FINAL_RELEASE
            decided = [_letter("final_release" if final else "determination", event)]
            return [*decided, _letter("denial" if event.appeal_offered else "grant", event)]
        case EventKind.DENIAL:
            return [_letter("denial", event)]
        case EventKind.CLOSED if event.appeal_offered:
            return [_letter("denial", event)]
        case EventKind.INTERIM_RELEASE if event.appeal_offered:
            return [_letter("interim_release", event), _letter("denial", event, partial=True)]
    if kind in _SIDE_RULINGS:
        against = event.appeal_offered or event.outcome == "denied"
        return [_letter("denial", event, partial=True)] if against else []
    if kind in _REPLIES:
        return [Happening(event="clarification", received=_reached(event), id=event.id)]
    if kind in _NOTICES:
        return [_letter("notice_sent", event, notice=_NOTICES[kind]), *_offered(event)]
    return [*([_letter(_PLAIN[kind], event)] if kind in _PLAIN else []), *_offered(event)]


def _offered(event: RequestEvent) -> list[Happening]:
    """A letter of the agency that offers appeal, whatever else it is, opens the time for one."""
    own = event.kind in FROM_REPORTER or event.kind in _LATER_RULINGS
    return [_letter("denial", event, partial=True)] if event.appeal_offered and not own else []


def _sending(event: RequestEvent, law: Law, timeline: Sequence[RequestEvent]) -> list[Happening]:
    """The sending, and the receipt. Where the law itself sets the day of receipt of what was sent
    by electronic means, that day counts unless a later one is known."""
    sent = _letter("sent", event)
    by_law = event.way in _ELECTRONIC and law.receipt_shift_business_days
    if by_law and (event.received or "") <= event.day:
        known = any(each.kind is EventKind.RECEIVED for each in timeline)
        return [sent] if known else [sent, Happening(event="received", sent=event.on, id=event.id)]
    return [sent, _arrived("received", event)] if event.received else [sent]


def _in_doubt(happening: Happening, went_out: date | None) -> Happening:
    """A receipt before the request went out says so."""
    day = happening.received
    if happening.event != "received" or day is None or went_out is None or went_out <= day:
        return happening
    words = f"the request went out on {short_day(went_out)}, after this receipt: check both dates"
    return replace(happening, note=words)


def _letter(name: str, event: RequestEvent, **more: object) -> Happening:
    return Happening(
        event=name,
        dated=_day(event.dated),
        sent=_day(event.sent),
        received=_day(event.received),
        id=event.id,
        limit=_day(event.limit_on),
        note=_pages(event),
        answers=event.answers or "",
        **more,  # type: ignore[arg-type]  # notice or partial
    )


def _arrived(name: str, event: RequestEvent) -> Happening:
    return Happening(
        event=name,
        received=_day(event.received) or event.on,
        id=event.id,
        answers=event.answers or "",
        after_hours=event.after_hours,
    )


def _pages(event: RequestEvent) -> str:
    """The pages that a letter covers: "412 pages, EPA-1 to EPA-412"."""
    count = f"{event.pages:,} page{'' if event.pages == 1 else 's'}" if event.pages else ""
    run = " to ".join(each for each in (event.bates_first, event.bates_last) if each)
    return ", ".join(each for each in (count, run) if each)


def _reached(event: RequestEvent) -> date:
    """The day on which what the reporter sent was with the agency, else the day it left."""
    return date.fromisoformat(event.received or event.sent or event.day)


def _extensions(law: Law, timeline: Sequence[RequestEvent]) -> Iterable[Extension]:
    for event in timeline:
        if event.kind is EventKind.EXTENSION:
            clock = _extension(law, event.clock or _of_the_stage(law, timeline, event))
            yield Extension(clock, event.on, _day(event.until), event=event.answers or "")


def _of_the_stage(law: Law, timeline: Sequence[RequestEvent], letter: RequestEvent) -> str:
    """The clock that an extension letter means which names none: that for the decision which was
    due when it came."""
    before = {event.kind for event in timeline if event.on <= letter.on}
    if before & DECIDED:
        for kind in (EventKind.REVIEW, EventKind.APPEAL):
            found = (
                rule.id
                for rule in law.clocks
                if rule.kind is ClockKind.APPEAL_DECISION
                and f"{kind.value}_received" in rule.starts_from
            )
            if kind in before and (clock := next(found, "")):
                return clock
    return law.headline


def _extension(law: Law, named: str) -> str:
    """The extension that a letter speaks of, which may name the clock that it lengthens; that clock
    itself where the law knows no extension of it."""
    found = (r.id for r in law.clocks if r.kind is ClockKind.EXTENSION and r.adds_to == named)
    return next(found, named)


def _pauses(
    law: Law, timeline: Iterable[RequestEvent], answer_to: Callable[[str], RequestEvent | None]
) -> Iterable[Pause]:
    """The spans from a question to its answer. An agency that wants to be paid first counts the
    time until then as none, whether the letter says so or not: without a ground that is its claim
    only."""
    for event in timeline:
        if event.kind is EventKind.ADVANCE_PAYMENT and not event.ground:
            answer = answer_to(event.id)
            end = _reached(answer) if answer is not None else None
            yield Pause(event.on, end, _payment(law), event.clock, confirmed=False)
        elif event.kind in _PAUSING and event.ground:
            answer = answer_to(event.id)
            end = _reached(answer) if answer is not None else _day(event.until)
            yield Pause(event.on, end, event.ground, event.clock, event.confirmed)


def _payment(law: Law) -> str:
    """The ground on which this law lets a demand for payment stop a clock, if on any."""
    known = {ground for rule in law.clocks for ground in rule.stops_for}
    return next((each for each in _PAYMENT if each in known), _PAYMENT[0])


def _overrides(timeline: Sequence[RequestEvent]) -> Iterable[Override]:
    """The last date set by hand for each clock; the others stay in the history."""
    latest: dict[tuple[str, str], Override] = {}
    for event in timeline:
        if event.kind is EventKind.OVERRIDE and event.until:
            due = date.fromisoformat(event.until)
            about = event.clock, event.answers or ""
            before = _before(event, timeline)
            latest[about] = Override(event.clock, due, event.note, event.on, about[1], before)
    return latest.values()


def _before(decision: RequestEvent, timeline: Iterable[RequestEvent]) -> frozenset[str]:
    """What was logged when the reporter decided: of what came later the decision says nothing."""
    return frozenset(e.id for e in timeline if e.created_at <= decision.created_at)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
