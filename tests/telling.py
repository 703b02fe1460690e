"""Everything that a window tells: on the screen, in tooltips and titles, to a screen reader."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.EditRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)


def spoken(interface: QAccessibleInterface | None) -> Iterator[str]:
    """Everything that a screen reader can be told, under ``interface``."""
    if interface is None or not interface.isValid():
        return
    for kind in QAccessible.Text:
        yield interface.text(kind)
    text = interface.textInterface()
    if text is not None:
        yield text.text(0, text.characterCount())
    for number in range(interface.childCount()):
        yield from spoken(interface.child(number))


def cells(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[str]:
    """What a list says of each of its cells."""
    for row in range(model.rowCount(parent)):
        first = model.index(row, 0, parent)
        index, column = first, 0
        while index.isValid():  # a list model keeps its columnCount to itself
            yield from (str(index.data(role)) for role in _ROLES)
            column += 1
            index = first.siblingAtColumn(column)
        yield from cells(model, first)


def everything_shown() -> str:
    """All words of all windows: titles, tool tips, texts, lists, accessible names."""
    words: list[str] = []
    for window in QApplication.topLevelWidgets():
        words += [window.windowTitle(), *spoken(QAccessible.queryAccessibleInterface(window))]
        for widget in (window, *window.findChildren(QWidget)):
            words += [widget.toolTip(), widget.statusTip(), widget.whatsThis()]
            words += [widget.accessibleName(), widget.accessibleDescription()]
            for name in ("text", "toPlainText", "placeholderText", "currentText"):
                if callable(get := getattr(widget, name, None)):
                    words.append(str(get()))
            if isinstance(widget, QAbstractItemView) and widget.model() is not None:
                words += cells(widget.model(), QModelIndex())
    return "\n".join(words)
