"""The rail: the places of a case with how much is in each."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from casefile.ui import icons, theme
from casefile.ui.places import RAIL, Place

_Index = QModelIndex | QPersistentModelIndex


class RailModel(QAbstractListModel):
    """One row a place; the count is part of what is spoken."""

    COUNT = Qt.ItemDataRole.UserRole + 1
    ICON = Qt.ItemDataRole.UserRole + 2

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._counts: dict[str, int] = {}

    def set_counts(self, counts: dict[str, int]) -> None:
        self._counts = dict(counts)
        self.dataChanged.emit(self.index(0), self.index(len(RAIL) - 1))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(RAIL)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        place = RAIL[index.row()]
        count = self._counts.get(place.id, 0)
        shown = QLocale().toString(count) if count else ""
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return place.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{place.name}, {shown}" if shown else place.name
            case Qt.ItemDataRole.ToolTipRole:
                return f"{place.name} (Ctrl+{index.row() + 1})"
            case self.COUNT:
                return shown
            case self.ICON:
                return place.icon
        return None


class _RailDelegate(QStyledItemDelegate):
    """Icon, name, and the count at the far side."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        keeper = theme.current()
        metrics = QFontMetrics(keeper.font())
        side = keeper.pixels(20)
        name = metrics.horizontalAdvance(str(index.data()))
        return QSize(side + name + 88, max(metrics.height() + 12, 32))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        keeper = theme.current()
        tokens = keeper.tokens
        rect = QRect(option.rect)
        state = option.state
        chosen = bool(state & state.__class__.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(rect, tokens["selection"])
        elif state & state.__class__.State_MouseOver:
            painter.fillRect(rect, tokens["hover"])
        side = keeper.pixels(20)
        picture = icons.pixmap(
            str(index.data(RailModel.ICON)),
            "text" if chosen else "muted",
            side,
            painter.device().devicePixelRatio(),
        )
        if rect.width() < keeper.pixels(96):
            painter.drawPixmap(
                rect.center().x() - side // 2, rect.center().y() - side // 2, picture
            )
            painter.restore()
            return
        count = str(index.data(RailModel.COUNT))
        metrics = QFontMetrics(keeper.font())
        wide = metrics.horizontalAdvance(count) + 16
        icon_box = QRect(rect.left() + 14, rect.center().y() - side // 2, side, side)
        words = QRect(rect.left() + side + 26, rect.top(), rect.width() - side - 26, rect.height())
        tail = QRect(rect.right() - wide, rect.top(), wide - 14 + 4, rect.height())
        words.setRight(tail.left() - 4 if count else rect.right() - 8)
        icon_box, words, tail = (theme.placed(box, rect) for box in (icon_box, words, tail))
        painter.drawPixmap(icon_box, picture)
        painter.setFont(keeper.font())
        painter.setPen(tokens["on_selection" if chosen else "text"])
        start = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        elided = metrics.elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, max(0, words.width())
        )
        painter.drawText(words, start, elided)
        painter.setPen(tokens["on_selection" if chosen else "muted"])
        end = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignTrailing
        painter.drawText(tail, end, count)
        painter.restore()


class _RailView(QListView):
    """Enter and Space go there as well as arrows do."""

    activated_place = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.activated_place.emit(RAIL[self.currentIndex().row()].id)
            return
        super().keyPressEvent(event)


class Rail(QFrame):
    """``chosen(place)``: the reporter went to a place; ``entered(place)``: and wants in."""

    chosen = Signal(str)
    entered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "rail")
        self._model = RailModel(self)
        self.view = _RailView()
        self.view.setAccessibleName("Places")
        self.view.setModel(self._model)
        self.view.setItemDelegate(_RailDelegate(self.view))
        self.view.setMouseTracking(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.view.activated_place.connect(self.entered)
        self.view.selectionModel().currentChanged.connect(self._current_changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.addWidget(self.view)
        self._quiet = False
        theme.current().changed.connect(self.view.doItemsLayout)

    def wish(self) -> int:
        """The width that shows every name and a count of four digits."""
        option = QStyleOptionViewItem()
        delegate = self.view.itemDelegate()
        rows = range(len(RAIL))
        return max(delegate.sizeHint(option, self._model.index(row)).width() for row in rows)

    def narrowest(self) -> int:
        """The width of the icons alone."""
        return theme.current().pixels(20) + 28

    def show_place(self, place: Place) -> None:
        """Mark ``place`` as where the reporter is, without going there."""
        self._quiet = True
        index = self._model.index(RAIL.index(place)) if place in RAIL else QModelIndex()
        self.view.setCurrentIndex(index)
        if not index.isValid():
            self.view.clearSelection()
        self._quiet = False

    def set_counts(self, counts: dict[str, int]) -> None:
        self._model.set_counts(counts)

    def _current_changed(self, current: QModelIndex) -> None:
        if current.isValid() and not self._quiet:
            self.chosen.emit(RAIL[current.row()].id)
