"""The inspector, right of the pages: the mark, quote or follow-up that is being worked on."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from casefile.ui.parts import IconButton, section
from casefile.ui.reader.bulk_form import BulkForm
from casefile.ui.reader.followup_form import FollowUpForm
from casefile.ui.reader.mark_form import MarkForm
from casefile.ui.reader.quote_form import QuoteForm
from casefile.ui.reader.withholding_form import WithholdingForm


class Inspector(QFrame):
    """One form at a time, or hidden. ``closed()``: back to the page; ``opened()``: a
    form is shown."""

    closed = Signal()
    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.quote = QuoteForm()
        self.mark = MarkForm()
        self.followup = FollowUpForm()
        self.withholding = WithholdingForm()
        self.bulk = BulkForm()
        self._title = section()
        close = IconButton("x", "Close inspector", "Esc")
        close.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(close)
        self._forms = QStackedWidget()
        self._all: tuple[QWidget, ...] = (
            self.quote, self.mark, self.followup, self.withholding, self.bulk
        )  # fmt: skip
        for form in self._all:
            self._forms.addWidget(_scrolling(form))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 12, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._forms, 1)
        self.setAccessibleName("Inspector")
        self.quote.given_up.connect(self.closed)
        self.quote.grew.connect(self._form_grew)
        self.followup.given_up.connect(self.closed)
        self.withholding.given_up.connect(self.closed)
        self.withholding.grew.connect(self._form_grew)
        self.bulk.grew.connect(self._form_grew)
        self.bulk.escaped.connect(self.closed)
        self.mark.done.connect(self.closed)
        self.mark.grew.connect(self._form_grew)
        self.hide()

    @property
    def form(self) -> QWidget | None:
        """The form that is shown; ``None`` when hidden."""
        if self.isHidden():
            return None
        return self._all[self._forms.currentIndex()]

    def open(self, form: QWidget, title: str) -> None:
        """Show a form under a title, leaving the focus where it is."""
        self._title.setText(title)
        self._forms.setCurrentIndex(self._all.index(form))
        self.show()
        self.opened.emit()

    def _form_grew(self) -> None:
        if self.form is self.sender():
            self.opened.emit()

    def wanted_height(self) -> int:
        """What the whole form takes."""
        form = self.form or self.quote
        return form.sizeHint().height() + self.fontMetrics().height() * 2 + 40

    def close_form(self) -> None:
        """Save what is open and hide."""
        self.mark.save()
        self.hide()


class _Scrolling(QScrollArea):
    """Scrolls up and down only: never narrower than its form."""

    def minimumSizeHint(self) -> QSize:
        form = self.widget()
        return QSize(form.minimumSizeHint().width() if form is not None else 0, 80)


def _scrolling(form: QWidget) -> QScrollArea:
    area = _Scrolling()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(form)
    return area
