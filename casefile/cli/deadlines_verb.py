"""The verb ``deadlines``: every running clock, as a list, a calendar and a table."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casefile.cli import opening
from casefile.cli.answers import Answer, safe, table, told
from casefile.cli.arguments import WrongUsage
from casefile.cli.clock_answers import iso
from casefile.cli.request_verbs import day_of

if TYPE_CHECKING:
    from casefile.services.case import Case
    from casefile.services.running_clocks import RunningClock


def deadlines_verb(arguments: Namespace) -> Answer:
    from casefile.services.running_clocks import running

    if arguments.details and not arguments.ics:
        raise WrongUsage("--details is about the calendar: name its file with --ics.")
    today = day_of(arguments)
    opened = opening.writing if arguments.ics else opening.reading
    with opened(arguments) as case:
        found = running(case, today)
        written = _written(case, arguments, today)
    values: dict[str, Any] = {"deadlines": [_answer(each, today) for each in found], **written}
    lines = [
        *_lines(found, today),
        *(f"Wrote {safe(path)}, unencrypted." for path in written.values()),
    ]
    notes = told("calendar.details") if arguments.details else []
    return Answer(values, lines, notes=notes)


def _written(case: Case, arguments: Namespace, today: date) -> dict[str, str]:
    """The files that were asked for."""
    from casefile.services.leaving import calendar_out, requests_csv

    written: dict[str, str] = {}
    if arguments.ics:
        path = calendar_out.save(
            case, Path(arguments.ics), details=arguments.details, today=today,
            force=arguments.force,
        )  # fmt: skip
        written["ics"] = str(path)
    if arguments.csv:
        path = requests_csv.save(case, Path(arguments.csv), today=today, force=arguments.force)
        written["csv"] = str(path)
    return written


def _answer(found: RunningClock, today: date) -> dict[str, Any]:
    clock = found.clock
    return {
        "request": found.request.id,
        "agency": found.request.agency,
        "law": found.request.law,
        "clock": clock.rule.id,
        "kind": clock.rule.kind.value,
        "party": clock.party.value,
        "state": clock.state.value,
        "due": iso(clock.due),
        "send_by": iso(clock.send_by),
        "drives": iso(found.day),
        "days_left": found.days_left(today),
        "check_this": clock.check_this,
    }


def _lines(found: list[RunningClock], today: date) -> list[str]:
    return list(
        table(
            (
                iso(each.day) or "no date",
                _left(each.days_left(today)),
                each.clock.party.value,
                each.clock.rule.kind.value,
                each.request.agency,
                each.request.tracking_number,
            )
            for each in found
        )
    )


def _left(days: int | None) -> str:
    if days is None:
        return ""
    if days == 0:
        return "today"
    return f"{abs(days)} day{'' if abs(days) == 1 else 's'} {'left' if days > 0 else 'ago'}"
