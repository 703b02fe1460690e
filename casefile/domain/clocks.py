"""The deadline engine: a law, what happened and a day give the clocks.

A pure function. It reads no file and no clock; whoever calls it hands the holidays in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from casefile.domain import clock_explaining as why
from casefile.domain import clock_silences as silences
from casefile.domain.clock_answers import answer, key
from casefile.domain.clock_pauses import who_must_act
from casefile.domain.clock_periods import Reckoned, by_the_letters, invoked_for, reckon
from casefile.domain.clock_sharing import shared_out
from casefile.domain.clock_starts import Start, starts
from casefile.domain.clock_words import clock_name, sentence, short_day
from casefile.domain.laws import ClockKind, ClockRule, Unit
from casefile.domain.matters import (
    Clock,
    ClockState,
    Extension,
    Happening,
    Matter,
    Override,
    Party,
    Pause,
    Step,
)
from casefile.domain.working_days import ONE_DAY, Holidays, WorkingDays

__all__ = [
    "STATED",
    "Clock",
    "ClockState",
    "Extension",
    "Happening",
    "Matter",
    "Override",
    "Party",
    "Pause",
    "Step",
    "clocks",
    "explain",
    "stated",
]

#: The id of a clock that no law makes: a date which a letter sets the requester.
STATED: Final = "stated_limit"
#: More than the longest chain: an answer that starts a clock anew, request, appeal, reviewer.
_STAGES: Final = 5
_OWN: Final = frozenset({ClockKind.APPEAL_FILING, ClockKind.LITIGATION_WINDOW})
_DRIVING: Final = frozenset({
    ClockState.RUNNING, ClockState.LAPSED, ClockState.NOT_YET, ClockState.OPEN,
    ClockState.NO_DATE, ClockState.NO_NUMBER,
})  # fmt: skip


def clocks(matter: Matter, today: date, calendar: Holidays) -> tuple[Clock, ...]:
    """Every clock of the law as it stands today, in the order of the law's file; a clock that
    several letters start appears once for each."""
    days = WorkingDays(matter.law, calendar, matter.closures)
    matter = shared_out(matter, days, today)
    happened = list(matter.happenings)
    reckoned: dict[tuple[str, Start, bool], Reckoned] = {}
    for _ in range(_STAGES):
        desk = _Desk(matter, tuple(happened), days, today, reckoned)
        found = desk.all()
        derived = silences.derived(matter, happened, found, today)
        if not derived:
            break
        happened += derived

    def given_up(letter: Happening) -> bool:
        return matter.given_up_of(STATED, letter) is not None

    return (*found, *stated(matter.happenings, found, given_up, today))


def explain(clock: Clock) -> list[str]:
    """The answer to "Why this date?", line by line, to be read aloud."""
    return why.lines(clock.explanation)


@dataclass(frozen=True)
class _Desk:
    """One reckoning: everything that every clock is counted with."""

    matter: Matter
    happened: tuple[Happening, ...]
    days: WorkingDays
    today: date
    reckoned: dict[tuple[str, Start, bool], Reckoned]

    def all(self) -> list[Clock]:
        found: list[Clock] = []
        for rule in self.matter.law.clocks:
            if rule.kind is not ClockKind.EXTENSION:
                found.extend(self.of_rule(rule))
        by_rule = {each.rule.id: each for each in reversed(found)}
        found.extend(
            self._extension(rule, by_rule.get(rule.adds_to))
            for rule in self.matter.law.clocks
            if rule.kind is ClockKind.EXTENSION
        )
        order = {rule.id: at for at, rule in enumerate(self.matter.law.clocks)}
        return sorted(found, key=lambda each: order[each.rule.id])

    def of_rule(self, rule: ClockRule) -> list[Clock]:
        begun = starts(rule, self.matter.law, self.happened, self.days)
        if not begun:
            return [self._bare(rule, ClockState.WAITING)]
        taken: set[str | int] = set()
        return [self._clock(rule, start, taken) for start in begun]

    def _bare(self, rule: ClockRule, state: ClockState, start: Start | None = None) -> Clock:
        """A clock without a date."""
        told = self.matter.facts.get(rule.id)
        if rule.only_if and told is False:
            state = ClockState.OFF
        waiting = state is ClockState.WAITING
        doubt = self._doubts(rule, start)
        started = None if start is None else start.day
        return Clock(
            rule=rule,
            state=state,
            party=party_of(rule, self.matter),
            started=started,
            started_by=None if start is None else start.by,
            stated=None if start is None else start.by.limit,
            opens_after=rule.starts_from if waiting else (),
            check_this=_check_this(rule),
            doubt=doubt,
            explanation=tuple(self._bare_steps(rule, state, start)),
            checked=rule.checked or self.matter.law.checked,
            source=rule.source,
        )

    def _bare_steps(self, rule: ClockRule, state: ClockState, start: Start | None) -> list[Step]:
        words = {
            ClockState.NO_DATE: f"no date is shown: {rule.doubt}",
            ClockState.NO_NUMBER: f"the law sets no number: {rule.standard or rule.note}",
            ClockState.ASKS: f"this has to be told first: {rule.only_if}",
            ClockState.OFF: f"does not run here: {rule.only_if}",
        }.get(state, "")
        steps = [Step(None, words)] if words else []
        if start is not None and state is not ClockState.OFF:
            from_words = why.before_the_count(rule, self.matter, start)
            steps += [step for step in from_words if step.count == 0]
        doubts = "" if state is ClockState.NO_DATE else self._doubts(rule, start)
        return [*steps, *why.where_from(rule, self.matter, doubts)]

    def _clock(self, rule: ClockRule, start: Start, taken: set[str | int]) -> Clock:
        state = self._dateless(rule)
        if state is not None:
            clock = self._bare(rule, state, start)
            return self._ended(clock, taken)
        chained_from = None
        if rule.chained_to:
            chained_from = start.day
            before = self.matter.law.rule(rule.chained_to)
            end = self._reckon(before, self._start_of(before, start)).counted.due
            if end is None:
                return self._bare(rule, ClockState.WAITING)
            start = replace(start, day=end)
        reckoned = self._reckon(rule, start)
        return self._ended(self._dated(rule, start, reckoned, chained_from), taken)

    def _start_of(self, rule: ClockRule, start: Start) -> Start:
        """How the same letter starts another clock, which may count from another of its dates."""
        every = starts(rule, self.matter.law, self.happened, self.days)
        return next((each for each in every if each.by is start.by), start)

    def _dateless(self, rule: ClockRule) -> ClockState | None:
        """Why a clock that has started shows no date all the same; None: it shows one."""
        if rule.only_if and self.matter.facts.get(rule.id) is not True:
            told = rule.id in self.matter.facts
            return ClockState.OFF if told else ClockState.ASKS
        if rule.stage_doubt:
            return ClockState.NO_DATE
        return ClockState.NO_NUMBER if rule.amount is None else None

    def _reckon(self, rule: ClockRule, start: Start, *, claims: bool = False) -> Reckoned:
        """Counted once for all rounds, unless an event of the next round could start it anew."""
        this = (rule.id, start, claims)
        if this not in self.reckoned or any(stop.mode == "restart" for stop in rule.stop_rules):
            self.reckoned[this] = reckon(
                rule, start, self.matter, self.happened, self.days, self.today, claims=claims
            )
        return self.reckoned[this]

    def _dated(
        self, rule: ClockRule, start: Start, reckoned: Reckoned, chained_from: date | None
    ) -> Clock:
        counted = reckoned.counted
        due, agency, words = self._by_the_letter(rule, start, reckoned)
        party, stands = party_of(rule, self.matter), False
        if reckoned.replaced_by:
            other = clock_name(self.matter.law.rule(reckoned.replaced_by))
            off = self._bare(rule, ClockState.OFF, start)
            note = f"the answer arrived; in its place runs: {other}"
            return replace(off, doubt=note, explanation=(Step(None, note), *off.explanation[1:]))
        if reckoned.disputed:
            claimed = self._reckon(rule, start, claims=True).counted.due
            stands = claimed is None and reckoned.paused is None and due is not None
            agency = max(filter(None, (agency, claimed)), default=None)
        override = self.matter.override_of(rule.id, start.by)
        send_by = self._send_by(rule, party, counted.unrolled)
        if reckoned.paused is not None:
            party = who_must_act(reckoned.paused.ground)
        stated = start.by.limit if party is Party.REQUESTER else None
        unsure = self._unsure(rule, start, due)
        doubts = " ".join(filter(None, (self._doubts(rule, start), unsure)))
        steps = (
            *why.before_the_count(rule, self.matter, start, chained_from, reckoned.late),
            *reckoned.before,
            *counted.steps,
            *words,
            *why.after_the_count(rule, reckoned, due),
            *self._if_it_rolled(rule, party, due),
            *why.of_the_requester(send_by, stated, due),
            *why.set_by_hand(override),
            *why.where_from(rule, self.matter, doubts),
        )
        return Clock(
            rule=rule,
            state=ClockState.PAUSED if reckoned.paused is not None else ClockState.RUNNING,
            party=party,
            started=reckoned.day_0,
            started_by=start.by,
            due=due,
            unrolled=counted.unrolled,
            send_by=send_by,
            stated=stated,
            agency_due=agency if agency is not None and due and agency > due else None,
            agency_open=stands,
            override=override,
            used=counted.used,
            of=counted.of,
            check_this=_check_this(rule),
            doubt=doubts,
            explanation=steps,
            checked=rule.checked or self.matter.law.checked,
            source=rule.source,
        )

    def _doubts(self, rule: ClockRule, start: Start | None) -> str:
        on = start.by.earliest if start is not None else None
        words = ""
        if on is not None and on > self.today:
            words = f"What starts it is dated {short_day(on)}, which is still to come: check that."
        return " ".join(filter(None, (_doubts(rule, start), words)))

    def _unsure(self, rule: ClockRule, start: Start, due: date | None) -> str:
        """What nobody knows of the days that were counted."""
        year = None if due is None else self.days.unknown(start.day, due)
        roll = self.matter.law.roll if rule.roll is None else rule.roll
        if year is None or not (rule.unit is Unit.BUSINESS_DAYS or "holiday" in roll):
            return ""
        return f"Not all holidays of {year} are known here: check that no day is missing."

    def _by_the_letter(
        self, rule: ClockRule, start: Start, reckoned: Reckoned
    ) -> tuple[date | None, date | None, list[Step]]:
        """The due date with the dates that extension letters name, the body's own where it is
        later than the law allows, and the words for both."""
        most, late = reckoned.counted.due, reckoned.late
        if most is None:
            return None, None, []
        invoked = invoked_for(rule, self.matter, start)
        in_time = [each for each in invoked if each not in late]
        due, agency, words = by_the_letters(self.matter.law, in_time, most, reckoned.plain or most)
        for each in late:
            if each.until is not None:
                agency = max(each.until, agency or each.until)
                words.append(Step(agency, "the date that the late extension letter names"))
        for each in self.matter.extensions:
            if each.clock == rule.id and each.until is not None:
                agency = max(each.until, agency or each.until)
                claim = "the body names this day; the law knows no such extension"
                words.append(Step(each.until, claim))
        return due, agency, words

    def _if_it_rolled(self, rule: ClockRule, party: Party, due: date | None) -> list[Step]:
        """Where the law leaves the body's last day on a closed one."""
        if party is Party.REQUESTER or due is None or not (closed := self.days.closed(due)):
            return []
        roll = self.matter.law.roll if rule.roll is None else rule.roll
        open_day = due
        while self.days.closed(open_day) or self.days.bars_an_end(open_day, roll):
            open_day += ONE_DAY
        words = (
            f"that day is closed ({closed}), and this law does not move it; in practice this day"
        )
        return [Step(open_day, words)]

    def _send_by(self, rule: ClockRule, party: Party, unrolled: date | None) -> date | None:
        if party is not Party.REQUESTER or rule.not_before or unrolled is None:
            return None
        return self.days.on_or_before(unrolled)

    def _ended(self, clock: Clock, taken: set[str | int]) -> Clock:
        """With the state it is in today, and the date that Today goes by."""
        rule, by = clock.rule, clock.started_by
        if by is None or clock.started is None or clock.state in (ClockState.OFF, ClockState.ASKS):
            return clock
        own = party_of(rule, self.matter)
        done = answer(rule, self.matter.law, own, clock.started, by, self.happened, taken)
        done = done if done is not None and done <= self.today else None
        last = clock.last
        state = ClockState.MET if done is not None else self._standing(clock, last)
        steps = [*clock.explanation]
        if done is not None:
            late = "" if last is None or done <= last else ", after the last day"
            steps.append(Step(done, f"done on this day{late}"))
        let_go = self.matter.given_up_of(rule.id, by)
        if state is ClockState.GIVEN_UP and let_go is not None:
            steps.append(Step(None, f"given up: {let_go.reason}"))
        clock = replace(clock, state=state, met_on=done, explanation=tuple(steps))
        return replace(clock, drives=_drives(clock))

    def _standing(self, clock: Clock, last: date | None) -> ClockState:
        """The state of a clock that nothing has brought to its end."""
        by = clock.started_by
        if by is not None and self.matter.given_up_of(clock.rule.id, by) is not None:
            return ClockState.GIVEN_UP
        if last is None or clock.state is ClockState.PAUSED:
            return clock.state
        if clock.rule.not_before:
            return ClockState.OPEN if self.today > last else ClockState.NOT_YET
        return ClockState.LAPSED if self.today > last else clock.state

    def _extension(self, rule: ClockRule, base: Clock | None) -> Clock:
        invoked = any(each.clock == rule.id for each in self.matter.extensions)
        if not invoked or base is None or base.started is None:
            return replace(self._bare(rule, ClockState.WAITING), opens_after=("extension",))
        bare = self._bare(rule, base.state)
        if base.due is None:
            return replace(bare, state=base.state, started=base.started, party=base.party)
        return replace(
            base,
            rule=rule,
            check_this=_check_this(rule),
            doubt=rule.doubt,
            checked=bare.checked,
            source=rule.source,
            override=None,
        )


def party_of(rule: ClockRule, matter: Matter) -> Party:
    """Who must act."""
    if rule.party:
        return Party(rule.party.replace(" ", "_"))
    if rule.adds_to:
        return party_of(matter.law.rule(rule.adds_to), matter)
    if rule.kind in _OWN:
        return Party.REQUESTER
    outside = rule.kind is ClockKind.APPEAL_DECISION and "review_received" in rule.starts_from
    return Party.REVIEWER if outside else Party.BODY


def _drives(clock: Clock) -> date | None:
    if clock.state not in _DRIVING:
        return None
    if clock.override is not None:
        return clock.override.due
    if clock.rule.not_before:
        return clock.due + ONE_DAY if clock.due else None
    if clock.party is Party.REQUESTER:
        return min((d for d in (clock.send_by or clock.due, clock.stated) if d), default=None)
    return clock.due


def _check_this(rule: ClockRule) -> bool:
    return not rule.verified or rule.stage_recalled or bool(rule.doubt or rule.valid_until)


def _doubts(rule: ClockRule, start: Start | None) -> str:
    found = [rule.doubt, f"Holds until: {rule.valid_until}." if rule.valid_until else ""]
    if start is not None:
        told = start.by.event.endswith("_silence") or start.by.event == "received"
        found += [sentence(start.doubt), sentence(start.by.note) if told else ""]
    return " ".join(filter(None, found))


def stated(
    happenings: Sequence[Happening],
    found: Sequence[Clock],
    given_up: Callable[[Happening], bool],
    today: date,
) -> list[Clock]:
    """The dates which letters set the requester beside any limit of the law. One that only a clock
    shows which does not run is shown by itself."""
    asleep = (ClockState.OFF, ClockState.ASKS)
    running = [each for each in found if each.stated and each.state not in asleep]
    shown = [each.started_by for each in running if each.started_by]
    ids = {each.id for each in shown if each.id}
    made: dict[str | int, Clock] = {}
    for at, each in enumerate(happenings):
        this = key(each, at)
        if each.limit is None or each.earliest is None or this in made:
            continue
        if each in shown or each.id in ids:
            continue
        made[this] = _stated(each, happenings, today, given_up=given_up(each))
    return list(made.values())


def _stated(
    letter: Happening, happenings: Sequence[Happening], today: date, *, given_up: bool
) -> Clock:
    assert letter.limit is not None and letter.earliest is not None  # noqa: S101, PT018 - asked
    rule = ClockRule(
        id=STATED,
        kind=ClockKind.ANSWER,
        unit=Unit.CALENDAR_DAYS,
        party=Party.REQUESTER.value,
        starts_from=(letter.event,),
        citation="the letter",
        confidence="verified",
        source="the letter",
    )
    done = answer(rule, None, Party.REQUESTER, letter.earliest, letter, happenings, set())
    done = done if done is not None and done <= today else None
    state = ClockState.LAPSED if today > letter.limit else ClockState.RUNNING
    if given_up:
        state = ClockState.GIVEN_UP
    if done is not None:
        state = ClockState.MET
    return Clock(
        rule=rule,
        state=state,
        party=Party.REQUESTER,
        started=letter.earliest,
        started_by=letter,
        stated=letter.limit,
        drives=letter.limit if state in _DRIVING else None,
        met_on=done,
        explanation=(Step(letter.limit, "the last day that the letter itself names"),),
        source="the letter",
    )
