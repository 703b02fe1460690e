"""The pen: strokes of one drawing, each kept as soon as it is finished.

The drawing goes on until the pen is laid down or touches another page. Every stroke is an edit of
its own, so that none is lost with the power and each can be undone.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from math import hypot
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from casefile.domain.annotations import Stroke
from casefile.domain.changes import Change
from casefile.domain.errors import UserError
from casefile.ui.announce import announce
from casefile.ui.reader.layout import Spot

if TYPE_CHECKING:
    from casefile.services.case import Case
    from casefile.ui.reader.page_view import PageView
    from casefile.ui.reader.verbs import Verbs
    from casefile.ui.session import CaseSession

#: Points of a stroke lie at least this far apart on the screen, in screen units.
APART = 1.5


@dataclass(slots=True)
class Drawing:
    """The mark that strokes are added to; it has an id once its first stroke is kept."""

    page: int
    mark_id: str = ""


class Pen(QObject):
    """The pen of one page view."""

    def __init__(self, session: CaseSession, view: PageView, verbs: Verbs) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self._verbs = verbs
        self._drawing: Drawing | None = None
        self._points: list[tuple[float, float]] = []
        self._unkept: list[tuple[int, Stroke]] = []
        view.document.marks_changed.connect(self._marks_changed)

    def begin(self, spot: Spot) -> None:
        """Put the pen on the page."""
        if self._drawing is None or self._drawing.page != spot.page:
            self._drawing = Drawing(spot.page)
        self._points = [self._on_page(spot)]
        self._show()

    def lead_to(self, spot: Spot) -> None:
        """Draw on to a point, which may lie off the page."""
        if self._drawing is None or not self._points:
            return
        x, y = self._on_page(self._view.spot_on(self._drawing.page, spot))
        ax, ay = self._points[-1]
        if hypot(x - ax, y - ay) >= APART * self._view.points_per_unit:
            self._points.append((x, y))
            self._show()

    def lift(self) -> None:
        """The stroke is finished: keep it."""
        drawing = self._drawing
        if drawing is None or not self._points:
            return
        stroke = smoothed(self._points)
        self._points = []
        self._unkept.append((drawing.page, stroke))
        case, document_id, colour = (
            self._session.case, self._view.document.id, self._verbs.last_colour
        )  # fmt: skip

        def done(_change: Change) -> None:
            announce("Stroke added", self._view)

        def failed(error: UserError) -> None:
            self._unkept.remove((drawing.page, stroke))
            self._show()
            self._session.errors.emit(error)

        self._session.tasks.edit(
            lambda: keep_stroke(case, document_id, drawing, stroke, colour), done, failed,
            owner=self,
        )  # fmt: skip

    def lay_down(self) -> None:
        """The next stroke begins another drawing."""
        self._points = []
        self._drawing = None
        self._show()

    def _on_page(self, spot: Spot) -> tuple[float, float]:
        width, height = self._view.document.size(spot.page)
        return min(max(0.0, spot.x), width), min(max(0.0, spot.y), height)

    def _show(self) -> None:
        """Draw what is not among the marks yet."""
        strokes = list(self._unkept)
        if self._drawing is not None and self._points:
            strokes.append((self._drawing.page, tuple(self._points)))
        self._view.set_strokes(strokes, self._verbs.last_colour)

    def _marks_changed(self) -> None:
        if self._unkept:
            there = {stroke for mark in self._view.document.marks.all for stroke in mark.strokes}
            self._unkept = [(page, stroke) for page, stroke in self._unkept if stroke not in there]
            self._show()


def keep_stroke(
    case: Case, document_id: str, drawing: Drawing, stroke: Stroke, colour: str
) -> Change:
    """Add a stroke to its drawing, or begin the drawing with it (also where it was undone). Edits
    come one after the other, so that the drawing knows its mark by the second stroke."""
    from casefile.services import annotating, reshaping

    old = None
    if drawing.mark_id:
        with suppress(UserError):
            old = annotating.get(case, drawing.mark_id)
    if old is not None and old.deleted_at is None:
        return reshaping.redraw(case, old.id, (*old.strokes, stroke))
    change = annotating.draw(case, document_id, drawing.page, [stroke], colour=colour)
    drawing.mark_id = change.ids("annotation")[0]
    return change


def smoothed(points: list[tuple[float, float]]) -> Stroke:
    """A stroke without the tremor of the hand: every point drawn towards its neighbours, the ends
    where they are. Coordinates to a hundredth of a point, as finely as anybody draws."""
    middle = [
        ((ax + 2 * bx + cx) / 4, (ay + 2 * by + cy) / 4)
        for (ax, ay), (bx, by), (cx, cy) in zip(points, points[1:], points[2:], strict=False)
    ]
    drawn = [points[0], *middle, points[-1]] if len(points) > 1 else points
    return tuple((round(x, 2), round(y, 2)) for x, y in drawn)
