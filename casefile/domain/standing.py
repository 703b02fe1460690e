"""Whether suit is open on a request, and how that came about, turn by turn.

The rule is that of laws under which a requester must first exhaust the agency's own remedies
(United States, 5 U.S.C. 552(a)(6)(C)(i): silence exhausts; that a determination which comes late
but before suit revives the duty to appeal is case law, Oglesby v. Department of the Army, 920 F.2d
57 (D.C. Cir. 1990)).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from casefile.domain.clocks import Clock, ClockState
from casefile.domain.laws import ClockKind, Law
from casefile.domain.requests import DECIDED, EventKind, RequestEvent, in_order

#: What a law says of silence under which suit waits for the agency's own remedies. Where silence is
#: a denial (New York), it must be appealed and exhausts nothing.
_EXHAUSTING = "constructive_exhaustion"
_LATER: Final = frozenset(
    {EventKind.APPEAL_DECISION, EventKind.REVIEW_DECISION, EventKind.COURT_DECISION}
)
_ON_A_PART: Final = frozenset({
    EventKind.WAIVER_DECISION, EventKind.EXPEDITION_DECISION, EventKind.FEE_CATEGORY,
    EventKind.INTERIM_RELEASE,
})  # fmt: skip


class Turn(StrEnum):
    """What changed."""

    WAITING = "waiting"  # the agency still has time
    SILENCE = "silence"  # open: the limit lapsed
    REVIVED = "revived"  # open no longer: a ruling came before suit
    RULED = "ruled"  # a ruling in time: appeal first
    APPEALED = "appealed"  # the appeal is with the agency
    APPEAL_SILENCE = "appeal_silence"  # open: the appeal went unanswered
    APPEAL_DECIDED = "appeal_decided"  # open: the appeal was decided
    FILED = "filed"  # suit is filed


@dataclass(frozen=True, slots=True)
class Standing:
    """``on`` is the day of the turn; ``by`` the limit that matters next, if one has a date;
    ``disputed`` that by the agency's own count the time stands still."""

    turn: Turn
    on: date
    by: date | None = None
    disputed: bool = False


def standings(
    law: Law, events: Sequence[RequestEvent], clocks: Sequence[Clock], today: date
) -> list[Standing]:
    """Every turn up to ``today``, in order; empty for a law that does not work so, and for a
    request whose response clock has not started."""
    response = _first(clocks, law.headline)
    if law.on_silence != _EXHAUSTING or response is None or response.due is None:
        return []
    limit = _safe(response)
    found = [Standing(Turn.WAITING, response.started or limit, limit)]
    if limit < today:
        lapsed = limit + timedelta(days=1)
        found.append(Standing(Turn.SILENCE, lapsed, disputed=response.agency_open))
    timeline = in_order(list(events))
    aside = _aside(timeline)
    for event in timeline:
        if event.id in aside:
            continue
        found += _turns(event, clocks, limit, today)
    return _told(found, today)


def _aside(timeline: Sequence[RequestEvent]) -> frozenset[str]:
    """The appeals against rulings on a fee, on haste or on a part, and what was decided on them:
    they exhaust nothing for the request as a whole."""
    by_id = {event.id: event for event in timeline}
    decided, last = False, None
    aside: set[str] = set()
    for event in timeline:
        if event.kind in DECIDED:
            decided = True
        elif event.kind is EventKind.APPEAL:
            against = by_id.get(event.answers or "")
            parts = [e for e in timeline if e.on <= event.on and _on_a_part(e)]
            on_a_part = _on_a_part(against) if against else bool(parts) and not decided
            if on_a_part:
                aside.add(event.id)
            last = event
        elif event.kind is EventKind.APPEAL_DECISION:
            appeal = by_id.get(event.answers or "", last)
            if appeal is not None and appeal.id in aside:
                aside.add(event.id)
    return frozenset(aside)


def _on_a_part(event: RequestEvent) -> bool:
    whole = event.kind in DECIDED or event.kind in _LATER or event.kind is EventKind.CLOSED
    return event.kind in _ON_A_PART or (bool(event.appeal_offered) and not whole)


def _turns(
    event: RequestEvent, clocks: Sequence[Clock], limit: date, today: date
) -> Iterable[Standing]:
    on = event.on
    match event.kind:
        case EventKind.DETERMINATION | EventKind.DENIAL | EventKind.FINAL_RELEASE:
            turn = Turn.REVIVED if on > limit else Turn.RULED
            yield Standing(turn, on, _appeal_by(clocks, event))
        case EventKind.CLOSED if event.appeal_offered:
            turn = Turn.REVIVED if on > limit else Turn.RULED
            yield Standing(turn, on, _appeal_by(clocks, event))
        case EventKind.APPEAL:
            decision = next((c for c in clocks if _is_appeal_clock(c, event)), None)
            due = None if decision is None or decision.due is None else _safe(decision)
            yield Standing(Turn.APPEALED, on, due)
            if due is not None and due < today:
                yield Standing(Turn.APPEAL_SILENCE, due + timedelta(days=1))
        case EventKind.APPEAL_DECISION:
            yield Standing(Turn.APPEAL_DECIDED, on, _suit_by(clocks))
        case EventKind.SUIT:
            yield Standing(Turn.FILED, on)


def _told(found: Iterable[Standing], today: date) -> list[Standing]:
    """In order; silence that a ruling or a decision forestalled is left out, and nothing follows
    the filing of a suit."""
    told: list[Standing] = []
    for turn in sorted(found, key=lambda each: each.on):
        if turn.on > today:
            continue
        before = told[-1].turn if told else None
        if before is Turn.FILED:
            break
        if turn.turn is Turn.SILENCE and before is not Turn.WAITING:
            continue
        if turn.turn is Turn.APPEALED and before is Turn.SILENCE:
            continue  # an appeal against silence takes nothing back
        if turn.turn is Turn.APPEAL_SILENCE and before is not Turn.APPEALED:
            continue
        told.append(turn)
    return told


def _safe(clock: Clock) -> date:
    """When the counts differ, and a date set by hand is one, the latest says when suit is safe."""
    assert clock.due is not None  # noqa: S101 - asked by every caller
    return max(clock.due, clock.agency_due or clock.due, clock.last or clock.due)


def _first(clocks: Iterable[Clock], rule_id: str) -> Clock | None:
    return next((clock for clock in clocks if clock.rule.id == rule_id), None)


def _appeal_by(clocks: Iterable[Clock], event: RequestEvent) -> date | None:
    for clock in clocks:
        started = clock.started_by
        if clock.rule.kind is ClockKind.APPEAL_FILING and started and started.id == event.id:
            return clock.due
    return None


def _is_appeal_clock(clock: Clock, event: RequestEvent) -> bool:
    started = clock.started_by
    decides = clock.rule.kind is ClockKind.APPEAL_DECISION
    return decides and started is not None and started.id == event.id


def _suit_by(clocks: Iterable[Clock]) -> date | None:
    windows = [
        clock.due
        for clock in clocks
        if clock.rule.kind is ClockKind.LITIGATION_WINDOW
        and clock.due is not None
        and clock.state in (ClockState.RUNNING, ClockState.LAPSED)
        and clock.rule.party in ("", "requester")
    ]
    return min(windows, default=None)
