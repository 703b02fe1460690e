"""What the PDF layer hands out: plain values, free of Qt and of MuPDF.

Positions are in the one space of ``casefile.domain.geometry``; pages count from 1.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from casefile.domain.annotations import Stroke
from casefile.domain.documents import PageState
from casefile.domain.errors import UserError
from casefile.domain.geometry import Box, Quad
from casefile.domain.recognised import mean_confidence


@dataclass(frozen=True, slots=True)
class PlainFile:
    """An unencrypted file outside any case (``casefile inspect``, tests)."""

    path: Path


class WorkerFailed(UserError):
    """The worker process gave up: ``reason`` is ``timeout``, ``memory``, ``crash`` or ``protocol``.

    The session stays usable: its next request starts a fresh process.
    """

    def __init__(self, reason: str, page: int | None = None) -> None:
        super().__init__("page.undrawable", reason=reason, page=page)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """A bookmark; ``level`` counts from 1; ``page`` is None where it leads nowhere in here; ``y``
    is how far down the page it leads, if it says."""

    level: int
    title: str
    page: int | None
    y: float | None = None


@dataclass(frozen=True, slots=True)
class OpenedFacts:
    """What opening a document tells. With ``needs_password`` everything else is empty.

    ``format`` is one of ``casefile.pdf.kinds``; ``is_pdf`` says that pages can be shown as they
    are (anything else wants its rendition first)."""

    pages: int
    needs_password: bool
    title: str
    is_pdf: bool
    format: str


@dataclass(frozen=True, slots=True)
class PageFacts:
    """``width`` and ``height`` are as shown; ``rotation`` is the page's own /Rotate (0, 90, 180,
    270), already applied to the sizes."""

    number: int
    label: str
    width: float
    height: float
    rotation: int
    has_file_annotations: bool


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line in reading order, one quad for each character of ``text``; ``block`` numbers the
    paragraph or column piece it belongs to. Words that OCR read have a confidence each, from 0 to
    100; others have none."""

    text: str
    quads: tuple[Quad, ...] = field(repr=False)
    block: int
    confidences: tuple[int, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class PageText:
    """The words of a page with their places."""

    lines: tuple[TextLine, ...]

    @property
    def text(self) -> str:
        """The lines joined by newlines: the same text that import stores for the page."""
        return "\n".join(line.text for line in self.lines)

    @property
    def confidence(self) -> float | None:
        """How sure OCR was, from 0 to 100, the mean over all characters; None for text that was
        not read from a picture."""
        return mean_confidence((line.text, line.confidences) for line in self.lines)


@dataclass(frozen=True, slots=True)
class ExtractedPage:
    """A page as import stores it. ``state`` is ``UNDRAWABLE`` where the worker gave up on it; then
    the sizes are those of an A4 sheet and the text is empty."""

    facts: PageFacts
    text: str
    state: PageState


@dataclass(frozen=True, slots=True)
class Pixels:
    """RGB888, or grey with one byte a pixel where ``channels`` is 1; ``stride`` bytes a row, top
    row first."""

    width: int
    height: int
    stride: int
    data: bytes | bytearray = field(repr=False)
    channels: int = 3


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link in the document, over ``box`` of its page: to ``page``, there to the point ``(x, y)``
    as far as one is told; or, with ``page`` None, to ``address`` outside (text, never followed)."""

    box: Box
    page: int | None
    x: float | None = None
    y: float | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class FileMark:
    """An annotation that was already in the file; ``kind`` is PDF's own name (such as Highlight),
    ``colour`` is ``#RRGGBB`` or empty, ``date`` (of its last change) ISO 8601 or empty. ``strokes``
    are those of Ink, or the points of a Line, PolyLine or Polygon, in the page's shown space."""

    kind: str
    page: int
    quads: tuple[Quad, ...]
    colour: str
    text: str
    author: str
    date: str = ""
    strokes: tuple[Stroke, ...] = ()

    @property
    def key(self) -> str:
        """What tells this mark from others in its file, the same whenever the file is read: a hash
        of kind, page, place (to a tenth of a point) and text. Two marks alike in all of them have
        the same key."""
        points = [round(10 * number) for quad in self.quads for number in quad.numbers()]
        points += [round(10 * number) for line in self.strokes for at in line for number in at]
        told = json.dumps([self.kind, self.page, points, self.text], separators=(",", ":"))
        return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class MarkToWrite:
    """A mark to write into a copy. ``kind`` is one of

    - ``highlight``, ``underline``, ``strikeout``: over the words of ``quads``;
    - ``box``, ``region`` (dashed), ``withholding``: a frame around all of ``quads``, or around the
      page where there are none, with ``label`` on it;
    - ``note``, ``gap``: an icon at the first quad's corner; without one at the head of the page,
      or (``gap``) at its foot;
    - ``ink``: ``strokes``;
    - ``redaction``: what stands in ``quads``, or on the page where there are none, is taken out;
    - ``bookmark``: an entry of the outline with ``comment`` as its title.

    ``colour`` is ``#RRGGBB``; ``date`` is ISO 8601 or empty; ``subject`` stands beside the comment
    in other programs' lists. ``adopted`` is the key of the file's own mark that this one stands for
    and replaces in the copy."""

    page: int
    kind: str
    colour: str
    quads: Sequence[Quad]
    comment: str = ""
    author: str = ""
    date: str = ""
    strokes: Sequence[Stroke] = ()
    label: str = ""
    subject: str = ""
    adopted: str = ""


@dataclass(frozen=True, slots=True)
class MailPart:
    """An attachment, or a message of a mailbox; ``length`` counts its decoded bytes."""

    name: str
    media_type: str
    length: int


@dataclass(frozen=True, slots=True)
class MailFacts:
    """``headers`` holds From, To, Cc, Subject, Date as far as they are there, decoded."""

    headers: dict[str, str]
    attachments: tuple[MailPart, ...]


@dataclass(frozen=True, slots=True)
class Protection:
    """One wall around the worker; ``note`` says why it is off or what it does not cover."""

    name: str
    on: bool
    note: str = ""
