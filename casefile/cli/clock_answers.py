"""A clock as the command line answers with it.

The one place where a ``Clock`` becomes JSON: ``request``, ``deadlines`` and ``deadline`` all use
``clock_answer``, so that a clock has the same keys wherever it is shown.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from casefile.domain.clocks import Clock, explain
from casefile.domain.laws import Law


def clock_answer(clock: Clock, law: Law | None = None) -> dict[str, Any]:
    """Every value of a clock. ``due`` is null for one that has not started or has no date.
    ``explanation`` is why this date, line by line as it is read aloud; ``steps`` the same with the
    day and the number that each day got (null for a step that counts nothing)."""
    rule, override = clock.rule, clock.override
    checked = clock.checked or rule.checked or (law.checked if law else None)
    return {
        "id": rule.id,
        "kind": rule.kind.value,
        "state": clock.state.value,
        "party": clock.party.value,
        "started": iso(clock.started),
        "started_by": clock.started_by.event if clock.started_by else None,
        "due": iso(clock.due),
        "unrolled": iso(clock.unrolled),
        "send_by": iso(clock.send_by),
        "stated": iso(clock.stated),
        "agency_due": iso(clock.agency_due),
        "agency_open": clock.agency_open,
        "drives": iso(clock.drives),
        "opens_after": list(clock.opens_after),
        "used": clock.used,
        "of": clock.of,
        "override": override
        and {
            "due": iso(override.due),
            "reason": override.reason,
            "made_on": iso(override.made_on),
        },
        "check_this": clock.check_this,
        "doubt": clock.doubt or None,
        "asks": rule.only_if or None,
        "citation": rule.citation,
        "confidence": rule.confidence,
        "checked": iso(checked),
        "source": clock.source or rule.source or None,
        "explanation": explain(clock),
        "steps": [
            {"on": iso(step.on), "count": step.count, "what": step.what}
            for step in clock.explanation
        ],
    }


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
