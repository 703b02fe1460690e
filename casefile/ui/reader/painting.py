"""How a page is drawn: paper, tiles, marks, hits, selection. Everything in device pixels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPen, QPolygonF

from casefile.domain.annotations import COLOURS, Annotation, AnnotationKind
from casefile.domain.geometry import Quad
from casefile.domain.quotes import Quote
from casefile.ui import theme
from casefile.ui.reader.badges import badges
from casefile.ui.reader.layout import PixelRect, corners
from casefile.ui.reader.marks import INKS, NUMBERS
from casefile.ui.reader.tiles import Tile

PAPER = QColor("#FFFFFF")
#: Paper is white in every theme, so what lies on it does not change with the theme.
SELECTION = QColor("#B9D4F4")
HIT = QColor("#4A0A2E")
FOCUS = QColor("#1B5FA6")
INK = QColor("#1D1C1A")


@dataclass(slots=True)
class PageScene:
    """What lies on one page, for one painting. ``marks`` and ``quotes`` in reading order; ``hits``
    as quads of one occurrence each; ``current`` is the occurrence the reader stands on."""

    rect: PixelRect
    scale: float
    marks: Sequence[Annotation] = ()
    quotes: Sequence[Quote] = ()
    selected: str | None = None
    hits: Iterable[Sequence[Quad]] = ()
    current: Sequence[Quad] = ()
    selection: Sequence[Quad] = ()
    caret: tuple[tuple[float, float], tuple[float, float]] | None = None
    rubber: QRectF | None = field(default=None)

    def point(self, x: float, y: float) -> QPointF:
        return QPointF(self.rect.x + x * self.scale, self.rect.y + y * self.scale)

    def polygon(self, quad: Quad) -> QPolygonF:
        return QPolygonF([self.point(x, y) for x, y in corners(quad)])

    def bounds(self, quad: Quad, air: float = 0.0) -> QRectF:
        rect = self.polygon(quad).boundingRect()
        return rect.adjusted(-air, -air, air, air)


def paint_paper(painter: QPainter, rect: PixelRect) -> None:
    """The sheet with the thinnest of edges."""
    paper = QRect(*rect)
    edge = QColor(theme.colour("shadow"))
    edge.setAlpha(26)
    painter.fillRect(paper.adjusted(-1, -1, 1, 2), edge)
    painter.fillRect(paper, PAPER)


def paint_tile(painter: QPainter, rect: PixelRect, tile: Tile, image: QImage) -> None:
    """A sharp tile, pixel by pixel, cut at the page's edge."""
    place = tile.rect().moved(rect.x, rect.y)
    shown = place.intersected(rect)
    source = QRect(0, 0, min(shown.width, image.width()), min(shown.height, image.height()))
    painter.drawImage(QPointF(place.x, place.y), image, QRectF(source))


def paint_stand_in(
    painter: QPainter, rect: PixelRect, scale: float, tile: Tile, image: QImage
) -> None:
    """A tile of another scale, stretched to where it belongs: smoothly where it is nearly sharp,
    quickly where it is a blur anyway."""
    factor = scale / tile.scale
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=factor < 2)
    place = tile.rect()
    target = QRectF(
        rect.x + place.x * factor,
        rect.y + place.y * factor,
        image.width() * factor,
        image.height() * factor,
    )
    painter.drawImage(target, image, QRectF(image.rect()))


def paint_scene(painter: QPainter, scene: PageScene, ratio: float) -> None:
    """Everything that lies on the page's picture; ``ratio`` is device pixels per screen unit."""
    painter.save()
    painter.setClipRect(QRect(*scene.rect).adjusted(-1, -1, 1, 1), Qt.ClipOperation.IntersectClip)
    _fills(painter, scene)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for mark in scene.marks:
        _lines(painter, scene, mark, ratio)
    for mark in scene.marks:
        if mark.id == scene.selected:
            _selected(painter, scene, mark, ratio)
    _hits(painter, scene, ratio)
    _badges(painter, scene, ratio)
    _caret(painter, scene, ratio)
    painter.restore()


def _fills(painter: QPainter, scene: PageScene) -> None:
    """Fills are multiplied with the page, so that ink under them stays ink."""
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
    painter.setPen(Qt.PenStyle.NoPen)
    for mark in scene.marks:
        if mark.kind is AnnotationKind.HIGHLIGHT:
            painter.setBrush(QColor(COLOURS.get(mark.colour, COLOURS["yellow"])))
            for quad in mark.quads:
                painter.drawPolygon(scene.polygon(quad))
    painter.setBrush(SELECTION)
    for quad in scene.selection:
        painter.drawPolygon(scene.polygon(quad))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)


def _lines(painter: QPainter, scene: PageScene, mark: Annotation, ratio: float) -> None:
    ink = QColor(INKS.get(mark.colour, INKS["yellow"]))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if mark.kind in (AnnotationKind.UNDERLINE, AnnotationKind.STRIKEOUT):
        painter.setPen(QPen(ink, max(1.4 * scene.scale, ratio)))
        share = 0.94 if mark.kind is AnnotationKind.UNDERLINE else 0.56
        for quad in mark.quads:
            left = _between(scene, quad.ul_x, quad.ul_y, quad.ll_x, quad.ll_y, share)
            right = _between(scene, quad.ur_x, quad.ur_y, quad.lr_x, quad.lr_y, share)
            painter.drawLine(left, right)
    elif mark.kind in (AnnotationKind.BOX, AnnotationKind.REDACTION, AnnotationKind.WITHHOLDING):
        pen = QPen(ink, max(1.6 * scene.scale, ratio))
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        for quad in mark.quads:
            painter.drawPolygon(scene.polygon(quad))
    elif mark.kind is AnnotationKind.NOTE:
        _note(painter, scene, mark, ink, ratio)


def _between(scene: PageScene, xa: float, ya: float, xb: float, yb: float, share: float) -> QPointF:
    return scene.point(xa + (xb - xa) * share, ya + (yb - ya) * share)


def _note(painter: QPainter, scene: PageScene, mark: Annotation, ink: QColor, ratio: float) -> None:
    """A small sheet with lines, in the mark's colour."""
    for quad in mark.quads[:1]:
        rect = scene.bounds(quad)
        unit = rect.width() / 18
        painter.setPen(QPen(ink, max(1.2 * unit, ratio)))
        painter.setBrush(QColor(COLOURS.get(mark.colour, COLOURS["yellow"])))
        painter.drawRoundedRect(rect.adjusted(unit, unit, -unit, -unit), 2 * unit, 2 * unit)
        for height in (6, 9, 12):
            y = rect.y() + height * unit
            end = 13.5 if height < 12 else 10
            painter.drawLine(QPointF(rect.x() + 4.5 * unit, y), QPointF(rect.x() + end * unit, y))


def _selected(painter: QPainter, scene: PageScene, mark: Annotation, ratio: float) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(FOCUS, 2 * ratio))
    for quad in mark.quads:
        painter.drawRoundedRect(scene.bounds(quad, 3 * ratio), 2 * ratio, 2 * ratio)


def _hits(painter: QPainter, scene: PageScene, ratio: float) -> None:
    """Outlines, never fills: a highlight under a hit stays what it is."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    for quads, width in ((scene.hits, 1), ([scene.current], 3)):
        pen = QPen(HIT, width * ratio)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        for occurrence in quads:
            for quad in occurrence:
                if width == 3 or occurrence != scene.current:
                    painter.drawRect(scene.bounds(quad, width * ratio).toAlignedRect())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def _badges(painter: QPainter, scene: PageScene, ratio: float) -> None:
    """The number of each mark's colour and the sign of each quote in the page's left margin."""
    font = QFont(theme.current().font())
    for badge in badges(scene.rect, scene.scale, ratio, scene.marks, scene.quotes):
        if isinstance(badge.item, Annotation):
            font.setPixelSize(max(8, round(badge.rect.height() * 0.68)))
            painter.setFont(font)
            _number(painter, badge.rect, badge.item, ratio)
        else:
            _quotation_mark(painter, badge.rect, ratio)


def _number(painter: QPainter, badge: QRectF, mark: Annotation, ratio: float) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(COLOURS.get(mark.colour, COLOURS["yellow"])))
    painter.drawRoundedRect(badge, 2 * ratio, 2 * ratio)
    painter.setPen(INK)
    painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, str(NUMBERS.get(mark.colour, 1)))
    if mark.comment:
        _comment_sign(painter, badge, ratio)


def _quotation_mark(painter: QPainter, badge: QRectF, ratio: float) -> None:
    """A serif opening quotation mark. It hangs at the top of its line, so that it is drawn as a
    shape, to stand in the middle."""
    painter.setPen(QPen(FOCUS, ratio))
    painter.setBrush(PAPER)
    half = ratio / 2
    painter.drawRoundedRect(badge.adjusted(half, half, -half, -half), 2 * ratio, 2 * ratio)
    font = QFont(theme.current().serif())
    font.setBold(True)
    font.setPixelSize(max(12, round(badge.height() * 1.35)))
    sign = QPainterPath()
    sign.addText(QPointF(), font, "“")
    sign.translate(badge.center() - sign.boundingRect().center())
    painter.fillPath(sign, FOCUS)


def _comment_sign(painter: QPainter, badge: QRectF, ratio: float) -> None:
    """A dot on the badge's corner: there is a comment to read."""
    painter.setPen(QPen(PAPER, 1.5 * ratio))
    painter.setBrush(FOCUS)
    corner = badge.topRight() + QPointF(-1.5 * ratio, 1.5 * ratio)
    painter.drawEllipse(corner, 4 * ratio, 4 * ratio)


def _caret(painter: QPainter, scene: PageScene, ratio: float) -> None:
    if scene.caret is not None:
        (x0, y0), (x1, y1) = scene.caret
        painter.setPen(QPen(FOCUS, 2 * ratio))
        painter.drawLine(scene.point(x0, y0), scene.point(x1, y1))
    if scene.rubber is not None:
        painter.setPen(QPen(FOCUS, 1.5 * ratio, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(
            QRectF(
                scene.point(scene.rubber.left(), scene.rubber.top()),
                scene.point(scene.rubber.right(), scene.rubber.bottom()),
            )
        )
