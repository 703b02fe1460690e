"""Draws pages on a printer, page by page and strip by strip, so that no whole page at the printer's
resolution is ever in memory. Runs on a job's thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtPrintSupport import QPrinter

from casefile.domain.errors import UserError
from casefile.domain.geometry import Box
from casefile.services import reading
from casefile.services.leaving import printing
from casefile.services.leaving.printing import Printing
from casefile.services.reading import PageShape, WorkerFailed
from casefile.ui.printing.printers import draw
from casefile.ui.reader.layout import PixelRect
from casefile.ui.reader.painting import PageScene, paint_scene

if TYPE_CHECKING:
    from casefile.services.case import Case

#: Finer than this (dots per inch) nothing is drawn, however fine the printer is.
FINEST = 300
#: A strip has at most this many pixels.
STRIP = 4_000_000
UNDRAWABLE = "This page could not be drawn."


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page on the paper: ``place`` in dots of the printer, ``scale`` pixels for 1/72 inch,
    ``sideways`` where the paper is turned under it."""

    place: QRectF
    scale: float
    sideways: bool


Report = Callable[[int, int, str], None]


def print_pages(
    case: Case, wish: Printing, open_printer: Callable[[], QPrinter], report: Report
) -> None:
    """Print what ``wish`` says. ``report(done, total, what)`` is called before each page and after
    each strip, and may raise ``Cancelled``: then nothing comes out of the printer (what a print
    service has not got whole it does not print). The custody log has the entry before the printer
    has the pages.

    Raises ``UserError``: ``print.printer_failed``, and as drawing pages does but for single pages
    that cannot be drawn, which come out with a sentence saying so.
    """

    def work(printer: QPrinter, painter: QPainter) -> None:
        _Press(case, wish, printer, painter, report).run()
        printing.hand_over(case, wish)

    draw(open_printer, work)


@dataclass(frozen=True, slots=True)
class _Press:
    """One printing on its way."""

    case: Case
    wish: Printing
    printer: QPrinter
    painter: QPainter
    report: Report

    def run(self) -> None:
        shapes = {s.number: s for s in reading.pages(self.case, self.wish.document_id)}
        for index, page in enumerate(self.wish.pages):
            self.tell(index, shapes[page])
            if index and not self.printer.newPage():
                raise UserError("print.printer_failed")
            self.draw(index, shapes[page])

    def tell(self, index: int, shape: PageShape) -> None:
        self.report(index, len(self.wish.pages), f"p. {shape.label or shape.number}")

    def draw(self, index: int, shape: PageShape) -> None:
        sheet, painter = _sheet(shape, self.printer), self.painter
        painter.save()
        try:
            self.draw_on(sheet, index, shape)
        finally:
            painter.restore()

    def draw_on(self, sheet: _Sheet, index: int, shape: PageShape) -> None:
        painter = self.painter
        if sheet.sideways:
            painter.translate(self.printer.pageRect(QPrinter.Unit.DevicePixel).width(), 0)
            painter.rotate(90)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
        width = max(1, round(shape.width * sheet.scale))
        height = max(1, round(shape.height * sheet.scale))
        rows = max(1, STRIP // width)
        dots = sheet.place.height() / height
        for top in range(0, height, rows):
            strip = PixelRect(0, top, width, min(rows, height - top))
            try:
                image = _strip(self.case, self.wish, shape, strip, sheet.scale, height)
            except WorkerFailed:
                painter.drawText(sheet.place, Qt.AlignmentFlag.AlignCenter, UNDRAWABLE)
                break
            y = sheet.place.y() + top * dots
            target = QRectF(sheet.place.x(), y, sheet.place.width(), strip.height * dots)
            painter.drawImage(target, image, QRectF(image.rect()))
            self.tell(index, shape)


def _sheet(shape: PageShape, printer: QPrinter) -> _Sheet:
    """At its true size where the paper is large enough, else as large as it can be; in the middle
    from side to side, at the top."""
    room = printer.pageRect(QPrinter.Unit.DevicePixel)
    sideways = (shape.width > shape.height) != (room.width() > room.height())
    across, down = (room.height(), room.width()) if sideways else (room.width(), room.height())
    dots = printer.resolution() / 72
    dots = min(dots, across / shape.width, down / shape.height)
    place = QRectF((across - shape.width * dots) / 2, 0, shape.width * dots, shape.height * dots)
    finest = dots * min(1.0, FINEST / printer.resolution())
    return _Sheet(place, finest, sideways)


def _strip(
    case: Case, wish: Printing, shape: PageShape, strip: PixelRect, scale: float, height: int
) -> QImage:
    """A strip of a page with its marks, and black where it is marked for redaction."""
    last = strip.bottom >= height
    foot = shape.height if last else strip.bottom / scale
    clip = Box(0.0, strip.y / scale, shape.width, foot)
    pixels = reading.render(case, wish.document_id, shape.number, scale, clip)
    drawn = QImage(
        pixels.data, pixels.width, pixels.height, pixels.stride, QImage.Format.Format_RGB888
    )
    image = drawn.convertToFormat(QImage.Format.Format_RGB32)
    painter = QPainter(image)
    whole = PixelRect(0, -strip.y, strip.width, height)
    marks = wish.marks.get(shape.number, ())
    paint_scene(painter, PageScene(whole, scale, marks=marks), scale * 72 / 96)
    for box in wish.redacted.get(shape.number, ()):
        place = QRectF(
            box.x0 * scale, box.y0 * scale - strip.y, box.width * scale, box.height * scale
        )
        painter.fillRect(place.toAlignedRect(), QColor(Qt.GlobalColor.black))
    painter.end()
    return image
