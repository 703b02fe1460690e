"""Opens the one document of this process with MuPDF, and tells what it is."""

from __future__ import annotations

import math
from typing import Any

import pymupdf
from pymupdf import mupdf

from casefile.pdf import kinds
from casefile.pdf.worker.labels import PageLabels
from casefile.pdf.worker.refusals import Refused, refusing
from casefile.pdf.worker.weighing import too_long

#: More pages than this are taken for a lie in the page tree.
MAX_PAGES = 200_000
MAX_OUTLINE_ITEMS = 5_000
MAX_OUTLINE_DEPTH = 32
MAX_TITLE = 500
#: What MuPDF calls our formats, where the names differ.
_TYPES = {"jpeg": "jpg", "html": "html", "jpx": "jp2"}

#: The pinned layout of everything that flows: US Letter, 11 points. Changing one of these changes
#: ENGINE and never touches renditions that exist.
LAYOUT_WIDTH, LAYOUT_HEIGHT, LAYOUT_FONT_SIZE = 612, 792, 11

ENGINE = f"1 mupdf {pymupdf.mupdf_version} letter 11pt"


def quieten() -> None:
    """No messages on any stream, no ICC profiles parsed, smaller caches than MuPDF's own."""
    pymupdf.TOOLS.mupdf_display_errors(on=False)
    pymupdf.TOOLS.mupdf_display_warnings(on=False)
    mupdf.fz_disable_icc()


class OpenDocument:
    """The bytes, the MuPDF document over them, and what is worth keeping between requests.

    Mail and plain text have no MuPDF document before their rendition: ``pages`` is 0 then."""

    def __init__(self, data: memoryview, kind: str, password: str | None) -> None:
        if not data:
            raise Refused("document.empty")
        self.data = data
        self.kind = kind
        self.locked = False
        self.pages = 0
        self._pymupdf: pymupdf.Document | None = None
        self._labels: PageLabels | None = None
        self._weighed: dict[int, bool] = {}
        if kind not in kinds.MAIL and kind != "txt":
            self._open(password)

    def _open(self, password: str | None) -> None:
        if self.kind not in kinds.RENDERED and self.kind not in kinds.SHOWN_AS_IT_IS:
            raise Refused("document.unsupported", format=self.kind)
        with refusing("document.damaged_pdf"):
            document = open_bytes(self.data, self.kind)
        if document.needs_pass and not (password is not None and document.authenticate(password)):
            if password is not None:
                raise Refused("document.wrong_password")
            self.locked = True
            return
        self._pymupdf = document
        self.pages = self._count()

    def _count(self) -> int:
        with refusing("document.damaged_pdf"):
            pages = int(self.pymupdf.page_count)
        if not 0 < pages <= MAX_PAGES:
            raise Refused("document.damaged_pdf")
        return pages

    @property
    def pymupdf(self) -> pymupdf.Document:
        if self._pymupdf is None:
            raise Refused("document.needs_password" if self.locked else "document.unsupported")
        return self._pymupdf

    def page(self, number: int) -> Any:
        """MuPDF's page, counted from 1. Raises ``Refused`` when it is not there, broken, or longer
        than any real page."""
        document = self.pymupdf
        if not 1 <= number <= self.pages:
            raise Refused("page.absent", page=number)
        with refusing("page.undrawable", reason="damaged", page=number):
            page = mupdf.fz_load_page(document.this, number - 1)
            if self.kind == "pdf" and number not in self._weighed:
                self._weighed[number] = too_long(mupdf.pdf_page_from_fz_page(page))
        if self._weighed.get(number):
            raise Refused("page.undrawable", reason="size", page=number)
        return page

    def label(self, number: int) -> str:
        if self._labels is None:
            self._labels = PageLabels(self.pymupdf)
        return self._labels.of(number)

    def facts(self) -> dict[str, Any]:
        shown = not self.locked and self._pymupdf is not None
        return {
            "pages": self.pages,
            "needs_password": self.locked,
            "title": self._title() if shown else "",
            "is_pdf": self.kind in kinds.SHOWN_AS_IT_IS,
            "format": self.kind,
        }

    def _title(self) -> str:
        try:
            return one_line(mupdf.fz_lookup_metadata2(self.pymupdf.this, "info:Title") or "")
        except Exception:  # noqa: BLE001 - it is not there, or broken
            return ""

    def outline(self) -> list[list[Any]]:
        """Level, title, page and height on it (in its shown space) of every bookmark, depth first,
        as many as are reasonable."""
        items: list[list[Any]] = []
        try:
            node = mupdf.fz_load_outline(self.pymupdf.this)
        except Exception:  # noqa: BLE001 - a broken outline is no outline
            return items
        ancestors: list[Any] = []
        while len(items) < MAX_OUTLINE_ITEMS:
            if not node.m_internal:
                if not ancestors:
                    break
                node = ancestors.pop().next()
                continue
            page = node.m_internal.page.page + 1
            title = one_line(node.m_internal.title or "")
            inside = 1 <= page <= self.pages and not _leads_out(node)
            y = node.m_internal.y if inside and math.isfinite(node.m_internal.y) else None
            items.append([len(ancestors) + 1, title, page if inside else None, y])
            below = node.down()
            if below.m_internal and len(ancestors) < MAX_OUTLINE_DEPTH:
                ancestors.append(node)
                node = below
            else:
                node = node.next()
        return items


def _leads_out(node: Any) -> bool:
    """A bookmark that opens a web page, another file or a program."""
    target = node.m_internal.uri
    return bool(target) and bool(mupdf.fz_is_external_link(target))


class _Document(pymupdf.Document):
    """PyMuPDF's own, which reads outline and metadata before anybody wants them."""

    def init_doc(self) -> None:
        """Nothing more to do: those are read when they are asked for."""


def open_bytes(data: bytes | memoryview, kind: str) -> pymupdf.Document:
    """A MuPDF document over ``data``: no archive beside it, so nothing outside it is ever read."""
    return _Document(  # type: ignore[no-untyped-call]
        stream=data,
        filetype=_TYPES.get(kind, kind),
        width=LAYOUT_WIDTH,
        height=LAYOUT_HEIGHT,
        fontsize=LAYOUT_FONT_SIZE,
    )


def printable(text: str) -> str:
    """Text on one line, without what cannot be printed."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def one_line(text: str) -> str:
    """Printable text of bounded length on one line."""
    return printable(text[: MAX_TITLE * 4])[:MAX_TITLE]
