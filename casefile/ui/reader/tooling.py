"""Takes tools up and lays them down, and does what they make: boxes, regions, drawings."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMenu

from casefile.domain.annotations import AnnotationKind, Extent
from casefile.domain.geometry import Box
from casefile.ui import icons
from casefile.ui.announce import announce
from casefile.ui.reader.crosshair import Crosshair
from casefile.ui.reader.drawing import Pen
from casefile.ui.reader.layout import Spot
from casefile.ui.reader.tool_hint import ToolHint
from casefile.ui.reader.tools import AREA_KINDS, HINTS, Tool
from casefile.ui.reader.verbs import FOLLOW_UP

if TYPE_CHECKING:
    from casefile.ui.reader.page_view import PageView
    from casefile.ui.reader.pointer import Pointer
    from casefile.ui.reader.quote_work import QuoteWork
    from casefile.ui.reader.verbs import Verbs
    from casefile.ui.reader.withholding_work import WithholdingWork
    from casefile.ui.session import CaseSession


class Tooling(QObject):
    """The tools of one page view."""

    def __init__(
        self,
        session: CaseSession,
        view: PageView,
        pointer: Pointer,
        verbs: Verbs,
        withholding: WithholdingWork,
        quoting: QuoteWork,
    ) -> None:
        super().__init__(view)
        self._view = view
        self._pointer = pointer
        self._verbs = verbs
        self._withholding = withholding
        self._quoting = quoting
        self.crosshair = Crosshair(view, pointer)
        self.pen = Pen(session, view, verbs)
        self._hint = ToolHint(view)
        self.crosshair.placed.connect(self._area)
        pointer.area_drawn.connect(self._area)
        pointer.note_placed.connect(verbs.note_at)
        pointer.stroke_begun.connect(self.pen.begin)
        pointer.stroke_led_to.connect(self.pen.lead_to)
        pointer.stroke_ended.connect(self.pen.lift)
        pointer.tool_changed.connect(self._tool_changed)

    def slots(self) -> dict[str, Callable[[], object]]:
        return {
            "note": self._note,
            "box": lambda: self.take(Tool.BOX),
            "region": lambda: self.take(Tool.REGION),
            "withholding": self._withhold,
            "withheld_page": self._withholding.on_page,
            "withheld_range": lambda: self._withholding.on_page(Extent.RANGE),
            "ink": lambda: self.take(Tool.INK),
            "redaction": self._redact,
            "bookmark": self._verbs.bookmark,
        }

    def take(self, tool: Tool) -> None:
        """Take up a tool, or lay it down if it is in hand."""
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._pointer.use(Tool.TEXT if self._pointer.tool is tool else tool)

    def lay_down(self) -> bool:
        """Whether there was a tool to be laid down."""
        had = self._pointer.tool is not Tool.TEXT
        self._pointer.use(Tool.TEXT)
        return had

    def end_drawing(self) -> bool:
        """Whether there was a drawing to be ended."""
        return self._pointer.tool is Tool.INK and self.lay_down()

    def _note(self) -> None:
        if self._view.selection.ends is not None:
            self._verbs.note_on_selection()
        else:
            self.take(Tool.NOTE)

    def _redact(self) -> None:
        if self._view.selection.ends is not None:
            self._verbs.redact()
        else:
            self.take(Tool.REDACTION)

    def _withhold(self) -> None:
        if not self._withholding.on_selection():
            self.take(Tool.WITHHOLDING)

    def _tool_changed(self, tool: Tool) -> None:
        self.pen.lay_down()
        words = HINTS.get(tool, "")
        self._hint.tell(words)
        if words:
            announce(words, self._view)

    def _area(self, page: int, box: Box) -> None:
        """An area was dragged or placed with the tool in hand."""
        tool = self._pointer.tool
        if tool in AREA_KINDS:
            self._pointer.use(Tool.TEXT)
            self._verbs.area(AREA_KINDS[tool], page, box)
        elif tool is Tool.WITHHOLDING:
            self._pointer.use(Tool.TEXT)
            self._withholding.on_area(page, box)
        elif tool is Tool.REGION:
            self._region_menu(page, box)

    def _region_menu(self, page: int, box: Box) -> None:
        """What the region is to become; Esc leaves the box where it is."""
        menu = QMenu(self._view)
        menu.setAccessibleName("Region")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        region = AnnotationKind.REGION
        choices: tuple[tuple[str, str, Callable[[], object]], ...] = (
            ("Picture quote", "quote", lambda: self._quoting.quote_region(page, box)),
            ("Follow-up", "list-checks", lambda: self._verbs.area(region, page, box, FOLLOW_UP)),
            ("Exemption", "stamp", lambda: self._withholding.on_area(page, box)),
            ("Mark the region", "scan", lambda: self._verbs.area(region, page, box)),
            ("Box", "square-dashed", lambda: self._verbs.area(AREA_KINDS[Tool.BOX], page, box)),
        )
        for words, icon, use in choices:
            action = menu.addAction(words)
            icons.set_icon(action, icon)
            action.triggered.connect(lambda _on=False, use=use: self._chosen(use))
        corner = self._view.position_of(Spot(page, box.x0, box.y1))
        menu.setActiveAction(menu.actions()[0])
        menu.popup(self._view.viewport().mapToGlobal(corner.toPoint()))

    def _chosen(self, use: Callable[[], object]) -> None:
        self._pointer.use(Tool.TEXT)
        use()
