"""The reader's tool bar: panel, page, zoom, tools, find."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QMenu, QToolButton, QWidget

from casefile.domain.annotations import COLOURS
from casefile.ui import icons, theme
from casefile.ui.parts import IconButton, label, set_tip, spacer
from casefile.ui.reader.actions import OTHER_MARKS, ReaderActions
from casefile.ui.reader.find_field import FindField
from casefile.ui.reader.mark_form import swatch_icon

#: Tools, in this order; the first opens the menu of colours.
TOOLS = (
    "highlight",
    "underline",
    "strike_out",
    "note",
    "box",
    "quote",
    "region",
    "withholding",
    "follow_up",
)
#: What is shown where there is less and less room: tools with words; icons alone; without what is
#: also in the highlighter's menu, and the zoom buttons; without zoom and count of pages; without
#: whatever can be done by key or in the menu of the page alone.
ROOMY, ICONS, TIGHT, NARROW, BARE = range(5)
#: Below the zoom: how pages are shown ("" is a line).
IN_VIEW_MENU = (
    "fit_width", "fit_page", "zoom_100", "", "spread", "single", "turn", "turn_back", "", "night",
    "text_view", "", "print",
)  # fmt: skip
#: Tools that are called by their name where there is room.
WITH_WORDS = ("quote", "region", "withholding", "follow_up")
#: What goes where it is tight.
SPARED = tuple(tool for tool in TOOLS if tool in OTHER_MARKS)


class PageField(QLineEdit):
    """The page, by number or printed label. ``asked(str)`` on Enter, ``left()`` on Esc."""

    asked = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Page")
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        set_tip(self, "Go to page, by number or label (G)")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.asked.emit(self.text())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def show_page(self, name: str) -> None:
        """The page that is being read, unless another is being typed."""
        if not self.hasFocus() or not self.isModified():
            self.setText(name)
            self.setModified(False)
            self.fit_text()

    def fit_text(self) -> None:
        """As wide as the page's label, within reason: some are whole Bates numbers."""
        least, most = theme.current().pixels(58), theme.current().pixels(140)
        words = self.fontMetrics().horizontalAdvance(self.text()) + theme.current().pixels(22)
        width = min(most, max(least, words))
        if width != self.width():
            self.setFixedWidth(width)

    def enter(self) -> None:
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self.setModified(False)


class ToolButton(QToolButton):
    """Shows an action: icon and words, or the icon alone where there is little room."""

    def __init__(self, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDefaultAction(action)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(action.text())

    def minimumSizeHint(self) -> QSize:
        """Never narrower than what it shows: the bar leaves out whole tools, and cuts none."""
        return self.sizeHint().expandedTo(QSize(28, 28))


class ReaderBar(QFrame):
    """``page``, ``finding`` and the tools; what they do is wired by the reader."""

    def __init__(self, actions: ReaderActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "bar")
        self._last_colour = ""
        self._fitted: tuple[object, ...] = ()
        self._room = ROOMY
        self.page = PageField()
        self.of = label("", "muted", wrap=False)
        self.zoom = QToolButton()
        self.zoom.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.zoom.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.zoom.setMenu(self._zoom_menu(actions))
        self.finding = FindField()
        self._zoom_buttons = ToolButton(actions["zoom_out"]), ToolButton(actions["zoom_in"])
        self._tools = {tool: ToolButton(actions[tool]) for tool in TOOLS}
        row = QHBoxLayout(self)
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(2)
        row.addWidget(ToolButton(actions["panel"]))
        row.addSpacing(6)
        row.addWidget(self.page)
        row.addSpacing(4)
        row.addWidget(self.of)
        row.addSpacing(8)
        row.addWidget(self._zoom_buttons[0])
        row.addWidget(self.zoom)
        row.addWidget(self._zoom_buttons[1])
        row.addSpacing(8)
        for tool, button in self._tools.items():
            row.addWidget(button)
            if tool == "highlight":
                row.addWidget(self._menu_of_colours(actions))
        row.addWidget(spacer())
        row.addWidget(self.finding)
        self.show_zoom(1.0)
        theme.current().changed.connect(self._dress)
        self._dress()

    def show_zoom(self, zoom: float) -> None:
        words = f"{round(zoom * 100)} %"
        if self.zoom.text() != words:
            self.zoom.setText(words)
            self.zoom.setAccessibleName(f"Zoom, {words}")

    def show_last_colour(self, colour: str) -> None:
        """The highlighter shows the colour it would use."""
        self._last_colour = colour
        button = self._tools["highlight"]
        button.setIcon(swatch_icon(colour, self.devicePixelRatioF()))
        button.setAccessibleName(f"Highlight, {colour}")

    def minimumSizeHint(self) -> QSize:
        """Narrower than its contents: some of them go when it is."""
        return QSize(theme.current().pixels(300), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_tools()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:  # the page's name, the count of hits
            self._fit_tools()
        return super().event(event)

    def _fit_tools(self) -> None:
        """Show as much as there is room for, which depends on the text size, the page's name and
        the count of hits."""
        look, row = theme.current(), self.layout()
        shown = (self.width(), look.percent, self.page.width(), self.of.text(),
                 self.finding.minimumSizeHint().width())  # fmt: skip
        if row is None:
            return
        too_wide = row.totalMinimumSize().width() > self.width() and self._room < BARE
        if shown == self._fitted and not too_wide:
            return
        self._fitted = shown
        for self._room in (ROOMY, ICONS, TIGHT, NARROW, BARE):
            self._show_for(self._room)
            row.invalidate()
            if row.totalMinimumSize().width() <= self.width():
                break
        row.update()
        row.activate()

    def _show_for(self, room: int) -> None:
        self.of.setVisible(room < NARROW)
        self.zoom.setVisible(room < NARROW)
        self.finding.set_narrow(room >= NARROW)
        for tool in SPARED:
            self._tools[tool].setVisible(room < TIGHT)
        for button in self._zoom_buttons:
            button.setVisible(room < TIGHT)
        styles = Qt.ToolButtonStyle
        for tool in WITH_WORDS:
            style = styles.ToolButtonTextBesideIcon if room == ROOMY else styles.ToolButtonIconOnly
            self._tools[tool].setToolButtonStyle(style)
            self._tools[tool].setVisible(room < BARE)

    def _dress(self) -> None:
        """Icons and the page field grow with the text."""
        for button in self.findChildren(QToolButton):
            button.setIconSize(icons.icon_size(18))
        if self._last_colour:  # the action has put its own icon back
            self.show_last_colour(self._last_colour)
        self.page.fit_text()
        self._fitted = ()
        self._fit_tools()

    def _zoom_menu(self, actions: ReaderActions) -> QMenu:
        menu = QMenu(self)
        for name in IN_VIEW_MENU:
            if name:
                menu.addAction(actions[name])
            else:
                menu.addSeparator()
        return menu

    def _menu_of_colours(self, actions: ReaderActions) -> QToolButton:
        more = IconButton("chevron-down", "Other colours and marks")
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        more.setMinimumWidth(24)
        more.setMaximumWidth(theme.current().pixels(24))
        menu = QMenu(more)
        for colour in COLOURS:
            action = actions[f"colour.{colour}"]
            action.setIcon(swatch_icon(colour, self.devicePixelRatioF()))
            menu.addAction(action)
        menu.addSeparator()
        for verb in OTHER_MARKS:
            menu.addAction(actions[verb])
        more.setMenu(menu)
        return more
