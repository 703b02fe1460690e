"""The quotes of a bundle as a table for a spreadsheet (RFC 4180, UTF-8)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

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
)

#: A spreadsheet runs a cell that begins so (OWASP, "CSV injection"); full-width forms count too.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def quotes_csv(quotes: Iterable[BundleQuote]) -> bytes:
    """One line a quote, a header line first."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for each in quotes:
        quote, document = each.quote, each.document
        writer.writerow(
            harmless(value)
            for value in (
                quote.id,
                quote.text,
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
            )
        )
    return out.getvalue().encode("utf-8")


def harmless(cell: str) -> str:
    """The cell with an apostrophe before anything a spreadsheet would run as a formula."""
    cell = cell.replace("\0", "")
    return "'" + cell if cell.lstrip(" ").startswith(FORMULA_STARTS) else cell
