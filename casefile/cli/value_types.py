"""What the values of options must be. Each raises ``argparse.ArgumentTypeError``."""

from __future__ import annotations

import argparse
import math
import re
from datetime import date

from casefile.domain.people import Terms
from casefile.domain.requests import EventKind

#: Stands before a word that only looks like an option; a private character no shell produces.
LITERAL = "\ue0f0"


def page(text: str) -> int:
    number = count(text)
    if number > 10_000_000:
        raise argparse.ArgumentTypeError(f"there is no page {text}")
    return number


def count(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 12 or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number from 1")
    return int(text)


def share(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number from 0 to 1")
    return number


def shift(text: str) -> tuple[float, float]:
    try:
        right, down = (float(part) for part in text.removeprefix(LITERAL).split(","))
    except ValueError:
        right, down = math.nan, math.nan
    if not (math.isfinite(right) and math.isfinite(down)):
        raise argparse.ArgumentTypeError(f"'{text}' is not two numbers such as 0,-12.5")
    return right, down


def day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a date such as 2026-11-22") from None


def terms(text: str) -> Terms:
    plain = text.strip().lower().replace("-", "_").replace(" ", "_").replace("_the_", "_")
    try:
        return Terms(plain.removeprefix("on_") if plain.endswith("background") else plain)
    except ValueError:
        known = ", ".join(Terms)
        raise argparse.ArgumentTypeError(f"'{text}' is none of {known}") from None


def money(text: str) -> tuple[int, str]:
    """Hundredths and a currency of ``25.00 USD``."""
    found = re.fullmatch(r"(\d{1,12})(?:\.(\d\d))? ?([A-Za-z]{3})", text.strip(), re.ASCII)
    if found is None:
        raise argparse.ArgumentTypeError(f"'{text}' is not a sum such as '25.00 USD'")
    whole, part, currency = found.groups()
    return int(whole) * 100 + int(part or 0), currency.upper()


def event_kind(text: str) -> EventKind:
    """A kind of event with hyphens or underscores; what is done is a name too (``give-up``)."""
    plain = text.strip().lower().replace("-", "_").replace(" ", "_")
    plain = {"give_up": "given_up", "snooze": "snoozed"}.get(plain, plain)
    try:
        return EventKind(plain)
    except ValueError:
        known = ", ".join(each.value.replace("_", "-") for each in EventKind)
        raise argparse.ArgumentTypeError(f"'{text}' is none of {known}") from None
