"""Fields for dates: always with month names, and able to be empty."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from PySide6.QtCore import QDate, QLocale, Qt, QTime, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QDateEdit, QTimeEdit, QWidget

from casefile import shipped
from casefile.ui import theme
from casefile.ui.lists.flow import FlowLayout
from casefile.ui.models.words import as_date, today

_PATTERN = "ddd d MMM yyyy"
_NO_ARROWS = "QTimeEdit::up-button, QTimeEdit::down-button { width: 0; border: none; }"
_ARROW = (
    "QDateEdit { padding-right: 20px; } QDateEdit::drop-down { border: none; width: 20px; }"
    'QDateEdit::down-arrow { image: url("%s"); width: 12px; height: 12px; }'
)


class DayEdit(QDateEdit):
    """A day; ``picked`` when one was chosen in the calendar. The wheel does not change it:
    scrolling a record must not edit it."""

    picked = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setDisplayFormat(_PATTERN)
        self.setCalendarPopup(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._has_calendar = False
        self.set_day(today())
        theme.current().changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        """The arrow of the window's combo boxes."""
        look = "dark" if theme.current().dark else "light"
        arrow = shipped.path("themes", f"{look}-chevron.svg").as_posix()
        self.setStyleSheet(_ARROW % arrow)

    @property
    def day(self) -> date:
        chosen = self.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    def set_day(self, when: date) -> None:
        self.setDate(QDate(when.year, when.month, when.day))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._listen_to_calendar()
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._listen_to_calendar()
        super().keyPressEvent(event)

    def _listen_to_calendar(self) -> None:
        """It is made when somebody may open it: a calendar is many widgets."""
        if not self._has_calendar:
            self._has_calendar = True
            self.calendarWidget().clicked.connect(lambda _day: self.picked.emit())


class OptionalMoment(QWidget):
    """A box to tick, then a day and (with ``hours``) an hour; ``chosen(iso or None)`` when the
    reporter set another one. Days are ISO dates, moments ISO times in UTC."""

    chosen = Signal(object)

    def __init__(
        self, name: str, words: str, *, hours: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._hours = hours
        self._loading = False
        self._told: str | None = None
        self.on = QCheckBox(words)
        self.on.setAccessibleName(name)
        self.day = DayEdit(f"{name}, day")
        self.hour = QTimeEdit()
        self.hour.setAccessibleName(f"{name}, hour")
        self.hour.setDisplayFormat(QLocale().timeFormat(QLocale.FormatType.ShortFormat))
        self.hour.setStyleSheet(_NO_ARROWS)
        self.hour.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.current().changed.connect(self._fit)
        self._fit()
        row = FlowLayout(self)
        row.addWidget(self.on)
        row.addWidget(self.day)
        row.addWidget(self.hour)
        self.on.toggled.connect(self._toggled)
        self.day.editingFinished.connect(self._tell)
        self.day.picked.connect(self._tell)
        self.hour.editingFinished.connect(self._tell)
        self.load(None)

    @property
    def value(self) -> str | None:
        """What is set now."""
        if not self.on.isChecked():
            return None
        if not self._hours:
            return self.day.day.isoformat()
        clock = self.hour.time()
        local = datetime.combine(self.day.day, time(clock.hour(), clock.minute())).astimezone()
        return local.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")

    def load(self, iso: str | None) -> None:
        self._loading = True
        when = as_date(iso)
        self.on.setChecked(when is not None)
        self.day.set_day(when or today())
        self.hour.setTime(_clock(iso))
        self._show()
        self._told = self.value
        self._loading = False

    def _fit(self) -> None:
        """Room for the hour in every locale."""
        metrics = QFontMetrics(theme.current().font())
        self.hour.setMinimumWidth(metrics.horizontalAdvance("00:00:00 AM") + 16)

    def _toggled(self, on: bool) -> None:
        self._show()
        if not self._loading:
            self._tell()
            if on:
                self.day.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        self.day.setVisible(self.on.isChecked())
        self.hour.setVisible(self.on.isChecked() and self._hours)
        self.updateGeometry()

    def _tell(self) -> None:
        value = self.value
        if not self._loading and value != self._told:
            self._told = value
            self.chosen.emit(value)


def _clock(iso: str | None) -> QTime:
    if not iso or len(iso) <= 10:
        return QTime(9, 0)
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        return QTime(9, 0)
    local = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone()
    return QTime(local.hour, local.minute)
