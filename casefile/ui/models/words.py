"""How values are put into words on the list screens: dates, terms, states, names.

State is always shape, word and colour together (``parts.CHIPS``): no cell depends on colour.
"""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime

from PySide6.QtCore import QDate, QLocale

from casefile.domain.documents import Document, DocumentState, Provenance
from casefile.domain.people import Source, Terms
from casefile.domain.quotes import QuoteState
from casefile.ui.parts import CHIPS

PROVENANCES: dict[Provenance, str] = {
    Provenance.RELEASED: "Released",
    Provenance.PUBLISHED: "Published",
    Provenance.COURT: "Court record",
    Provenance.OWN: "Own work",
    Provenance.GIVEN: "Given by a source",
}

#: The day that counts while the computer's clock is behind it.
_LATER: dict[str, date] = {}

#: What a kind of thing is called in lists that hold several kinds.
KINDS: dict[str, str] = {
    "document": "Document",
    "page": "Page",
    "annotation": "Mark",
    "quote": "Quote",
    "source": "Source",
    "followup": "Follow-up",
    "request": "Request",
    "request_event": "What happened",
    "letter": "Letter",
    "tag": "Tag",
}


def terms_words(terms: Terms) -> str:
    return CHIPS[terms].word


def state_words(state: QuoteState) -> str:
    return CHIPS[state].word


def spoken_source(source: Source) -> str:
    return f"{source.label}, confidential" if source.confidential else source.label


def came_from(document: Document, source_label: str = "", request_label: str = "") -> str:
    """How a document came, in words: ``Released · EPA R9 #2291``."""
    word = PROVENANCES[document.provenance]
    where = request_label or source_label
    if not where:
        return word
    return f"{word} · {where}" if document.provenance != Provenance.GIVEN else f"Given by {where}"


def document_note(document: Document) -> str:
    """What the reporter has to know about a document's text, or nothing."""
    if document.state == DocumentState.KEPT:
        return "kept, not readable yet"
    if document.pages_awaiting_ocr:
        return f"{counted(document.pages_awaiting_ocr, 'page')} awaiting OCR"
    return ""


def visible(text: str) -> str:
    """Control characters shown instead of obeyed: a name must not be able to rearrange a line."""
    return "".join(_shown(sign) for sign in text)


def _shown(sign: str) -> str:
    if sign < " ":
        return chr(0x2400 + ord(sign))
    if unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp") and sign not in "\u200c\u200d\u00ad":
        return f"‹U+{ord(sign):04X}›"
    return sign


def isolate(text: str) -> str:
    """A name or quote inside a sentence: its direction must not turn what stands around it."""
    return f"\u2068{text}\u2069"


def one_line(text: str, limit: int = 400) -> str:
    """Words as one line of a list."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def in_quotes(text: str, limit: int = 400) -> str:
    return f"“{one_line(text, limit)}”"


def counted(number: int, word: str, many: str | None = None) -> str:
    """``1 page``, ``1,204 pages``."""
    noun = word if number == 1 else (many or f"{word}s")
    return f"{QLocale().toString(number)} {noun}"


def computers_day() -> date:
    """The day that the computer's clock has, where the reporter is."""
    now = QDate.currentDate()
    return date(now.year(), now.month(), now.day())


def today() -> date:
    """The day from which dates are counted: the computer's, or a later one (``count_from``)."""
    return max(computers_day(), _LATER.get("day", date.min))


def count_from(day: date | None) -> None:
    """Count from ``day``, though the computer's clock was set back behind it; None: no longer."""
    _LATER.clear()
    if day is not None:
        _LATER["day"] = day


def day(iso: str | None, now: date | None = None) -> str:
    """An ISO date or time as ``Mon 16 Nov``, with the year where it is another one."""
    when = as_date(iso)
    if when is None:
        return ""
    pattern = "ddd d MMM" if when.year == (now or today()).year else "ddd d MMM yyyy"
    return QLocale().toString(QDate(when.year, when.month, when.day), pattern)


def short_day(iso: str | None, now: date | None = None) -> str:
    """``16 Nov``, for narrow columns."""
    when = as_date(iso)
    if when is None:
        return ""
    pattern = "d MMM" if when.year == (now or today()).year else "d MMM yyyy"
    return QLocale().toString(QDate(when.year, when.month, when.day), pattern)


def long_day(iso: str | None) -> str:
    """``Monday 16 November 2026``, for tooltips and screen readers."""
    when = as_date(iso)
    if when is None:
        return ""
    return QLocale().toString(QDate(when.year, when.month, when.day), "dddd d MMMM yyyy")


def due_words(iso: str | None, now: date | None = None) -> str:
    """Relative and absolute: ``in 4 days · Mon 16 Nov``."""
    when = as_date(iso)
    if when is None:
        return ""
    start = now or today()
    return f"{_distance((when - start).days)} · {day(iso, start)}"


def _distance(days: int) -> str:
    if days == 0:
        return "today"
    if days == 1:
        return "tomorrow"
    if days == -1:
        return "1 day late"
    return f"{-days} days late" if days < 0 else f"in {days} days"


def as_date(iso: str | None) -> date | None:
    """The reporter's day of an ISO date, or of an ISO time in UTC."""
    if not iso:
        return None
    try:
        if len(iso) <= 10:
            return date.fromisoformat(iso)
        moment = datetime.fromisoformat(iso)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.astimezone().date()


def size_words(size: int) -> str:
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)
