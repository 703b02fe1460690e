"""What the values of options must be. Each raises ``argparse.ArgumentTypeError``."""

from __future__ import annotations

import argparse
from datetime import date

from casefile.domain.people import Terms


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
