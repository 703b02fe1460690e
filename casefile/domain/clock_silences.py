"""What time alone makes happen: a limit that lapsed without an answer, and the event that a closed
pause stands for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from casefile.domain.clock_answers import decides
from casefile.domain.clock_words import day_words
from casefile.domain.laws import ClockKind, Law
from casefile.domain.matters import Clock, ClockState, Happening, Matter


def derived(
    matter: Matter, happened: Sequence[Happening], found: Sequence[Clock], today: date
) -> list[Happening]:
    """The silences that the lapsed clocks make. One that was told goes before these."""
    told = {each.event for each in happened}
    made = [] if "clarification" in told else list(_answers(matter, found))
    silences = {
        "response_silence": decisive(matter.law, found),
        "appeal_silence": _decisions_on("appeal_received", found),
        "review_silence": _decisions_on("review_received", found),
    }
    for event, clocks in silences.items():
        made.extend(
            Happening(event=event, dated=clock.due, note=_by_the_bodys_count(clock))
            for clock in clocks
            if event not in told and _lapsed_unanswered(clock, happened, today)
        )
    return made


def _answers(matter: Matter, found: Sequence[Clock]) -> Iterator[Happening]:
    """The answer at the end of a pause, where another clock runs from it."""
    for clock in found:
        for pause in matter.pauses:
            stop = clock.rule.stop_rule(pause.ground or next(iter(clock.rule.stops_for), ""))
            replaced = clock.state is ClockState.OFF and pause.clock in ("", clock.rule.id)
            if replaced and stop is not None and stop.then and pause.end and pause.confirmed:
                yield Happening(event="clarification", received=pause.end)
                return


def _lapsed_unanswered(clock: Clock, happened: Sequence[Happening], today: date) -> bool:
    """Whether the last day has passed and no decision came by then. One that came later ends the
    clock, but the silence was there."""
    begun, due = clock.started, clock.due
    if begun is None or due is None or due >= today:
        return False
    # A later date set by hand takes no silence away: what follows from it is the reporter's duty.
    over = clock.state in (ClockState.LAPSED, ClockState.MET)
    if not over and not (clock.state is ClockState.RUNNING and clock.override is not None):
        return False
    if clock.met_on is not None and clock.met_on <= due:
        return False
    return not any(
        _ends(clock, each) and each.earliest and begun <= each.earliest <= due for each in happened
    )


def _by_the_bodys_count(clock: Clock) -> str:
    later = clock.agency_due
    if clock.override is not None and clock.due and clock.override.due > clock.due:
        return f"by the date you set the time ends only on {day_words(clock.override.due)}"
    if clock.agency_open:
        return "by the body's own count the time stands still"
    return f"by the body's own count the time ends only on {day_words(later)}" if later else ""


def _ends(clock: Clock, happening: Happening) -> bool:
    if clock.rule.kind is ClockKind.APPEAL_DECISION:
        outside = "review_received" in clock.rule.starts_from
        return happening.event == ("review_body_decision" if outside else "appeal_decision")
    acknowledged = clock.rule.kind is ClockKind.ACKNOWLEDGEMENT
    return decides(happening) or (acknowledged and happening.event == "acknowledgement")


def decisive(law: Law, found: Sequence[Clock]) -> list[Clock]:
    """The clock whose lapse is the silence on the request: the one that is shown first, or what
    runs in its place."""
    by_rule: Mapping[str, Clock] = {each.rule.id: each for each in reversed(found)}
    if named := [each for each in found if each.rule.id in law.silence_of and each.due]:
        return [min(named, key=lambda each: each.due or date.max)]
    rule = law.rule(law.headline)
    for stop in rule.stop_rules:
        if stop.then and by_rule[rule.id].state is ClockState.OFF:
            rule = law.rule(stop.then)
    clock = by_rule[rule.id]
    if rule.kind is not ClockKind.RESPONSE:
        responses = [each for each in found if each.rule.kind is ClockKind.RESPONSE and each.due]
        clock = max(responses, key=lambda each: each.due or date.min, default=clock)
    return [clock]


def _decisions_on(event: str, found: Sequence[Clock]) -> list[Clock]:
    """For each appeal the decision clock that lapses first."""
    first: dict[int, Clock] = {}
    for clock in found:
        by, due = clock.started_by, clock.due
        if clock.rule.kind is not ClockKind.APPEAL_DECISION or due is None:
            continue
        if by is None or by.event != event:
            continue
        known = first.get(id(by))
        if known is None or due < (known.due or date.max):
            first[id(by)] = clock
    return list(first.values())
