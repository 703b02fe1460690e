"""How a page is drawn: paper, tiles, marks, hits, selection. Everything in device pixels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from casefile.domain.annotations import Annotation, Stroke
from casefile.domain.geometry import Quad
from casefile.domain.quotes import Quote
from casefile.ui.reader.badges import page_frame
from casefile.ui.reader.handles import ENDS, handles
from casefile.ui.reader.layout import PixelRect, corners
from casefile.ui.reader.page_colours import DAY, PageColours
from casefile.ui.reader.paint_badges import paint_badges
from casefile.ui.reader.paint_marks import (
    paint_fills,
    paint_mark,
    paint_quoted_region,
    paint_strokes,
)
from casefile.ui.reader.tiles import Tile
from casefile.ui.reader.turning import turned


@dataclass(slots=True)
class PageScene:
    """What lies on one page, for one painting. ``marks`` and ``quotes`` in reading order; ``hits``
    as quads of one occurrence each; ``current`` is the occurrence the reader stands on."""

    rect: PixelRect
    scale: float
    turn: int = 0
    colours: PageColours = DAY
    marks: Sequence[Annotation] = ()
    quotes: Sequence[Quote] = ()
    selected: str | None = None
    hits: Iterable[Sequence[Quad]] = ()
    current: Sequence[Quad] = ()
    selection: Sequence[Quad] = ()
    caret: tuple[tuple[float, float], tuple[float, float]] | None = None
    rubber: QRectF | None = field(default=None)
    strokes: Sequence[Stroke] = ()
    stroke_colour: str = ""

    def point(self, x: float, y: float) -> QPointF:
        """Where a point of the page (in points, not turned) is drawn."""
        x, y = x * self.scale, y * self.scale
        if self.turn:
            sides = self.rect.width, self.rect.height
            width, height = sides[::-1] if self.turn % 180 else sides
            x, y = turned(x, y, width, height, self.turn)
        return QPointF(self.rect.x + x, self.rect.y + y)

    def polygon(self, quad: Quad) -> QPolygonF:
        return QPolygonF([self.point(x, y) for x, y in corners(quad)])

    def bounds(self, quad: Quad, air: float = 0.0) -> QRectF:
        rect = self.polygon(quad).boundingRect()
        return rect.adjusted(-air, -air, air, air)


def paint_paper(painter: QPainter, rect: PixelRect, colours: PageColours) -> None:
    """The sheet with the thinnest of edges, two pixels below and one on the other sides. Only the
    edges are blended: under the whole sheet that would be most of the work of a frame."""
    x, y, width, height = rect
    for edge in (
        (x - 1, y - 1, width + 2, 1),
        (x - 1, y + height, width + 2, 2),
        (x - 1, y, 1, height),
        (x + width, y, 1, height),
    ):
        painter.fillRect(*edge, colours.edge)
    painter.fillRect(x, y, width, height, colours.paper)


def turn_sheet(painter: QPainter, rect: PixelRect, turn: int) -> None:
    """Let the painter draw in pixels from the corner of a page as it is before it is turned; the
    turned page lies at ``rect``."""
    painter.translate(rect.x, rect.y)
    right, foot = rect.width, rect.height
    painter.translate(*{0: (0, 0), 90: (right, 0), 180: (right, foot), 270: (0, foot)}[turn])
    painter.rotate(turn)


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
        paint_mark(painter, scene, mark, ratio)
    for quote in scene.quotes:
        if quote.is_region:
            paint_quoted_region(painter, scene, quote, ratio)
    paint_strokes(painter, scene, scene.strokes, scene.colours.line(scene.stroke_colour), ratio)
    for mark in scene.marks:
        if mark.id == scene.selected:
            _selected(painter, scene, mark, ratio)
    _hits(painter, scene, ratio)
    paint_badges(painter, scene, ratio)
    _caret(painter, scene, ratio)
    painter.restore()


def _fills(painter: QPainter, scene: PageScene) -> None:
    painter.setCompositionMode(scene.colours.mixing)
    paint_fills(painter, scene)
    painter.setBrush(scene.colours.selection)
    for quad in scene.selection:
        painter.drawPolygon(scene.polygon(quad))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)


def _selected(painter: QPainter, scene: PageScene, mark: Annotation, ratio: float) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(scene.colours.signal, 2 * ratio))
    places = [scene.bounds(quad, 3 * ratio) for quad in mark.quads]
    for place in places or [page_frame(scene.rect, ratio)]:
        painter.drawRoundedRect(place, 2 * ratio, 2 * ratio)
    painter.setPen(QPen(scene.colours.signal, 1.5 * ratio))
    painter.setBrush(scene.colours.paper)
    for handle in handles(mark):
        half = (5 if handle.grip in ENDS else 3.5) * ratio
        spot = scene.point(handle.x, handle.y)
        place = QRectF(spot, spot).adjusted(-half, -half, half, half)
        if handle.grip in ENDS:
            painter.drawEllipse(place)
        else:
            painter.drawRect(place)


def _hits(painter: QPainter, scene: PageScene, ratio: float) -> None:
    """Outlines, never fills: a highlight under a hit stays what it is."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    for quads, width in ((scene.hits, 1), ([scene.current], 3)):
        pen = QPen(scene.colours.hit, width * ratio)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        for occurrence in quads:
            for quad in occurrence:
                if width == 3 or occurrence != scene.current:
                    painter.drawRect(scene.bounds(quad, width * ratio).toAlignedRect())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def _caret(painter: QPainter, scene: PageScene, ratio: float) -> None:
    if scene.caret is not None:
        (x0, y0), (x1, y1) = scene.caret
        painter.setPen(QPen(scene.colours.signal, 2 * ratio))
        painter.drawLine(scene.point(x0, y0), scene.point(x1, y1))
    if scene.rubber is not None:
        _rubber(painter, scene, scene.rubber, ratio)


def _rubber(painter: QPainter, scene: PageScene, rubber: QRectF, ratio: float) -> None:
    """The box that is being dragged or placed: dashed, tinted, with its corners set off."""
    ends = scene.point(rubber.left(), rubber.top()), scene.point(rubber.right(), rubber.bottom())
    place = QRectF(*ends).normalized()
    tint = QColor(scene.colours.signal)
    tint.setAlpha(28)
    painter.setPen(QPen(scene.colours.signal, 1.5 * ratio, Qt.PenStyle.DashLine))
    painter.setBrush(tint)
    painter.drawRect(place)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(scene.colours.signal)
    half = 3 * ratio
    for corner in (place.topLeft(), place.topRight(), place.bottomLeft(), place.bottomRight()):
        painter.drawRect(QRectF(corner, corner).adjusted(-half, -half, half, half))
