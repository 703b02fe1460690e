"""What was being written when the reader was closed or locked, as plain values that the case keeps
in its sealed store, and back. Whatever does not read as such a value is passed over."""

from __future__ import annotations

from collections.abc import Mapping

from casefile.domain.geometry import Quad
from casefile.domain.people import Terms
from casefile.ui.reader.quote_form import Capture, QuoteWish


def quote_as_dict(wish: QuoteWish) -> dict[str, object]:
    """A quote that was not saved yet."""
    capture = wish.capture
    return {
        "form": "quote",
        "page": capture.page,
        "text": capture.text,
        "quads": [list(quad.numbers()) for quad in capture.quads],
        "prefix": capture.prefix,
        "suffix": capture.suffix,
        "where": capture.where,
        "annotation": capture.annotation_id,
        "source": wish.source_id,
        "terms": wish.terms.value,
        "note": wish.note,
        "edited": wish.edited,
        "region": capture.is_region,
    }


def quote_from_dict(stored: Mapping[str, object], pages: int) -> QuoteWish | None:
    """The quote that ``quote_as_dict`` described."""
    page, quads, source = stored.get("page"), stored.get("quads"), stored.get("source")
    words = {name: stored.get(name) for name in ("text", "prefix", "suffix", "where", "note")}
    annotation = stored.get("annotation")
    if not isinstance(page, int) or not 1 <= page <= pages or not isinstance(quads, list):
        return None
    if not all(isinstance(word, str) for word in (*words.values(), annotation)):
        return None
    try:
        places = tuple(Quad.of(numbers) for numbers in quads)
        terms = Terms(str(stored.get("terms")))
    except (TypeError, ValueError):
        return None
    text, prefix, suffix, where, note = (str(word) for word in words.values())
    is_region, edited = stored.get("region") is True, stored.get("edited")
    capture = Capture(page, text, places, prefix, suffix, where, str(annotation), is_region)
    kept = edited if isinstance(edited, str) else ""
    return QuoteWish(capture, source if isinstance(source, str) else None, terms, note, kept)
