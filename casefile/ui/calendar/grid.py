"""The month: six weeks of days, each with what falls on it."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from PySide6.QtCore import (
    QAbstractTableModel,
    QDate,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from casefile.ui import icons, keymap, theme
from casefile.ui.calendar.reading import LATE, LEGEND, Month
from casefile.ui.today.entries import Entry

_Index = QModelIndex | QPersistentModelIndex
WEEKS, DAYS = 6, 7
_DAY = timedelta(days=1)


class MonthModel(QAbstractTableModel):
    """A week a row, beginning with the first weekday of the reporter's country."""

    DAY = Qt.ItemDataRole.UserRole + 1
    ENTRIES = Qt.ItemDataRole.UserRole + 2

    def __init__(self, first: date, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.month = Month(first)
        self.first = first.replace(day=1)
        self.week_begins = QLocale().firstDayOfWeek().value

    @property
    def start(self) -> date:
        """The day in the first cell."""
        return self.first - (self.first.isoweekday() - self.week_begins) % DAYS * _DAY

    def show_month(self, first: date) -> None:
        self.beginResetModel()
        self.first = first.replace(day=1)
        self.endResetModel()

    def show_entries(self, month: Month) -> None:
        self.month = month
        self.dataChanged.emit(self.index(0, 0), self.index(WEEKS - 1, DAYS - 1))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else WEEKS

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else DAYS

    def day_at(self, index: _Index) -> date:
        return self.start + (index.row() * DAYS + index.column()) * _DAY

    def index_of(self, day: date) -> QModelIndex:
        """The cell of a day; not valid when it is not in these weeks."""
        row, column = divmod((day - self.start).days, DAYS)
        return self.index(row, column) if 0 <= row < WEEKS else QModelIndex()

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        day = self.day_at(index)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return QLocale().toString(day.day)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.month.spoken(day)
            case self.DAY:
                return day
            case self.ENTRIES:
                return self.month.on(day)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Vertical:
            return None
        weekday = (self.week_begins - 1 + section) % DAYS + 1
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return QLocale().standaloneDayName(weekday, QLocale.FormatType.ShortFormat)
            case Qt.ItemDataRole.AccessibleTextRole:
                return QLocale().standaloneDayName(weekday, QLocale.FormatType.LongFormat)
        return None


class DayDelegate(QStyledItemDelegate):
    """Draws a day: its number, and as many of its lines as there is room for."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        keeper = theme.current()
        line = QFontMetrics(keeper.font("caption")).height()
        return QSize(keeper.pixels(34), QFontMetrics(keeper.font()).height() + line + 12)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        if not isinstance(model, MonthModel):
            return
        tokens = theme.current().tokens
        day, cell = model.day_at(index), QRect(option.rect)
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(cell, tokens["selection"])
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(cell, tokens["hover"])
        inside = cell.adjusted(5, 3, -5, -3)
        ink = "text" if day.month == model.first.month else "muted"
        self._paint_number(painter, inside, day, "on_selection" if chosen else ink, model)
        below = QFontMetrics(theme.current().font()).height() + 4
        self._paint_entries(
            painter, inside.adjusted(0, below, 0, 0), model.month.on(day), chosen=chosen
        )
        painter.restore()

    def _paint_number(
        self, painter: QPainter, rect: QRect, day: date, ink: str, model: MonthModel
    ) -> None:
        keeper = theme.current()
        is_today = day == model.month.today
        font = keeper.font(bold=is_today)
        metrics = QFontMetrics(font)
        text = QLocale().toString(day.day)
        box = QRect(0, 0, metrics.horizontalAdvance(text) + 10, metrics.height() + 2)
        box.moveTopLeft(rect.topLeft())
        box = theme.placed(box, rect)
        painter.setFont(font)
        if is_today:
            painter.setPen(keeper.tokens["accent"])
            painter.drawRoundedRect(box, 4, 4)
        painter.setPen(keeper.tokens[ink])
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_entries(
        self, painter: QPainter, rect: QRect, entries: list[Entry], *, chosen: bool
    ) -> None:
        keeper = theme.current()
        font = keeper.font("caption")
        metrics = QFontMetrics(font)
        height = metrics.height() + 2
        room = max(1, rect.height() // height)
        if not entries:
            return
        painter.setFont(font)
        line = QRect(rect.left(), rect.top(), rect.width(), height)
        if len(entries) > room == 1:
            self._paint_shapes(painter, line, entries, chosen=chosen)
            return
        shown = entries if len(entries) <= room else entries[: room - 1]
        for entry in shown:
            self._paint_entry(painter, line, entry, metrics, chosen=chosen)
            line.translate(0, height)
        self._paint_more(painter, line, len(entries) - len(shown), chosen=chosen)

    def _paint_shapes(
        self, painter: QPainter, line: QRect, entries: list[Entry], *, chosen: bool
    ) -> None:
        """Shapes side by side, where there is room for one line only."""
        side = min(theme.current().pixels(12), line.height())
        most = max(1, line.width() // (side + 4) - 2)
        ratio = painter.device().devicePixelRatio()
        step = -(side + 4) if theme.is_right_to_left() else side + 4
        picture = QRect(line.left(), line.center().y() - side // 2, side, side)
        if step < 0:
            picture.moveRight(line.right())
        for entry in entries[:most]:
            painter.drawPixmap(picture, icons.pixmap(shape(entry), entry.ink, side, ratio))
            picture.translate(step, 0)
        rest = QRect(line)
        if step < 0:
            rest.setRight(picture.right())
        else:
            rest.setLeft(picture.left())
        self._paint_more(painter, rest, len(entries[most:]), chosen=chosen)

    def _paint_more(self, painter: QPainter, line: QRect, over: int, *, chosen: bool) -> None:
        if over:
            painter.setPen(theme.current().tokens["on_selection" if chosen else "text"])
            where = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
            painter.drawText(line, where, f"+{QLocale().toString(over)}")

    def _paint_entry(
        self, painter: QPainter, line: QRect, entry: Entry, metrics: QFontMetrics, *, chosen: bool
    ) -> None:
        keeper = theme.current()
        side = min(keeper.pixels(12), line.height())
        picture = theme.placed(QRect(line.left(), line.center().y() - side // 2, side, side), line)
        text = theme.placed(line.adjusted(side + 4, 0, 0, 0), line)
        ratio = painter.device().devicePixelRatio()
        painter.drawPixmap(picture, icons.pixmap(shape(entry), entry.ink, side, ratio))
        painter.setPen(keeper.tokens["on_selection" if chosen else "text"])
        shown = metrics.elidedText(entry.text, Qt.TextElideMode.ElideRight, text.width())
        where = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.drawText(text, where, shown)


class MonthGrid(QTableView):
    """Arrows go a day or a week on, over the edge of the month; Page Up and Page Down a month, T to
    today, Enter to the day's list. ``chosen(date)`` tells the day."""

    chosen = Signal(object)
    entered = Signal()
    month_shown = Signal(object)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.days = MonthModel(today, self)
        self.day = today
        self.setModel(self.days)
        self.setItemDelegate(DayDelegate(self))
        self.setAccessibleName("Month")
        self.setMouseTracking(True)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setMinimumSectionSize(20)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setHighlightSections(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(lambda index: self.choose(self.days.day_at(index)))
        self.doubleClicked.connect(lambda _index: self.entered.emit())
        theme.current().changed.connect(self._fit)
        self._fit()
        self.choose(today)

    def choose(self, day: date) -> None:
        """Stand on a day, and show its month."""
        self.day = day
        if day.replace(day=1) != self.days.first:
            self.days.show_month(day)
        self.setCurrentIndex(self.days.index_of(day))
        self.month_shown.emit(self.days.first)
        self.chosen.emit(day)

    def turn(self, months: int) -> None:
        """The same day of another month, or its last."""
        years, month = divmod(self.day.month - 1 + months, 12)
        year, month = self.day.year + years, month + 1
        self.choose(date(year, month, min(self.day.day, monthrange(year, month)[1])))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier,
        )  # fmt: skip
        if not plain or keymap.current().is_off(event) or not self._act(Qt.Key(event.key())):
            super().keyPressEvent(event)

    def _act(self, key: Qt.Key) -> bool:
        on = -1 if theme.is_right_to_left() else 1
        steps = {
            Qt.Key.Key_Left: -on, Qt.Key.Key_Right: on, Qt.Key.Key_Up: -DAYS, Qt.Key.Key_Down: DAYS,
        }  # fmt: skip
        pages = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        if key in steps:
            self.choose(self.day + steps[key] * _DAY)
        elif key in pages:
            self.turn(pages[key])
        elif key == Qt.Key.Key_T:
            self.choose(self.days.month.today)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            return False
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())

    def _fit(self) -> None:
        keeper = theme.current()
        row = QFontMetrics(keeper.font()).height() + QFontMetrics(keeper.font("caption")).height()
        self.verticalHeader().setMinimumSectionSize(row + 12)
        self.setMinimumWidth(keeper.pixels(34) * DAYS)


def shape(entry: Entry) -> str:
    """What it is, as the legend has it; what is late has a shape of its own."""
    return LATE if entry.icon == LATE else LEGEND[entry.kind][0]


def month_words(first: date) -> str:
    """``November 2026``."""
    day = QDate(first.year, first.month, 1)
    return f"{QLocale().standaloneMonthName(first.month)} {QLocale().toString(day, 'yyyy')}"
