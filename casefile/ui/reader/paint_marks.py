"""How marks look on a page: every kind has a shape of its own, so that colour alone tells nothing.

Nothing here hides what stands on the page. Everything in device pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from casefile.domain.annotations import Annotation, AnnotationKind, Extent
from casefile.domain.quotes import Quote
from casefile.services.mark_words import withheld_label
from casefile.ui import theme
from casefile.ui.reader.badges import page_frame

if TYPE_CHECKING:
    from casefile.ui.reader.painting import PageScene

#: The width of a pen stroke and of the lines of frames, in points.
PEN, FRAME = 1.8, 1.6


def paint_fills(painter: QPainter, scene: PageScene) -> None:
    """Highlights; the painter mixes them with the page."""
    painter.setPen(Qt.PenStyle.NoPen)
    for mark in scene.marks:
        if mark.kind is AnnotationKind.HIGHLIGHT:
            painter.setBrush(scene.colours.fill(mark.colour))
            for quad in mark.quads:
                painter.drawPolygon(scene.polygon(quad))


def paint_mark(painter: QPainter, scene: PageScene, mark: Annotation, ratio: float) -> None:
    """Everything of a mark that is not a fill."""
    ink = scene.colours.line(mark.colour)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    kinds = AnnotationKind
    if mark.kind in (kinds.UNDERLINE, kinds.STRIKEOUT):
        _line(painter, scene, mark, ink, ratio)
    elif mark.kind is kinds.BOX:
        _frame(painter, scene, mark, _pen(scene, ink, ratio))
    elif mark.kind is kinds.REGION:
        pen = _pen(scene, ink, ratio)
        pen.setDashPattern([4.0, 2.5])
        _frame(painter, scene, mark, pen)
    elif mark.kind is kinds.NOTE:
        _note(painter, scene, mark, ink, ratio)
    elif mark.kind is kinds.INK:
        paint_strokes(painter, scene, mark.strokes, ink, ratio)
    elif mark.kind is kinds.REDACTION:
        _redaction(painter, scene, mark, ink, ratio)
    elif mark.kind is kinds.WITHHOLDING:
        _withholding(painter, scene, mark, ink, ratio)


def paint_quoted_region(painter: QPainter, scene: PageScene, quote: Quote, ratio: float) -> None:
    """The part of a page that was quoted as a picture: a dotted frame."""
    pen = _pen(scene, scene.colours.signal, ratio)
    pen.setStyle(Qt.PenStyle.DotLine)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for quad in quote.quads:
        painter.drawPolygon(scene.polygon(quad))


def paint_strokes(
    painter: QPainter,
    scene: PageScene,
    strokes: Sequence[Sequence[tuple[float, float]]],
    ink: QColor,
    ratio: float,
) -> None:
    """Strokes of a pen, round at their ends."""
    pen = QPen(ink, max(PEN * scene.scale, ratio))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for stroke in strokes:
        painter.drawPath(_smooth([scene.point(x, y) for x, y in stroke]))


def _smooth(points: Sequence[QPointF]) -> QPainterPath:
    """A curve through the middles between points, bent towards each of them; a single point is a
    dot."""
    if not points:
        return QPainterPath()
    path = QPainterPath(points[0])
    if len(points) == 1:
        path.lineTo(points[0] + QPointF(0.01, 0))
        return path
    for bend, point in pairwise(points[1:]):
        path.quadTo(bend, (bend + point) / 2)
    path.lineTo(points[-1])
    return path


def _pen(scene: PageScene, ink: QColor, ratio: float) -> QPen:
    pen = QPen(ink, max(FRAME * scene.scale, ratio))
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    return pen


def _frame(painter: QPainter, scene: PageScene, mark: Annotation, pen: QPen) -> None:
    painter.setPen(pen)
    for quad in mark.quads:
        painter.drawPolygon(scene.polygon(quad))


def _line(painter: QPainter, scene: PageScene, mark: Annotation, ink: QColor, ratio: float) -> None:
    painter.setPen(QPen(ink, max(1.4 * scene.scale, ratio)))
    share = 0.94 if mark.kind is AnnotationKind.UNDERLINE else 0.56
    for quad in mark.quads:
        left = _between(scene, quad.ul_x, quad.ul_y, quad.ll_x, quad.ll_y, share)
        right = _between(scene, quad.ur_x, quad.ur_y, quad.lr_x, quad.lr_y, share)
        painter.drawLine(left, right)


def _between(scene: PageScene, xa: float, ya: float, xb: float, yb: float, share: float) -> QPointF:
    return scene.point(xa + (xb - xa) * share, ya + (yb - ya) * share)


def _note(painter: QPainter, scene: PageScene, mark: Annotation, ink: QColor, ratio: float) -> None:
    """A small sheet with lines, in the mark's colour."""
    for quad in mark.quads[:1]:
        rect = scene.bounds(quad)
        unit = rect.width() / 18
        painter.setPen(QPen(ink, max(1.2 * unit, ratio)))
        painter.setBrush(scene.colours.fill(mark.colour))
        painter.drawRoundedRect(rect.adjusted(unit, unit, -unit, -unit), 2 * unit, 2 * unit)
        for height in (6, 9, 12):
            y = rect.y() + height * unit
            end = 13.5 if height < 12 else 10
            painter.drawLine(QPointF(rect.x() + 4.5 * unit, y), QPointF(rect.x() + end * unit, y))


def _redaction(
    painter: QPainter, scene: PageScene, mark: Annotation, ink: QColor, ratio: float
) -> None:
    """A hatched frame: what will be gone in what leaves the case stays to be read here."""
    hatch = QColor(ink)
    hatch.setAlpha(110)
    brush = QBrush(hatch, Qt.BrushStyle.BDiagPattern)
    painter.setPen(_pen(scene, ink, ratio))
    painter.setBrush(brush)
    for quad in mark.quads:
        painter.drawPolygon(scene.polygon(quad))
    if mark.quads:
        _label(painter, scene, scene.bounds(mark.quads[0]), "Redact", mark.colour, ratio)


def _withholding(
    painter: QPainter, scene: PageScene, mark: Annotation, ink: QColor, ratio: float
) -> None:
    """A frame with the codes in its corner, or above it where it is small; around the page where
    all of it was kept back. What was never delivered has no place to frame: its badge says so at
    the foot of the page."""
    if mark.extent is Extent.RANGE:
        return
    pen = _pen(scene, ink, ratio)
    words = withheld_label(mark)
    if not mark.quads or mark.extent not in (None, Extent.AREA):
        place = page_frame(scene.rect, ratio)
        painter.setPen(pen)
        painter.drawRect(place)
        size = _label_size(_label_font(scene, ratio), words)
        place.setLeft(place.center().x() - size.width() / 2)  # clear of the badges
        _label(painter, scene, place, words, mark.colour, ratio)
        return
    pen.setWidthF(pen.widthF() * 1.5)
    _frame(painter, scene, mark, pen)
    place = scene.bounds(mark.quads[0])
    size = _label_size(_label_font(scene, ratio), words)
    if size.width() <= place.width() and 2 * size.height() <= place.height():
        tab = QRectF(place.bottomRight() - QPointF(size.width(), size.height()), size)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawRect(tab)
        painter.setFont(_label_font(scene, ratio))
        painter.setPen(scene.colours.paper)
        painter.drawText(tab, Qt.AlignmentFlag.AlignCenter, words)
    else:
        _label(painter, scene, place, words, mark.colour, ratio)


def _label(
    painter: QPainter, scene: PageScene, place: QRectF, words: str, colour: str, ratio: float
) -> None:
    """Words above the upper edge of a frame, on a tint that hides nothing of the line there."""
    font = _label_font(scene, ratio)
    size = _label_size(font, words)
    left = min(place.left(), scene.rect.right - size.width() - ratio)
    top = max(place.top() - size.height(), scene.rect.y + ratio)
    tab = QRectF(QPointF(max(left, scene.rect.x + ratio), top), size)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(scene.colours.fill(colour))
    painter.setCompositionMode(scene.colours.mixing)
    painter.drawRect(tab)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    painter.setFont(font)
    painter.setPen(scene.colours.ink)
    painter.drawText(tab, Qt.AlignmentFlag.AlignCenter, words)


def _label_font(scene: PageScene, ratio: float) -> QFont:
    font = QFont(theme.current().font())
    font.setBold(True)
    least, most = (theme.current().pixels(units) * ratio for units in (9, 13))
    font.setPixelSize(round(min(most, max(least, 9 * scene.scale))))
    return font


def _label_size(font: QFont, words: str) -> QSizeF:
    metrics = QFontMetricsF(font)
    return QSizeF(metrics.horizontalAdvance(words) + metrics.height(), metrics.height() * 1.15)
