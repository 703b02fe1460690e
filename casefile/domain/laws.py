"""The time limits of a law, as its file in ``resources/laws`` states them.

Frozen values; ``law_from`` makes one of a file that was read. Field by field the format is told in
``resources/laws/README.md``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any, Final


class ClockKind(StrEnum):
    ACKNOWLEDGEMENT = "acknowledgement"
    RESPONSE = "response"
    EXTENSION = "extension"
    APPEAL_FILING = "appeal_filing"
    APPEAL_DECISION = "appeal_decision"
    LITIGATION_WINDOW = "litigation_window"
    #: No law's: a limit that a letter sets for the reporter's answer.
    ANSWER = "answer"


class Unit(StrEnum):
    BUSINESS_DAYS = "business_days"
    CALENDAR_DAYS = "calendar_days"
    WEEKS = "weeks"
    MONTHS = "months"


class LetterDate(StrEnum):
    """Which date of a decision letter the law counts from; unknown: the earliest of the three."""

    DATED = "dated"
    SENT = "sent"
    RECEIVED = "received"
    UNKNOWN = "unknown"


#: What may start a clock; see resources/laws/README.md for what each one is.
EVENTS: Final = (
    "sent",
    "received",
    "acknowledgement",
    "clarification",
    "fee_paid",
    "notice_sent",
    "grant",
    "denial",
    "response_silence",
    "appeal_received",
    "appeal_decision",
    "appeal_silence",
    "review_received",
    "review_body_decision",
    "review_silence",
    "court_decision",
    "service",
)
#: The first decisions and silences of each stage: clocks that start there hang on the stage.
DECISIONS: Final = frozenset(EVENTS[EVENTS.index("grant") :]) - {
    "appeal_received",
    "review_received",
}
NOTICES: Final = (
    "fee_notice",
    "question_to_requester",
    "third_party_notice",
    "notice_before_suit",
    "notice_of_default",
)
GROUNDS: Final = (
    "one_information_request",
    "fee_assessment_clarification",
    "clarification",
    "request_amended",
    "fee_notice",
    "fee_payment",
    "third_party_consultation",
    "practical_refusal_consultation",
    "commissioner_suspension",
)


@dataclass(frozen=True, slots=True)
class StopRule:
    """What one ground does to a clock: ``mode`` pause or restart; ``times`` a number, as_needed or
    not_stated; ``then`` the clock that runs instead after a restart."""

    ground: str
    mode: str
    times: int | str
    then: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockRule:
    """One time limit of a law. ``amount`` None: the law sets no number, ``standard`` says what it
    says instead. ``roll`` None: the law's own rule."""

    id: str
    kind: ClockKind
    unit: Unit
    amount: int | None = None
    standard: str = ""
    hours: int | None = None
    as_business_days: int | None = None
    starts_from: tuple[str, ...] = ()
    starts_detail: str = ""
    if_several: str = ""
    only_if: str = ""
    notice: str = ""
    chained_to: str = ""
    counts_from_letter: LetterDate | None = None
    stage_doubt: bool = False
    first_day_counts: bool = False
    adds_to: str = ""
    shares_with: str = ""
    total: int | None = None
    direction: str = ""
    party: str = ""
    stops_for: tuple[str, ...] = ()
    stop_rules: tuple[StopRule, ...] = ()
    pause_span: str = ""
    roll: tuple[str, ...] | None = None
    valid_until: str = ""
    citation: str = ""
    confidence: str = ""
    source: str = ""
    source_type: str = ""
    stage_confidence: str = ""
    checked: date | None = None
    fees_if_late: str = ""
    note: str = ""
    doubt: str = ""

    @property
    def verified(self) -> bool:
        """Whether the figure was seen in the named source."""
        return self.confidence == "verified"

    @property
    def not_before(self) -> bool:
        """Whether the step opens only once the period is over."""
        return self.direction == "not_before"

    @property
    def stage_recalled(self) -> bool:
        """Whether the stage that starts it is from memory: its date says "check this"."""
        return self.stage_confidence != "verified" and bool(
            DECISIONS.intersection(self.starts_from)
        )

    def stop_rule(self, ground: str) -> StopRule | None:
        """What the law says of a ground; None: it does not stop this clock."""
        if ground not in self.stops_for:
            return None
        rules = (each for each in self.stop_rules if each.ground == ground)
        return next(rules, StopRule(ground, "pause", "not_stated"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """A statute, its calendar and its clocks. The first of the clocks ``silence_of`` to lapse is
    the silence on the request; where there are none, the headline."""

    id: str
    name: str
    country: str
    law: str
    citation: str
    clocks: tuple[ClockRule, ...]
    headline: str
    on_silence: str
    checked: date
    silence_of: tuple[str, ...] = ()
    subdivision: str = ""
    who_may_request: str = ""
    who_note: str = ""
    appeal_body: str = ""
    holidays: tuple[str, ...] = ()
    holiday_mode: str = "single"
    holidays_note: str = ""
    holiday_exclude: tuple[str, ...] = ()
    holiday_categories: tuple[str, ...] = ()
    extra_closed: tuple[str, ...] = ()
    weekend: tuple[int, ...] = (5, 6)
    roll: tuple[str, ...] = ()
    roll_confidence: str = ""
    roll_source: str = ""
    extra_roll_days: tuple[str, ...] = ()
    month_rule: str = ""
    receipt: str = ""
    receipt_shift_business_days: int = 0
    special: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()

    def rule(self, clock_id: str) -> ClockRule:
        """The clock of this id. Raises ``KeyError``."""
        for each in self.clocks:
            if each.id == clock_id:
                return each
        raise KeyError(clock_id)

    @property
    def verified(self) -> bool:
        """Whether the figure of the clock that is shown first was seen in a source."""
        return self.rule(self.headline).verified


def law_from(read: Mapping[str, Any]) -> Law:
    """A law of what its file says. Raises ``ValueError`` where the file is not as it must be."""
    known = {each.name for each in fields(Law)} - {"clocks"} | {"clock", "schema_version"}
    _refuse_unknown(read, known, str(read.get("id", "?")))
    values = {key: _frozen(value) for key, value in read.items() if key in known}
    values.pop("schema_version", None)
    clocks = tuple(_rule_from(each, str(read.get("id", "?"))) for each in values.pop("clock", ()))
    try:
        return Law(clocks=clocks, **values)
    except TypeError as error:
        raise ValueError(f"{read.get('id', '?')}: {error}") from error


def _rule_from(read: Mapping[str, Any], law: str) -> ClockRule:
    where = f"{law}.{read.get('id', '?')}"
    _refuse_unknown(read, {each.name for each in fields(ClockRule)}, where)
    values = {key: _frozen(value) for key, value in read.items()}
    try:
        values["kind"] = ClockKind(values["kind"])
        values["unit"] = Unit(values["unit"])
        starts = values.get("starts_from", ())
        values["starts_from"] = (starts,) if isinstance(starts, str) else starts
        if "counts_from_letter" in values:
            values["counts_from_letter"] = LetterDate(values["counts_from_letter"])
        values["stop_rules"] = tuple(StopRule(**each) for each in values.get("stop_rules", ()))
        return ClockRule(**values)
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{where}: {error}") from error


def _refuse_unknown(read: Mapping[str, Any], known: set[str], where: str) -> None:
    if unknown := sorted(set(read) - known):
        raise ValueError(f"{where}: unknown field {unknown[0]}")


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
