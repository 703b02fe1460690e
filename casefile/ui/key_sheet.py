"""The key sheet (F1 or Ctrl+/): every key, by where it works."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from casefile.ui import keymap, theme
from casefile.ui.parts import button, fit_dialog, heading, label, section
from casefile.ui.settings import key_choices

#: Where keys work, and what each does. ``tests`` compare the global ones with the real actions.
KEYS: dict[str, tuple[tuple[str, str], ...]] = {
    "Everywhere": (
        ("Ctrl+1", "Today; Ctrl+2 and on: the other places"),
        ("Ctrl+Shift+F", "Search everywhere"),
        ("Ctrl+F", "Find or filter here"),
        ("Ctrl+K", "Palette: everything that can be done here (also Ctrl+Shift+P)"),
        ("Shift+F10", "Menu of what can be done with what is selected"),
        ("Ctrl+N", "New: quote, source or follow-up, by place"),
        ("Ctrl+I", "Import files"),
        ("Ctrl+J", "Jobs"),
        ("Ctrl+Z", "Undo"),
        ("Ctrl+Shift+Z", "Redo"),
        ("Alt+Left", "Back"),
        ("Alt+Right", "Forward"),
        ("F6", "Next part of the window; Shift+F6 the one before"),
        ("Ctrl+L", "Lock"),
        ("Ctrl+,", "Settings"),
        ("F11", "Full screen; Esc leaves it"),
        ("F1", "These keys (also Ctrl+/)"),
        ("Shift+F1", "The handbook"),
        ("Ctrl+Q", "Quit; everything is saved"),
    ),
    "Reading": (
        ("Ctrl+Tab", "Next document; Ctrl+Shift+Tab the one before"),
        ("Ctrl+W", "Close this document"),
        ("Ctrl+P", "Print, with or without your marks"),
        ("F7", "The text of this page, with a caret; F7 or Esc shows the page again"),
        ("F8", "Split view: two documents, or two places of one; F8 again joins them"),
        ("Shift+F8", "This document in a window of its own, and back"),
        ("F9", "Hide or show the list beside the page"),
        ("Shift+F9", "Hide or show the panel with thumbnails, marks and hits"),
        ("Space", "Scroll on; Shift+Space back"),
        ("Right", "Next page; Left the one before"),
        ("G", "Go to a page"),
        ("F3", "Next hit; Shift+F3 the one before"),
        ("1", "Highlight the selection; 1 to 6 for the six colours"),
        ("Ctrl+C", "Copy with citation; Ctrl+Shift+C without"),
        ("Q", "Quote the selection; Shift+Q opens the quote on this page"),
        ("N", "Note"),
        ("Shift+U", "Underline; Shift+S strikes out"),
        ("Shift+B", "Box: drag it, or arrow keys and Enter"),
        ("R", "Region: a table or picture, dragged or placed by arrow keys"),
        ("E", "Exemption: what was withheld; Shift+E the whole page"),
        ("I", "Draw; Enter or Esc ends the drawing"),
        ("Shift+R", "Mark for redaction in what is exported"),
        ("Ctrl+Right", "Move the selected mark, or lead its end on; Shift: size, or its beginning"),
        ("M", "Adopt the marks that another program left on this page"),
        ("B", "Bookmark this page, or no longer"),
        ("F", "Follow-up from here"),
        ("T", "Outline"),
        ("U", "The page is read, or not"),
        ("L", "Follow a link of this page"),
        ("W", "Fit the width"),
        ("Z", "Fit the page"),
        ("Ctrl+0", "Actual size"),
        ("D", "Two pages side by side, or one"),
        ("S", "One page at a time, or all in a column"),
        ("Shift+N", "Night pages, or white ones"),
        ("O", "Turn the pages clockwise; Shift+O back"),
    ),
    "Lists": (
        ("Return", "Open"),
        ("F2", "Rename"),
        ("Del", "Move to Trash"),
        ("Ctrl+A", "Select all"),
    ),
    "Today": (
        ("D", "Done"),
        ("S", "Snooze until tomorrow; Shift+S until a day to choose"),
        ("L", "Next legal deadline"),
        ("C", "Calendar"),
        ("G", "Give up a limit of your own, with the reason"),
    ),
    "Letters": (
        ("F3", "Next blank of the letter; Shift+F3 the one before"),
        ("Ctrl+Return", "Keep the letter"),
    ),
    "Calendar": (
        ("Right", "Next day; Down next week"),
        ("PgDown", "Next month; PgUp the one before"),
        ("T", "Today"),
    ),
}


#: Groups of verbs that can have other keys.
CHANGEABLE = ("Everywhere", "Reading")
NO_KEY = "no key"


def _changed() -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    """The keys that the reporter changed, as a group of their own."""
    rows = key_choices.changed(key_choices.every())
    lines = tuple(
        (", ".join(keymap.current().keys(row.id, row.own)), f"{row.words} ({row.where.casefold()})")
        for row in rows
    )
    return [("Other than usual", lines)] if lines else []


class KeySheet(QDialog):
    """A dialog that can be searched; Esc closes it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Casefile")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter keys")
        self.filter.setAccessibleName("Filter keys")
        self.filter.textChanged.connect(self._filter)
        self._lines: list[tuple[str, list[QWidget]]] = []
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        own = {key: row for row in key_choices.every() for key in row.own}
        for group, lines in (*_changed(), *KEYS.items()):
            row = grid.rowCount()
            grid.addWidget(section(group), row, 0, 1, 2)
            grid.setRowMinimumHeight(row, theme.current().pixels(32))
            for keys, does in lines:
                row_of = own.get(keys) if group in CHANGEABLE else None
                shown = keymap.current().keys(row_of.id, row_of.own) if row_of else (keys,)
                self._add(grid, keymap.shown(shown if keys not in shown else (keys,)), does)
        grid.setRowStretch(grid.rowCount(), 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName("Keys")
        area.setWidget(holder)
        close = button("Close", self.accept)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 12)
        column.addWidget(heading("Keys"))
        column.addWidget(self.filter)
        column.addWidget(area, 1)
        column.addLayout(foot)
        fit_dialog(self, 560, 560)

    def _add(self, grid: QGridLayout, shown: str, does: str) -> None:
        row = grid.rowCount()
        pair: list[QWidget] = [label(shown or NO_KEY, "muted", wrap=False), label(does)]
        for column, widget in enumerate(pair):
            grid.addWidget(widget, row, column)
        self._lines.append((f"{shown} {does}".casefold(), pair))

    def _filter(self, text: str) -> None:
        for words, pair in self._lines:
            for widget in pair:
                widget.setVisible(text.casefold() in words)
