"""The links of a page, told and never followed: where in the document they lead, or the address of
what lies outside."""

from __future__ import annotations

import math
from typing import Any

from pymupdf import mupdf

from casefile.pdf.worker.opening import OpenDocument, printable

#: More links than this on one page are not told.
MAX_LINKS = 2_000
MAX_ADDRESS = 2_000


def of_page(document: OpenDocument, number: int) -> list[dict[str, Any]]:
    """The box of each link in the page's shown space, and ``page``, ``x`` and ``y`` (either may be
    missing) in the space of that page, or ``address``."""
    page = document.page(number)
    found: list[dict[str, Any]] = []
    link = mupdf.fz_load_links(page)
    while link.m_internal and len(found) < MAX_LINKS:
        rect = link.m_internal.rect
        box = [rect.x0, rect.y0, rect.x1, rect.y1]
        leads = _leads(document, link.m_internal.uri or "")
        if leads and all(map(math.isfinite, box)) and box[0] < box[2] and box[1] < box[3]:
            found.append({"box": box, **leads})
        link = link.next()
    return found


def _leads(document: OpenDocument, uri: str) -> dict[str, Any]:
    """Where a link leads; nothing if nowhere."""
    if mupdf.fz_is_external_link(uri):
        address = printable(uri)[:MAX_ADDRESS]
        return {"address": address} if address else {}
    place = mupdf.ll_fz_resolve_link_dest(document.pymupdf.this.m_internal, uri)
    page = mupdf.fz_page_number_from_location(document.pymupdf.this, mupdf.FzLocation(place.loc))
    if not 0 <= page < document.pages:
        return {}
    point = {name: at for name, at in (("x", place.x), ("y", place.y)) if math.isfinite(at)}
    return {"page": page + 1, **point}
