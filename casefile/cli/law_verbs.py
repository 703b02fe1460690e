"""Verbs about laws, which need no case: deadline, laws."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from casefile.cli.answers import Answer, safe, table
from casefile.cli.clock_answers import clock_answer
from casefile.cli.options import WrongUsage
from casefile.domain.errors import UserError
from casefile.services import laws

if TYPE_CHECKING:
    from casefile.domain.clocks import Clock
    from casefile.domain.laws import ClockRule, Law

#: Words that were typed and mean nothing: wrong usage.
_MISTYPED = frozenset(
    {"deadline.event", "deadline.extension", "deadline.ground", "deadline.fact", "deadline.date"}
)


def deadline_verb(arguments: Namespace) -> Answer:
    from casefile.domain.clocks import Pause
    from casefile.services import deadline
    from casefile.services.wording import explain

    today = arguments.as_of or date.today()  # noqa: DTZ011 - the reporter's own day
    pauses = [Pause(first, last, ground) for ground, first, last in arguments.pauses]
    try:
        law, clocks = deadline.reckon(
            arguments.law,
            arguments.events,
            today,
            extend=arguments.extend,
            pauses=pauses,
            holidays=arguments.holidays,
            facts=dict(arguments.facts),
        )
    except UserError as error:
        if error.code in _MISTYPED:
            raise WrongUsage(explain(error).sentence()) from error
        raise
    values = {
        "law": law.id,
        "as_of": today.isoformat(),
        "clocks": [clock_answer(each, law) for each in clocks],
    }
    return Answer(values, _told(law, clocks))


def laws_verb(arguments: Namespace) -> Answer:
    if arguments.law is None:
        rows = [(each.id, each.name, each.law, each.citation) for each in laws.every()]
        return Answer({"laws": [_law(each) for each in laws.every()]}, table(rows))
    law = laws.get(arguments.law)
    more = {
        "who_may_request": law.who_may_request,
        "appeal_body": law.appeal_body,
        "holidays": list(law.holidays),
        "special": list(law.special),
        "doubts": list(law.doubts),
        "clocks": [_rule(each) for each in law.clocks],
    }
    return Answer({"laws": [{**_law(law), **more}]}, _law_lines(law))


def _law(law: Law) -> dict[str, Any]:
    return {
        "id": law.id,
        "name": law.name,
        "law": law.law,
        "citation": law.citation,
        "verified": law.verified,
        "checked": law.checked.isoformat(),
        "headline": law.headline,
        "country": law.country,
        "subdivision": law.subdivision or None,
    }


def _rule(rule: ClockRule) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in asdict(rule).items()
    }


def _law_lines(law: Law) -> Iterator[str]:
    from casefile.domain.clock_words import event_words, length, sentence

    yield safe(f"{law.name}: {law.law} ({law.citation})")
    yield safe(f"Checked on {law.checked.isoformat()}. Appeal: {law.appeal_body}")
    for rule in law.clocks:
        figure = rule.standard or "no number" if rule.amount is None else length(
            rule.amount, rule.unit
        )  # fmt: skip
        starts = " or ".join(event_words(each, rule.notice) for each in rule.starts_from)
        seen = "verified" if rule.verified else "recalled"
        yield ""
        yield safe(f"{rule.id}: {figure} from when {starts}")
        yield safe(f"  {rule.citation}, {seen}")
        for words in (rule.only_if, rule.note, rule.doubt):
            if words:
                yield "  " + safe(sentence(words))


def _told(law: Law, clocks: Sequence[Clock]) -> Iterator[str]:
    """First the clocks that have something to say, day by day; then those that wait."""
    from casefile.domain.clock_words import (
        STATES,
        clock_name,
        day_words,
        event_words,
        opens_after,
        sentence,
    )
    from casefile.domain.clocks import ClockState, explain

    yield safe(f"{law.name}: {law.law}")
    waiting = [each for each in clocks if each.state is ClockState.WAITING]
    for clock in clocks:
        if clock.state is ClockState.WAITING:
            continue
        yield ""
        due = f"due {day_words(clock.due)}" if clock.due else "no date"
        by = f", started when {event_words(clock.started_by.event)}" if clock.started_by else ""
        check = "; check this" if clock.check_this else ""
        name = sentence(clock_name(clock.rule)).rstrip(".")
        yield safe(f"{name}: {due} ({STATES[clock.state.value]}{check}{by})")
        for line in explain(clock):
            yield "  " + safe(line)
    if waiting:
        yield ""
        yield "Not started:"
    for clock in waiting:
        yield safe(f"  {clock_name(clock.rule)}: opens after {opens_after(clock.opens_after)}")
