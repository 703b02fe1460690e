"""Whether suit is open, in a sentence."""

from __future__ import annotations

from datetime import date

from casefile.domain.standing import Standing, Turn
from casefile.domain.working_days import MONTHS


def sentence(standing: Standing) -> str:
    """``Exhausted by silence since 4 Aug 2026``."""
    on, by = day(standing.on), standing.by and day(standing.by)
    match standing.turn:
        case Turn.WAITING:
            return f"Not exhausted: the agency has until {by}"
        case Turn.SILENCE:
            count = "; by the agency's own count the time stands still"
            return f"Exhausted by silence since {on}{count if standing.disputed else ''}"
        case Turn.REVIVED:
            appeal = f"appeal by {by}" if by else "appeal first"
            return f"No longer: determination of {on} came before suit; {appeal}"
        case Turn.RULED:
            appeal = f"appeal by {by}" if by else "appeal first"
            return f"Not exhausted: determination of {on}; {appeal}"
        case Turn.APPEALED:
            until = f"; the agency has until {by}" if by else "; log when the agency received it"
            return f"Not exhausted: appeal of {on}{until}"
        case Turn.APPEAL_SILENCE:
            return f"Exhausted: appeal unanswered, limit passed before {on}"
        case Turn.APPEAL_DECIDED:
            return f"Exhausted: appeal decided {on}" + (f"; suit by {by}" if by else "")
        case Turn.FILED:
            return f"Suit filed {on}"


def day(on: date) -> str:
    """``4 Aug 2026``, the same in every language of the computer."""
    return f"{on.day} {MONTHS[on.month - 1][:3]} {on.year}"
