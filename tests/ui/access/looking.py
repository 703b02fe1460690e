"""What is looked at on a screen. Each function returns complaints, one line each; none is good."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QScrollBar,
    QTabBar,
    QTableWidget,
    QTabWidget,
    QTextEdit,
    QTreeView,
    QWidget,
)

from casefile.ui.parts import ElidedLabel

CLICKABLE = (
    QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit,
    QTabBar, QTextEdit,
)  # fmt: skip
#: The smallest target, in px (WCAG 2.5.8).
TARGET = 24


def spoken(widget: QWidget) -> str:
    """What a screen reader calls ``widget``."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip() if interface is not None else ""


def called(widget: QWidget) -> str:
    """``widget`` in a complaint."""
    above = widget.parentWidget()
    where = type(above).__name__ if above is not None else "nothing"
    return f"{type(widget).__name__} “{spoken(widget)}” in {where}"


def parts(root: QWidget) -> list[QWidget]:
    """Everything of ``root`` that is shown."""
    return [w for w in root.findChildren(QWidget) if w.isVisible() and w.window() is root]


def active(root: QWidget) -> list[QWidget]:
    """What can be clicked or typed into; the inner parts of boxes and scroll bars left out."""
    return [
        widget
        for widget in parts(root)
        if (isinstance(widget, CLICKABLE) or widget.focusPolicy() is not Qt.FocusPolicy.NoFocus)
        and not isinstance(widget, QScrollBar | QHeaderView | QTabWidget)
        and not isinstance(widget.parentWidget(), QComboBox | QAbstractSpinBox | QTabBar)
        and not _is_viewport(widget)
    ]


def _is_viewport(widget: QWidget) -> bool:
    above = widget.parentWidget()
    return isinstance(above, QAbstractScrollArea) and above.viewport() is widget


def nameless(root: QWidget) -> list[str]:
    """What can be reached and has no name."""
    found = [called(widget) for widget in active(root) if not spoken(widget)]
    for bar in (w for w in parts(root) if isinstance(w, QTabBar)):
        found += [
            f"tab {n} of {called(bar)}"
            for n in range(bar.count())
            if not (bar.accessibleTabName(n) or bar.tabText(n)).strip()
        ]
    return found


def cells(view: QAbstractItemView) -> Iterator[tuple[QModelIndex, QRect]]:
    """The cells of ``view`` that are in sight, with where they stand on its viewport."""
    model = view.model()
    if model is None or isinstance(view, QHeaderView):
        return
    room = view.viewport().rect()
    below = [QModelIndex()]
    while below:
        parent = below.pop()
        for row in range(min(model.rowCount(parent), 60)):
            for column in range(1 if isinstance(view, QListView) else model.columnCount(parent)):
                index = model.index(row, column, parent)
                where = view.visualRect(index)
                if (
                    column
                    and isinstance(view, QTreeView)
                    and view.isFirstColumnSpanned(row, parent)
                ):
                    continue
                if where.isValid() and where.intersects(room):
                    yield index, where
            first = model.index(row, 0, parent)
            if model.rowCount(first):
                below.append(first)


def views(root: QWidget) -> list[QAbstractItemView]:
    return [
        w
        for w in parts(root)
        if isinstance(w, QAbstractItemView) and not isinstance(w, QHeaderView)
    ]


def _is_empty(view: QAbstractItemView, where: QRect) -> bool:
    """Whether nothing is drawn there, apart from the lines of the row under the keyboard."""
    inside = (where & view.viewport().rect()).adjusted(3, 3, -3, -3)
    if inside.isEmpty():
        return True
    picture = view.viewport().grab(inside).toImage()
    places = [(x, y) for x in range(0, picture.width(), 2) for y in range(picture.height())]
    return len({picture.pixel(x, y) for x, y in places}) < 2


def silent(root: QWidget) -> list[str]:
    """Cells that show something and say nothing."""
    found = []
    for view in views(root):
        for index, where in cells(view):
            said = index.data(Qt.ItemDataRole.AccessibleTextRole)
            picture = index.data(Qt.ItemDataRole.DecorationRole) is not None
            words = str(index.data() or "").strip()
            plain = isinstance(view, QTableWidget)  # Qt itself says the words of such cells
            if not said and (picture or not (plain and words)) and not _is_empty(view, where):
                place = f"row {index.row()}, column {index.column()}"
                found.append(f"{called(view)}: {place} “{words}”")
    return found


def cut_off(root: QWidget) -> list[str]:
    """Labels and buttons that are smaller than what they say, and do not tell it in a tooltip."""
    found = []
    for widget in parts(root):
        if isinstance(widget.parentWidget(), QLineEdit) or widget.toolTip():
            continue
        if isinstance(widget, QLabel):
            if _cuts_words(widget):
                found.append(f"{called(widget)}: “{widget.text()}” {widget.size()}")
        elif isinstance(widget, QAbstractButton | QComboBox | QAbstractSpinBox):
            wish = widget.minimumSizeHint() if isinstance(widget, QComboBox) else widget.sizeHint()
            if widget.width() < wish.width() - 2 or widget.height() < wish.height() - 2:
                found.append(f"{called(widget)}: {widget.size()} < {wish}")
        elif isinstance(widget, QLineEdit) and widget.height() < widget.fontMetrics().height():
            found.append(f"{called(widget)}: {widget.size()}")
    return found


def _cuts_words(label: QLabel) -> bool:
    if not label.text() or isinstance(label, ElidedLabel):
        return isinstance(label, ElidedLabel) and label.height() < label.fontMetrics().height() - 1
    if label.wordWrap():
        return label.height() < label.heightForWidth(label.width()) - 2 or any(
            label.fontMetrics().horizontalAdvance(word) > label.width() + 2
            for word in label.text().split()
        )
    wish = label.sizeHint()
    return label.width() < wish.width() - 1 or label.height() < wish.height() - 2


def out_of_sight(root: QWidget) -> list[str]:
    """Active parts that stand outside of the window, or under nothing that could scroll there."""
    found = []
    for widget in active(root):
        rect = QRect(widget.mapTo(root, widget.rect().topLeft()), widget.size())
        if _scrolls(widget, root):
            continue
        if not root.rect().adjusted(-1, -1, 1, 1).contains(rect):
            found.append(f"{called(widget)}: {rect} outside of {root.size()}")
    return found


def _scrolls(widget: QWidget, root: QWidget) -> bool:
    step = widget.parentWidget()
    while step is not None and step is not root:
        if isinstance(step, QAbstractScrollArea):
            return True
        step = step.parentWidget()
    return False


def too_small(root: QWidget) -> list[str]:
    """Targets under 24 x 24 px."""
    found = []
    for widget in active(root):
        if isinstance(widget.parentWidget(), QLineEdit):
            continue  # clearing is Ctrl+A, Del as well; the field itself is large
        if widget.width() < TARGET or widget.height() < TARGET:
            found.append(f"{called(widget)}: {widget.width()} x {widget.height()}")
    for bar in (w for w in parts(root) if isinstance(w, QTabBar)):
        for n in range(bar.count()):
            rect = bar.tabRect(n)
            if bar.isTabVisible(n) and (rect.width() < TARGET or rect.height() < TARGET):
                found.append(f"tab “{bar.tabText(n)}”: {rect.width()} x {rect.height()}")
    for view in views(root):
        found += [
            f"{called(view)}: a row of {where.height()}"
            for _index, where in cells(view)
            if where.height() < TARGET
        ][:1]
    for header in root.findChildren(QHeaderView):
        if header.isVisible() and header.sectionsClickable() and header.height() < TARGET:
            found.append(f"{called(header)}: {header.height()} high")
    return found


#: Drawn over everything else, on purpose.
OVERLAYS = ("_Ring", "Toast", "_FirstPicture", "QSplitterHandle", "QRubberBand")


def overlapping(root: QWidget) -> list[str]:
    """Neighbours of which one lies over the other."""
    found = []
    for above in (root, *parts(root)):
        inside = [
            child
            for child in above.children()
            if isinstance(child, QWidget)
            and child.isVisible()
            and not child.isWindow()
            and type(child).__name__ not in OVERLAYS
            and not child.size().isEmpty()
        ]
        if isinstance(above, QAbstractScrollArea | QLineEdit | QAbstractSpinBox | QComboBox):
            continue
        for number, first in enumerate(inside):
            for second in inside[number + 1 :]:
                shared = first.geometry() & second.geometry()
                if shared.width() > 1 and shared.height() > 1:
                    found.append(f"{called(first)} and {called(second)}: {shared}")
    return found
