"""Where a mark stands, as selectors of the W3C Web Annotation Data Model (2017), so that other
programs can find the place too, and this one in another release of the same record.

The words with what stands around them find a place wherever the text went; the page and a box find
it in the same file without reading it; our quads and sort key say exactly where it is here.
"""

from __future__ import annotations

from typing import Any

from casefile.domain.annotations import Annotation
from casefile.domain.geometry import bounds, sort_key

#: The fragments of PDF that ``FragmentSelector`` means (W3C, section 4.2.1).
PDF_FRAGMENTS = "http://tools.ietf.org/rfc/rfc3778"


def selectors(mark: Annotation) -> list[dict[str, Any]]:
    """The selectors of a mark, as JSON values, the most robust first.

    ``TextQuoteSelector`` where there are words; ``FragmentSelector`` with page and, for a mark with
    a place, its box (``viewrect``: left, top, width, height from the top left of the page as shown,
    in 1/72 inch); ``PageQuadsSelector`` is Casefile's own.
    """
    found: list[dict[str, Any]] = []
    if mark.text:
        found.append({
            "type": "TextQuoteSelector",
            "exact": mark.text,
            "prefix": mark.prefix,
            "suffix": mark.suffix,
        })  # fmt: skip
    found.append({
        "type": "FragmentSelector",
        "conformsTo": PDF_FRAGMENTS,
        "value": f"page={mark.page}{_viewrect(mark)}",
    })  # fmt: skip
    found.append({
        "type": "PageQuadsSelector",
        "page": mark.page,
        "quads": [list(quad.numbers()) for quad in mark.quads],
        "sortKey": sort_key(mark.page, mark.quads),
    })  # fmt: skip
    return found


def _viewrect(mark: Annotation) -> str:
    if not mark.quads:
        return ""
    box = bounds(mark.quads)
    numbers = (box.x0, box.y0, box.width, box.height)
    return "&viewrect=" + ",".join(f"{round(number, 3):g}" for number in numbers)
