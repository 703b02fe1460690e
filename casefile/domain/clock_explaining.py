"""Why this date: the lines around the count, from the law's words to where they were read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from casefile.domain.clock_periods import Reckoned, claim_words, invoked_for, length_steps
from casefile.domain.clock_starts import Start
from casefile.domain.clock_words import day_words, event_words, sentence, short_day
from casefile.domain.laws import ClockRule
from casefile.domain.matters import Extension, Matter, Override, Step


def before_the_count(
    rule: ClockRule,
    matter: Matter,
    start: Start,
    chained_from: date | None = None,
    late: Sequence[Extension] = (),
) -> Iterator[Step]:
    """What the law gives, and where the count starts."""
    yield from length_steps(rule, matter.law, invoked_for(rule, matter, start), late)
    words = event_words(start.by.event, start.by.notice)
    if chained_from is not None:
        words = f"the last day of the period before it, which began on {day_words(chained_from)}"
    if start.note:
        words += f" ({start.note})"
    counts = "this day counts, if it is a working day" if rule.first_day_counts else (
        "this day is not counted"
    )  # fmt: skip
    yield Step(start.day, f"{words}; {counts}", 0)


def after_the_count(rule: ClockRule, reckoned: Reckoned, due: date | None) -> Iterator[Step]:
    """The last day, and the pauses that did not count."""
    if reckoned.paused is not None:
        used = f"{reckoned.counted.used} of {reckoned.counted.of} days are used"
        known = reckoned.counted.used is not None
        yield Step(None, f"the clock stands{f'; {used}' if known else ''}")
    elif due is not None and rule.not_before:
        yield Step(due, "the last day of waiting; the step is open from the day after")
    elif due is not None:
        yield Step(due, "the last day")
    for stop in reckoned.stops:
        if not stop.lawful:
            yield Step(stop.pause.start, claim_words(stop))


def of_the_requester(send_by: date | None, stated: date | None, due: date | None) -> Iterator[Step]:
    """The dates of a limit that the reporter keeps."""
    if send_by is not None and send_by != due:
        yield Step(
            send_by, "the safe day to send it by: the last working day that is surely in time"
        )
    if stated is not None:
        yield Step(stated, "the last day that the letter itself names")


def set_by_hand(override: Override | None) -> Iterator[Step]:
    if override is not None:
        yield Step(override.due, f"the date you set by hand: {override.reason}")


def where_from(rule: ClockRule, matter: Matter, doubts: str) -> Iterator[Step]:
    """The section, when it was checked and against what, and what to know besides."""
    yield Step(None, f"section: {rule.citation}")
    checked = short_day(rule.checked or matter.law.checked)
    if rule.verified:
        yield Step(None, f"checked on {checked}; source: {rule.source}")
    else:
        yield Step(None, f"the figure is recalled, not checked (list of {checked}): check this")
    if rule.stage_recalled:
        yield Step(None, "which event starts it is recalled, not checked: check this")
    receipt = matter.law.receipt if "received" in rule.starts_from else ""
    for label, words in (
        ("where it starts", rule.starts_detail),
        ("on receipt", receipt),
        ("note", rule.note),
        ("in doubt", doubts),
    ):
        if words:
            yield Step(None, f"{label}: {words}")
    if matter.closes_at:
        zone = f" ({matter.zone})" if matter.zone else ""
        yield Step(None, f"the office closes at {matter.closes_at}{zone}")


def lines(steps: Sequence[Step]) -> list[str]:
    """The explanation as sentences to be read aloud."""
    return [
        sentence(f"{day_words(step.on)}: {step.what}" if step.on else step.what) for step in steps
    ]
