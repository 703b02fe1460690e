"""The inspector, right of the pages: the mark, quote or follow-up that is being worked on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from casefile.ui.parts import IconButton, section
from casefile.ui.reader.bulk_form import BulkForm
from casefile.ui.reader.followup_form import FollowUpForm
from casefile.ui.reader.mark_form import MarkForm
from casefile.ui.reader.quote_form import QuoteForm
from casefile.ui.reader.withholding_form import WithholdingForm

Form = TypeVar("Form", bound=QWidget)


class Inspector(QFrame):
    """One form at a time, or hidden; each is made when it is needed for the first time, because
    all of them take longer to make than a page to draw. ``closed()``: back to the page;
    ``opened()``: a form is shown."""

    closed = Signal()
    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._areas: dict[type[QWidget], _Scrolling] = {}
        self._wires: dict[type[QWidget], list[Callable[[Any], object]]] = {}
        self._title = section()
        close = IconButton("x", "Close inspector", "Esc")
        close.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(close)
        self._forms = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 12, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._forms, 1)
        self.setAccessibleName("Inspector")
        self.hide()

    @property
    def quote(self) -> QuoteForm:
        return self._one(QuoteForm)

    @property
    def mark(self) -> MarkForm:
        return self._one(MarkForm)

    @property
    def followup(self) -> FollowUpForm:
        return self._one(FollowUpForm)

    @property
    def withholding(self) -> WithholdingForm:
        return self._one(WithholdingForm)

    @property
    def bulk(self) -> BulkForm:
        return self._one(BulkForm)

    def made(self, kind: type[Form]) -> Form | None:
        """The form of this kind, if it was needed so far."""
        area = self._areas.get(kind)
        form = area.widget() if area is not None else None
        return form if isinstance(form, kind) else None

    def when_made(self, kind: type[Form], wire: Callable[[Form], object]) -> None:
        """Call ``wire`` with the form of this kind when it is made, or now if it is there."""
        self._wires.setdefault(kind, []).append(wire)
        form = self.made(kind)
        if form is not None:
            wire(form)

    def _one(self, kind: type[Form]) -> Form:
        form = self.made(kind)
        if form is None:
            form = kind()
            self._areas[kind] = _scrolling(form)
            self._forms.addWidget(self._areas[kind])
            self._connect(form)
            for wire in self._wires.get(kind, ()):
                wire(form)
        return form

    def _connect(self, form: QWidget) -> None:
        if isinstance(form, MarkForm):
            form.done.connect(self.closed)
        elif isinstance(form, BulkForm):
            form.escaped.connect(self.closed)
        elif isinstance(form, QuoteForm | WithholdingForm | FollowUpForm):
            form.given_up.connect(self.closed)
        if isinstance(form, QuoteForm | WithholdingForm | BulkForm | MarkForm):
            form.grew.connect(self._form_grew)

    @property
    def form(self) -> QWidget | None:
        """The form that is shown; ``None`` when hidden."""
        area = self._forms.currentWidget()
        if self.isHidden() or not isinstance(area, _Scrolling):
            return None
        return area.widget()

    def open(self, form: QWidget, title: str) -> None:
        """Show a form under a title, leaving the focus where it is."""
        self._title.setText(title)
        self._forms.setCurrentWidget(self._areas[type(form)])
        self.show()
        self.opened.emit()

    def _form_grew(self) -> None:
        if self.form is self.sender():
            self.opened.emit()

    def wanted_height(self) -> int:
        """What the whole form takes."""
        form = self.form
        if form is None:
            return 0
        return form.sizeHint().height() + self.fontMetrics().height() * 2 + 40

    def close_form(self) -> None:
        """Save what is open and hide."""
        self.save()
        self.hide()

    def save(self) -> None:
        """Hand on a comment that was changed."""
        form = self.made(MarkForm)
        if form is not None:
            form.save()


class _Scrolling(QScrollArea):
    """Scrolls up and down only: never narrower than its form."""

    def minimumSizeHint(self) -> QSize:
        form = self.widget()
        return QSize(form.minimumSizeHint().width() if form is not None else 0, 80)


def _scrolling(form: QWidget) -> _Scrolling:
    area = _Scrolling()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(form)
    return area
