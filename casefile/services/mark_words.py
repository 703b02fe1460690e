"""Marks in words, the same on the screen and in what leaves."""

from __future__ import annotations

from casefile.domain.annotations import Annotation, Extent


def withheld_label(mark: Annotation) -> str:
    """What stands on a withholding on the page: ``(b)(5)``, ``Page withheld · (b)(5)``,
    ``12 pages not delivered · ICE-17–ICE-28 · (b)(5)``."""
    codes = ", ".join(mark.codes)
    if mark.extent is Extent.RANGE:
        count = mark.missing_count
        pages = "Pages" if count is None else "1 page" if count == 1 else f"{count:,} pages"
        ends = [end for end in (mark.missing_first, mark.missing_last) if end]
        return " · ".join(
            part for part in (f"{pages} not delivered", "–".join(ends), codes) if part
        )
    if mark.extent is Extent.PAGE:
        return " · ".join(part for part in ("Page withheld", codes) if part)
    if mark.extent is Extent.ANSWER:
        return " · ".join(part for part in ("Answer withheld", codes) if part)
    return codes or "Withheld"
