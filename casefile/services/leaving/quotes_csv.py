"""The quotes of a bundle as a table for a spreadsheet (RFC 4180, UTF-8)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from casefile.domain.geometry import bounds
from casefile.domain.quotes import Quote
from casefile.services.leaving.contents import BundleQuote

COLUMNS = (
    "quote",
    "text",
    "speaker",
    "attribution",
    "terms",
    "state",
    "spoken_on",
    "title",
    "page",
    "page_label",
    "file",
    "sha256",
    "captured",
    "picture",
    "box",
)

#: A spreadsheet runs a cell that begins so (OWASP, "CSV injection"); full-width forms count too.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def quotes_csv(quotes: Iterable[BundleQuote]) -> bytes:
    """One line a quote, a header line first. ``text`` is what is quoted, with its marked changes;
    ``captured`` the same word for word; ``picture`` the file of a quoted part of a page, ``box``
    its place (x0,y0,x1,y1 in 1/72 inch from the page's top left)."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for each in quotes:
        quote, document = each.quote, each.document
        writer.writerow(
            harmless(value)
            for value in (
                quote.id,
                quote.words,
                each.speaker,
                each.attribution,
                quote.terms.value,
                quote.state.value,
                quote.spoken_on or "",
                document.title if document else "",
                str(quote.page) if document and quote.page else "",
                document.labels.get(quote.page, "") if document and quote.page else "",
                document.path if document else "",
                document.sha256 if document else "",
                quote.text,
                each.picture,
                _box(quote) if quote.is_region else "",
            )
        )
    return out.getvalue().encode("utf-8")


def _box(quote: Quote) -> str:
    if not quote.quads:
        return ""
    box = bounds(quote.quads)
    return ",".join(f"{number:g}" for number in (box.x0, box.y0, box.x1, box.y1))


def harmless(cell: str) -> str:
    """The cell with an apostrophe before anything a spreadsheet would run as a formula."""
    cell = cell.replace("\0", "")
    return "'" + cell if cell.lstrip(" ").startswith(FORMULA_STARTS) else cell
