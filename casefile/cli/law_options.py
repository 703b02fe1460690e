"""The options of the verbs about laws: deadline, laws."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date

from casefile.cli.value_types import LITERAL


def add(verb: Callable[..., argparse.ArgumentParser]) -> None:
    """Add both verbs."""
    deadline = verb("deadline", "reckon the clocks of a law from what happened", case=False)
    deadline.add_argument("--law", metavar="ID", required=True, help="'casefile laws' lists them")
    deadline.add_argument(
        "--event",
        dest="events",
        metavar="NAME=DATE",
        type=event,
        nargs="+",
        action="extend",
        required=True,
        help="what happened, such as received=2026-03-02; several, or the option again",
    )
    deadline.add_argument(
        "--extend",
        metavar="CLOCK",
        nargs="+",
        action="extend",
        default=[],
        help="an extension was announced",
    )
    deadline.add_argument(
        "--pause",
        dest="pauses",
        metavar="[GROUND=]FROM..TO",
        type=pause,
        nargs="+",
        action="extend",
        default=[],
        help="from the body's question to the answer; without TO it is still open",
    )
    deadline.add_argument(
        "--holidays", metavar="CODES", type=codes, default=(), help="another calendar: US-DC"
    )
    deadline.add_argument(
        "--fact",
        dest="facts",
        metavar="CLOCK=yes|no",
        type=fact,
        nargs="+",
        action="extend",
        default=[],
        help="whether the fact holds that a clock asks for",
    )
    deadline.add_argument(
        "--as-of", metavar="DATE", type=_day, default=None, help="the day to look at; else today"
    )
    laws = verb("laws", "the laws that Casefile knows, or one of them with its clocks", case=False)
    laws.add_argument("law", metavar="ID", nargs="?")


def event(text: str) -> tuple[str, date]:
    name, sign, on = text.removeprefix(LITERAL).partition("=")
    if not sign or not name:
        raise argparse.ArgumentTypeError(f"'{text}' is not an event such as received=2026-03-02")
    return name.strip().lower(), _day(on)


def pause(text: str) -> tuple[str, date, date | None]:
    ground, _, span = text.removeprefix(LITERAL).rpartition("=")
    first, dots, last = span.partition("..")
    if not dots:
        raise argparse.ArgumentTypeError(f"'{text}' is not a span such as 2026-03-15..2026-03-28")
    begun, ended = _day(first), _day(last) if last else None
    if ended is not None and ended < begun:
        raise argparse.ArgumentTypeError(f"the pause '{text}' ends before it begins")
    return ground.strip().lower(), begun, ended


def fact(text: str) -> tuple[str, bool]:
    clock, _, told = text.removeprefix(LITERAL).partition("=")
    if told.strip().lower() not in ("yes", "no") or not clock:
        raise argparse.ArgumentTypeError(f"'{text}' is not a fact such as high_court=yes")
    return clock.strip(), told.strip().lower() == "yes"


def codes(text: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in text.removeprefix(LITERAL).split(",") if each.strip())


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a date such as 2026-11-22") from None
