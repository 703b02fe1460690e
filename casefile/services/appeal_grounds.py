"""The withholding index as the part of an appeal that names what was kept back, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from casefile.domain.annotations import Extent
from casefile.services.exemptions import Code
from casefile.services.withholding import Entry

#: Under this name stands what was kept back without any code.
NO_CODE = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """What was kept back under one code (or under none: ``NO_CODE``). ``pages`` counts whole pages
    withheld or never delivered, as far as known; ``uncounted`` tells that there are more."""

    code: str
    known: Code | None
    entries: tuple[Entry, ...] = field(repr=False)
    areas: int
    pages: int
    answers: int
    uncounted: bool


def grounds(entries: Sequence[Entry]) -> list[Ground]:
    """The index by code, in the order in which codes first come up; what cites several codes
    stands under each, what cites none comes last."""
    by_code: dict[str, list[Entry]] = {}
    known: dict[str, Code | None] = {}
    for entry in entries:
        for code, about in entry.codes:
            by_code.setdefault(code, []).append(entry)
            known.setdefault(code, about)
    uncoded = [entry for entry in entries if not entry.codes]
    if uncoded:
        by_code[NO_CODE] = uncoded
    return [
        Ground(
            code,
            known.get(code),
            tuple(found),
            sum(entry.mark.extent in (Extent.AREA, None) for entry in found),
            sum(entry.pages or 0 for entry in found),
            sum(entry.mark.extent is Extent.ANSWER for entry in found),
            any(entry.pages is None for entry in found),
        )
        for code, found in by_code.items()
    ]


def draft(entries: Sequence[Entry]) -> str:
    """The grounds as plain text for the draft of an appeal: one paragraph a code, one line a
    place. Empty where nothing was kept back."""
    return "\n\n".join(
        "\n".join([_heading(ground), *(f"- {_place(entry)}" for entry in ground.entries)])
        for ground in grounds(entries)
    )


def summary(ground: Ground) -> str:
    """``2 areas, 13 pages``."""
    parts = [
        _counted(ground.areas, "area"),
        _counted(ground.pages, "page"),
        "pages not counted" if ground.uncounted else "",
        _counted(ground.answers, "whole answer"),
    ]
    return ", ".join(part for part in parts if part)


def place(entry: Entry) -> str:
    """``p. 12 (EPA-000012)``, or for a range ``after p. 12: EPA-000013 to EPA-000019``."""
    mark = entry.mark
    label = entry.page_label
    page = f"p. {mark.page}" + (f" ({label})" if label and label != str(mark.page) else "")
    if mark.extent is Extent.PAGE:
        return f"{page}, the whole page"
    if mark.extent is Extent.ANSWER:
        return f"{page}, the whole answer"
    if mark.extent is Extent.RANGE:
        numbers = " to ".join(each for each in (mark.missing_first, mark.missing_last) if each)
        count = _counted(mark.missing_count or 0, "page") or "pages"
        told = f" ({numbers})" if numbers else ""
        return f"after {page}, {count} never delivered{told}"
    return page


def _heading(ground: Ground) -> str:
    if ground.code == NO_CODE:
        return f"Withheld without a stated exemption: {summary(ground)}."
    about = f" ({ground.known.description.rstrip('.')})" if ground.known else ""
    return f"Withheld under {ground.code}{about}: {summary(ground)}."


def _place(entry: Entry) -> str:
    where = f"{entry.document_title}, {place(entry)}"
    return f"{where}: {entry.mark.comment}" if entry.mark.comment else where


def _counted(count: int, what: str) -> str:
    if not count:
        return ""
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"
