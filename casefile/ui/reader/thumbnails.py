"""Thumbnails of all pages; only those in view are drawn, when nothing more urgent is."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QObject,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QImage, QKeyEvent, QPainter, QTransform
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from casefile.ui import icons, theme
from casefile.ui.models.long_list import LongListModel
from casefile.ui.reader.document import OpenDocument
from casefile.ui.reader.page_colours import DAY, NIGHT
from casefile.ui.reader.place_of import short_page_name
from casefile.ui.reader.rows import Index
from casefile.ui.reader.tiles import Tile, preview

#: The room for a picture, in screen units.
SIDE = 150
_PAD = 8


class ThumbnailModel(LongListModel):
    """One row a page; the picture is the page's preview, if it has been drawn."""

    def __init__(self, document: OpenDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.read: frozenset[int] = frozenset()
        self.set_count(document.pages)
        document.picture_ready.connect(self._drawn)

    def tile(self, page: int) -> Tile:
        size = self.document.size(page)
        return preview(self.document.id, page, *size, night=self.document.night)

    def picture(self, page: int) -> QImage | None:
        return self.document.memory.get(self.tile(page))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < self.document.pages:
            return None
        page = index.row() + 1
        if role == Qt.ItemDataRole.DisplayRole:
            return short_page_name(self.document.shapes, page)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            marks = len(self.document.marks.on(page))
            name = short_page_name(self.document.shapes, page)
            parts = [name, f"{marks} marks" if marks else "", "read" if page in self.read else ""]
            return ", ".join(part for part in parts if part)
        return None

    def _drawn(self, page: int) -> None:
        index = self.index(page - 1)
        self.dataChanged.emit(index, index)


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        line = QFontMetrics(theme.current().font("caption")).height()
        return QSize(SIDE + 2 * _PAD, SIDE + line + 3 * _PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, ThumbnailModel):
            return
        rect: QRect = option.rect
        page = index.row() + 1
        view = self.parent()
        turn = view.turn if isinstance(view, Thumbnails) else 0
        width, height = model.document.size(page)
        if turn % 180:
            width, height = height, width
        factor = SIDE / max(width, height)
        sheet = QRect(0, 0, max(2, round(width * factor)), max(2, round(height * factor)))
        sheet.moveCenter(QRect(rect.x(), rect.y() + _PAD, rect.width(), SIDE).center())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(rect, theme.colour("selection"))
        painter.setPen(theme.colour("accent" if chosen else "divider"))
        painter.fillRect(sheet, (NIGHT if model.document.night else DAY).paper)
        picture = model.picture(page)
        if picture is not None:
            painter.drawImage(sheet, picture.transformed(QTransform().rotate(turn)))
        painter.drawRect(sheet.adjusted(-1, -1, 0, 0))
        font = theme.current().font("caption")
        line = QFontMetrics(font).height()
        words = QRect(rect.x(), rect.bottom() - line - _PAD // 2, rect.width(), line)
        painter.setFont(font)
        painter.setPen(theme.colour("on_selection" if chosen else "muted"))
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, str(index.data()))
        if page in model.read:
            ratio = painter.device().devicePixelRatioF()
            tick = icons.pixmap("check", "on_selection" if chosen else "verified", line, ratio)
            width = QFontMetrics(font).horizontalAdvance(str(index.data()))
            painter.drawPixmap(words.center().x() + width // 2 + 4, words.y(), tick)
        painter.restore()


class Thumbnails(QListView):
    """``opened(page)``: the reader chose a page."""

    opened = Signal(int)

    def __init__(self, document: OpenDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.turn = 0
        self._document = document
        self._model = ThumbnailModel(document, self)
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Pages as thumbnails")
        self._soon = QTimer(self, singleShot=True, interval=30)
        self._soon.timeout.connect(self._ask)
        self.verticalScrollBar().valueChanged.connect(self._soon.start)
        self.clicked.connect(self._open)
        document.night_changed.connect(self.viewport().update)
        document.night_changed.connect(self._soon.start)

    def choose(self, page: int) -> None:
        """Mark the page that is being read, and have it in sight."""
        index = self._model.index(page - 1)
        if index != self.currentIndex():
            self.setCurrentIndex(index)
        self._soon.start()

    def set_read(self, pages: frozenset[int]) -> None:
        """Tick off the pages that have been read."""
        self._model.read = pages
        self.viewport().update()

    def set_turn(self, turn: int) -> None:
        """Turn every picture clockwise by so many degrees."""
        if turn != self.turn:
            self.turn = turn
            self.viewport().update()

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self._soon.start()

    def hideEvent(self, event: Any) -> None:
        super().hideEvent(event)
        self._document.plan_previews(())

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._soon.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())

    def _open(self, index: Index) -> None:
        if index.isValid():
            self.opened.emit(index.row() + 1)

    def _ask(self) -> None:
        if not self.isVisible():
            return
        area = self.viewport().rect()
        top = self.indexAt(area.topLeft()).row()
        cell = max(1, self.sizeHintForRow(0))
        first = max(0, top)
        last = min(self._document.pages, first + area.height() // cell + 2)
        self._document.plan_previews([self._model.tile(row + 1) for row in range(first, last)])
