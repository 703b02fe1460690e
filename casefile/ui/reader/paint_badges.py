"""How the signs beside a page's lines look: a number for highlights, a letter for other kinds, a
quotation mark for quotes, a ribbon for a bookmark, a strip for pages that were never delivered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPainterPath, QPen

from casefile.domain.annotations import Annotation, AnnotationKind
from casefile.services.mark_words import withheld_label
from casefile.ui import theme
from casefile.ui.reader.badges import LETTERS, badges, is_gap, ribbon
from casefile.ui.reader.marks import NUMBERS

if TYPE_CHECKING:
    from casefile.ui.reader.page_colours import PageColours
    from casefile.ui.reader.painting import PageScene


def paint_badges(painter: QPainter, scene: PageScene, ratio: float) -> None:
    """Draw the badges of a page."""
    for badge in badges(scene.rect, scene.scale, ratio, scene.marks, scene.quotes, scene.turn):
        item, rect = badge.item, badge.rect
        if not isinstance(item, Annotation):
            _quotation_mark(painter, rect, scene.colours, ratio)
        elif item.kind is AnnotationKind.BOOKMARK:
            _ribbon(painter, rect, item, scene.colours, ratio)
        elif is_gap(item):
            _gap(painter, rect, item, scene.colours, ratio)
        elif item.kind in LETTERS:
            _letter(painter, rect, item, scene.colours, ratio)
        else:
            _number(painter, rect, item, scene.colours, ratio)
        if isinstance(item, Annotation) and item.comment:
            _comment_sign(painter, rect, scene.colours, ratio)


def _number(
    painter: QPainter, rect: QRectF, mark: Annotation, colours: PageColours, ratio: float
) -> None:
    """The colour's number; a line below it or through it, as the mark has."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.fill(mark.colour))
    painter.drawRoundedRect(rect, 2 * ratio, 2 * ratio)
    _words(painter, rect, str(NUMBERS.get(mark.colour, 1)), colours.ink)
    if mark.kind in (AnnotationKind.UNDERLINE, AnnotationKind.STRIKEOUT):
        share = 0.9 if mark.kind is AnnotationKind.UNDERLINE else 0.55
        y = rect.top() + share * rect.height()
        painter.setPen(QPen(colours.line(mark.colour), 1.5 * ratio))
        inset = 2 * ratio
        painter.drawLine(QPointF(rect.left() + inset, y), QPointF(rect.right() - inset, y))


def _letter(
    painter: QPainter, rect: QRectF, mark: Annotation, colours: PageColours, ratio: float
) -> None:
    """A letter in a shape of its kind: a square, a dashed one, a hatched one, a disc, and light on
    dark for what an agency kept back."""
    ink = colours.line(mark.colour)
    edge = rect.adjusted(ratio, ratio, -ratio, -ratio)
    pen = QPen(ink, 1.5 * ratio)
    painter.setPen(pen)
    painter.setBrush(colours.paper)
    written = ink
    if mark.kind is AnnotationKind.WITHHOLDING:
        painter.setBrush(ink)
        painter.drawRect(edge)
        written = colours.paper
    elif mark.kind is AnnotationKind.INK:
        painter.drawEllipse(edge)
    elif mark.kind is AnnotationKind.REGION:
        pen.setDashPattern([2.0, 1.5])
        painter.setPen(pen)
        painter.drawRect(edge)
    else:
        painter.drawRect(edge)
        if mark.kind is AnnotationKind.REDACTION:
            hatch = QColor(ink)
            hatch.setAlpha(90)
            painter.fillRect(edge, QBrush(hatch, Qt.BrushStyle.BDiagPattern))
    _words(painter, rect, LETTERS[mark.kind], written)


def _words(painter: QPainter, rect: QRectF, words: str, ink: QColor) -> None:
    font = QFont(theme.current().font())
    font.setPixelSize(max(8, round(rect.height() * 0.68)))
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)


def _gap(
    painter: QPainter, rect: QRectF, mark: Annotation, colours: PageColours, ratio: float
) -> None:
    """A strip across the foot of the page, torn along its upper edge: pages are missing here."""
    ink = colours.line(mark.colour)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.paper)
    painter.drawRect(rect)
    pen = QPen(ink, 1.5 * ratio)
    pen.setDashPattern([3.0, 2.0])
    painter.setPen(pen)
    painter.drawRect(rect.adjusted(ratio, ratio, -ratio, -ratio))
    _words(painter, rect, withheld_label(mark), ink)


def _ribbon(
    painter: QPainter, rect: QRectF, mark: Annotation, colours: PageColours, ratio: float
) -> None:
    painter.setPen(QPen(colours.line(mark.colour), 1.2 * ratio))
    painter.setBrush(colours.fill(mark.colour))
    painter.drawPolygon(ribbon(rect))


def _quotation_mark(painter: QPainter, badge: QRectF, colours: PageColours, ratio: float) -> None:
    """A serif opening quotation mark. It hangs at the top of its line, so that it is drawn as a
    shape, to stand in the middle."""
    painter.setPen(QPen(colours.signal, ratio))
    painter.setBrush(colours.paper)
    half = ratio / 2
    painter.drawRoundedRect(badge.adjusted(half, half, -half, -half), 2 * ratio, 2 * ratio)
    font = QFont(theme.current().serif())
    font.setBold(True)
    font.setPixelSize(max(12, round(badge.height() * 1.35)))
    sign = QPainterPath()
    sign.addText(QPointF(), font, "“")
    sign.translate(badge.center() - sign.boundingRect().center())
    painter.fillPath(sign, colours.signal)


def _comment_sign(painter: QPainter, badge: QRectF, colours: PageColours, ratio: float) -> None:
    """A dot on the badge's corner: there is a comment to read."""
    painter.setPen(QPen(colours.paper, 1.5 * ratio))
    painter.setBrush(colours.signal)
    corner = badge.topRight() + QPointF(-1.5 * ratio, 1.5 * ratio)
    painter.drawEllipse(corner, 4 * ratio, 4 * ratio)
