"""Draws words on a printer, page by page. Runs on a job's thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QPainter, QTextLayout, QTextLine
from PySide6.QtPrintSupport import QPrinter

from casefile.domain.errors import UserError
from casefile.services.leaving import printing
from casefile.services.leaving.printing import PrintedWords
from casefile.ui.printing.printers import draw

if TYPE_CHECKING:
    from casefile.services.case import Case

Report = Callable[[int, int, str], None]
#: In points; margins beside those of the printer, in 1/72 inch.
_SIZE, _MARGIN = 11, 36


def print_words(
    case: Case, wish: PrintedWords, open_printer: Callable[[], QPrinter], report: Report
) -> None:
    """Print ``wish``; ``report`` is called before each page and may raise ``Cancelled``: then
    nothing comes out. The custody log has the entry before the printer has the words. Raises
    ``UserError``: ``print.printer_failed``."""

    def work(printer: QPrinter, painter: QPainter) -> None:
        _draw(wish.text, printer, painter, report)
        printing.hand_over_words(case, wish)

    draw(open_printer, work)


def _draw(text: str, printer: QPrinter, painter: QPainter, report: Report) -> None:
    """Line by line with ``QTextLayout``: a ``QTextDocument`` lays out with timers, which a job's
    thread has none of."""
    room = printer.pageRect(QPrinter.Unit.DevicePixel)
    margin = _MARGIN * printer.resolution() / 72
    width, bottom = room.width() - 2 * margin, room.height() - margin
    font = QFont("serif", _SIZE)
    page, top = 1, margin
    report(0, 1, "p. 1")
    for paragraph in text.split("\n"):
        layout = QTextLayout(paragraph, font, printer)
        for line in _lines(layout, width):
            if top + line.height() > bottom:
                if not printer.newPage():
                    raise UserError("print.printer_failed")
                page, top = page + 1, margin
                report(page - 1, page, f"p. {page}")
            line.draw(painter, QPointF(margin, top))
            top += line.height()


def _lines(layout: QTextLayout, width: float) -> list[QTextLine]:
    """The lines of a paragraph, each at the height 0."""
    found: list[QTextLine] = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, 0))
        found.append(line)
    layout.endLayout()
    return found
