"""One sum of days for two extensions: what the first used is not there for the second.

Under 5 U.S.C. 552(a)(6)(B)(i) an agency has ten working days for unusual circumstances on the
request and on its appeal together.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from casefile.domain.clock_periods import reckon
from casefile.domain.clock_starts import starts
from casefile.domain.laws import ClockRule
from casefile.domain.matters import Extension, Matter
from casefile.domain.working_days import ONE_DAY, WorkingDays


def shared_out(matter: Matter, days: WorkingDays, today: date) -> Matter:
    """The same, each extension with what another one of the same sum has left of it."""
    given = {each.clock: each for each in matter.extensions}
    return replace(
        matter,
        extensions=tuple(
            _with_the_rest(each, given, matter, days, today) for each in matter.extensions
        ),
    )


def _with_the_rest(
    extension: Extension,
    given: dict[str, Extension],
    matter: Matter,
    days: WorkingDays,
    today: date,
) -> Extension:
    rule = _rule(matter, extension.clock)
    first = given.get(rule.shares_with) if rule is not None else None
    if rule is None or first is None or rule.amount is None:
        return extension
    used = _used(first, matter, days, today)
    return extension if used is None else replace(extension, left=max(0, rule.amount - used))


def _used(extension: Extension, matter: Matter, days: WorkingDays, today: date) -> int | None:
    """The working days by which an extension put off the last day; None where it has no day."""
    base = matter.law.rule(matter.law.rule(extension.clock).adds_to)
    ends: list[date] = []
    for extensions in ((), (extension,)):
        alone = replace(matter, extensions=extensions)
        begun = starts(base, matter.law, matter.happenings, days)
        due = begun and reckon(base, begun[0], alone, matter.happenings, days, today).counted.due
        if not due:
            return None
        ends.append(due)
    plain, longer = ends
    longer = min(longer, extension.until or longer)
    span = range(1, (longer - plain).days + 1)
    return sum(not days.closed(plain + n * ONE_DAY) for n in span)


def _rule(matter: Matter, clock: str) -> ClockRule | None:
    return next((each for each in matter.law.clocks if each.id == clock), None)
