"""Scrolling the canvas: by wheel and touchpad, by keys, and from row to row where only one row of
pages is shown at a time.

Keys jump and do not glide: Qt 6.11 does not tell whether the system asks for reduced motion.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QScrollBar

if TYPE_CHECKING:
    from casefile.ui.reader.canvas import Canvas

#: One notch of the wheel, three lines, in screen units.
NOTCH = 120
#: How much of a screen Space leaves in sight, in screen units.
OVERLAP = 40
_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class Scroller:
    """The canvas's hands. A touchpad moves by fractions of a pixel: what a scroll bar cannot take
    is kept for the next event. How a touchpad's motion dies away is the system's business."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._rest = QPointF()
        self._beyond = 0.0
        self._turned_over = False

    def wheel(self, event: QWheelEvent) -> None:
        canvas = self._canvas
        if event.phase() is Qt.ScrollPhase.ScrollBegin:
            self._rest, self._beyond, self._turned_over = QPointF(), 0.0, False
        if event.modifiers() & _CONTROL:
            share = event.pixelDelta().y() / NOTCH or event.angleDelta().y() / 120
            canvas.set_zoom(canvas.zoom * 1.15**share, event.position())
            return
        way = _way(event)
        if event.modifiers() & _SHIFT and not way.x():
            way = QPointF(way.y(), 0.0)
        self._move(way * canvas.ratio, event.phase())

    def by(self, screens: float = 0.0, lines: int = 0) -> None:
        """Down (or up) by a share of the view, or by lines; where a single row is shown and ends,
        on to the next."""
        canvas, bar = self._canvas, self._canvas.verticalScrollBar()
        step = round(screens * (bar.pageStep() - OVERLAP * canvas.ratio))
        step += lines * bar.singleStep()
        if not self._at_end(step) or not self._turn_over(forward=step > 0):
            bar.setValue(bar.value() + step)

    def push(self, way: QPointF) -> int:
        """Push the pages about by device pixels; returns how far down the view went, or would have
        gone."""
        self._rest -= way
        across, down = round(self._rest.x()), round(self._rest.y())
        self._rest -= QPointF(across, down)
        _add(self._canvas.horizontalScrollBar(), across)
        _add(self._canvas.verticalScrollBar(), down)
        return down

    def _move(self, way: QPointF, phase: Qt.ScrollPhase) -> None:
        """By device pixels, against the direction of the wheel."""
        if self._turned_over and phase is Qt.ScrollPhase.ScrollMomentum:
            return  # the swing that turned the page does not run on over the next one
        bar = self._canvas.verticalScrollBar()
        before = bar.value()
        down = self.push(way)
        if down and bar.value() == before and self._at_end(down):
            self._lean(down)
        elif down:
            self._beyond = 0.0

    def _lean(self, down: int) -> None:
        """Against the end of a single row: a whole notch further is the next row."""
        canvas = self._canvas
        self._beyond += down
        if abs(self._beyond) >= NOTCH * canvas.ratio:
            self._beyond = 0.0
            self._turned_over = self._turn_over(forward=down > 0)

    def _turn_over(self, *, forward: bool) -> bool:
        """Scrolling back comes to the foot of the row before."""
        turned = self._canvas.turn_over(forward=forward)
        if turned and not forward:
            bar = self._canvas.verticalScrollBar()
            bar.setValue(bar.maximum())
        return turned

    def _at_end(self, step: int) -> bool:
        bar = self._canvas.verticalScrollBar()
        if not step or not self._canvas.arrangement.single:
            return False
        return bar.value() >= bar.maximum() if step > 0 else bar.value() <= bar.minimum()


def _way(event: QWheelEvent) -> QPointF:
    """How far to go, in screen units: exact where the device tells pixels."""
    pixels = event.pixelDelta()
    if not pixels.isNull():
        return QPointF(pixels)
    return QPointF(event.angleDelta()) * (NOTCH / 120)


def _add(bar: QScrollBar, step: int) -> None:
    if step:
        bar.setValue(bar.value() + step)
