"""A layout that breaks its row where the room ends: for filters and chips in any text size."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QStyle, QWidget


class FlowLayout(QLayout):
    """Items side by side, in the direction of reading, in as many rows as they need."""

    def __init__(self, parent: QWidget | None = None, spacing: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._pushed: set[QWidget] = set()
        self.setSpacing(spacing)
        self.setContentsMargins(QMargins())

    def push(self, widget: QWidget) -> None:
        """Add ``widget`` at the far end of its row, as long as it fits beside what is there."""
        self._pushed.add(widget)
        self.addWidget(widget)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        """Place every item inside ``rect`` and answer the height that they need."""
        margins = self.contentsMargins()
        inside = rect.marginsRemoved(margins)
        gap = self.spacing()
        x, y, tallest = 0, 0, 0
        row: list[tuple[QLayoutItem, int, QSize]] = []

        parent = self.parentWidget()
        way = parent.layoutDirection() if parent else Qt.LayoutDirection.LeftToRight

        def place_row() -> None:
            spare = inside.width() - (row[-1][1] + row[-1][2].width()) if row else 0
            for item, at, size in row:
                pushed = item.widget() in self._pushed and not (y and item is row[0][0])
                left = at + (spare if pushed else 0)
                top = y + (tallest - size.height()) // 2
                spot = QRect(QPoint(inside.left() + left, inside.top() + top), size)
                item.setGeometry(QStyle.visualRect(way, inside, spot))

        for item in self._items:
            widget = item.widget()
            if widget is not None and widget.isHidden():
                continue
            size = item.sizeHint().expandedTo(item.minimumSize())
            size.setWidth(min(size.width(), max(1, inside.width())))
            if x and x + size.width() > inside.width():
                if move:
                    place_row()
                row.clear()
                x, y, tallest = 0, y + tallest + gap, 0
            row.append((item, x, size))
            x += size.width() + gap
            tallest = max(tallest, size.height())
        if move:
            place_row()
        return y + tallest + margins.top() + margins.bottom()
