"""Recording what an agency kept back: how much, under which law and codes. Enter saves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from casefile.domain import exemptions
from casefile.domain.annotations import Extent
from casefile.domain.exemptions import Vocabulary
from casefile.domain.geometry import Box
from casefile.ui.parts import Notice, button, caption, label, leave_wheel
from casefile.ui.reader.token_field import Offer, TokenField

SCOPES = {
    Extent.AREA: "This area",
    Extent.PAGE: "This whole page",
    Extent.RANGE: "Pages never delivered",
    Extent.ANSWER: "The whole answer",
}
#: The largest count of missing pages that can be typed.
MOST_PAGES = 9_999_999


@dataclass(frozen=True, slots=True)
class Place:
    """Where a withholding stands: a page, an area of it if any, in words; ``mark_id`` if it is one
    that is there already."""

    page: int
    where: str
    box: Box | None = None
    mark_id: str = ""


@dataclass(frozen=True, slots=True)
class WithholdingWish:
    """What the form asks to have recorded."""

    place: Place
    extent: Extent
    codes: tuple[str, ...] = ()
    vocabulary: str = ""
    count: int | None = None
    first: str = ""
    last: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the form needs to know: the lists of all laws, the one that is likely meant, codes that
    were used in this case, those printed in the area, and the numbers that are left out after the
    page."""

    vocabularies: Sequence[Vocabulary]
    likely: str
    used: Sequence[str] = ()
    printed: Sequence[str] = ()
    gap: tuple[str, str, int] | None = field(default=None)


class WithholdingForm(QWidget):
    """``saved(WithholdingWish)``, ``given_up()``, ``grew()``: it takes more or less room."""

    saved = Signal(object)
    given_up = Signal()
    grew = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place: Place | None = None
        self._known: Knowledge | None = None
        self._save_at_once = False
        self.where = caption()
        self.scope = QComboBox()
        self.scope.setAccessibleName("What was withheld")
        self.scope.currentIndexChanged.connect(self._scope_changed)
        self.law = QComboBox()
        self.law.setAccessibleName("Law")
        self.law.currentIndexChanged.connect(self._law_changed)
        policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        for box in (self.scope, self.law):
            box.setSizeAdjustPolicy(policy)
        leave_wheel(self.scope, self.law)
        self.codes = TokenField("Exemption codes", "e.g. b5", self._offers, exemptions.parted)
        self.codes.changed.connect(self._tell_unknown)
        self.codes.grew.connect(self.grew)
        self.unknown = label("", "warning")
        self.unknown.hide()
        self.count, self.first, self.last = QLineEdit(), QLineEdit(), QLineEdit()
        self.count.setValidator(QIntValidator(1, MOST_PAGES, self.count))
        self.comment = QLineEdit()
        self.comment.setPlaceholderText("Optional")
        self.notice = Notice()
        self.save = button("Save withholding", self._save, role="primary")
        self.save.setToolTip("Record it (Enter)")
        self._rows = QFormLayout()
        self._lay_out()
        for widget in (self.scope, self.law, self.count, self.first, self.last, self.comment):
            widget.installEventFilter(self)
        self.save.installEventFilter(self)
        self.codes.entered.connect(self._save)
        self.codes.escaped.connect(self.given_up)

    def _lay_out(self) -> None:
        self._rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._rows.setSpacing(8)
        self._range: list[QWidget] = []
        for words, widget in (
            ("Codes", self.codes),
            ("Withheld", self.scope),
            ("Pages", self.count),
            ("From", self.first),
            ("To", self.last),
            ("Law", self.law),
            ("Note", self.comment),
        ):
            name = QLabel(words)
            name.setBuddy(widget)
            self._rows.addRow(name, widget)
            if widget in (self.count, self.first, self.last):
                self._range += [name, widget]
        for edit, words in (
            (self.count, "How many pages are missing"),
            (self.first, "First number that is missing"),
            (self.last, "Last number that is missing"),
            (self.comment, "Note"),
        ):
            edit.setAccessibleName(words)
        self.count.setPlaceholderText("How many, if known")
        self.first.setPlaceholderText("e.g. ICE-2018-000123")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.where)
        column.addLayout(self._rows)
        column.addWidget(self.unknown)
        column.addWidget(self.notice)
        column.addWidget(self.save)
        column.addStretch(1)

    def begin(self, wish: WithholdingWish) -> None:
        """Show a withholding that is to be recorded, or to be changed; ``know`` follows. Enter
        pressed before that waits."""
        self._place, self._known = wish.place, None
        self._save_at_once = False
        self.where.setText(wish.place.where)
        self.notice.clear()
        with QSignalBlocker(self.scope):
            self.scope.clear()
            for extent, words in SCOPES.items():
                if extent is not Extent.AREA or wish.place.box is not None:
                    self.scope.addItem(words, extent)
            self.scope.setCurrentIndex(max(0, self.scope.findText(SCOPES[wish.extent])))
        self.codes.set_tokens(wish.codes)
        self.count.setText("" if wish.count is None else str(wish.count))
        self.first.setText(wish.first)
        self.last.setText(wish.last)
        self.comment.setText(wish.comment)
        self._wanted_law = wish.vocabulary
        self._scope_changed()

    def know(self, known: Knowledge) -> None:
        """The law and what it brings along are known now."""
        self._known = known
        with QSignalBlocker(self.law):
            self.law.clear()
            for vocabulary in known.vocabularies:
                self.law.addItem(vocabulary.law, vocabulary.id)
            wanted = self._wanted_law or known.likely
            self.law.setCurrentIndex(max(0, self.law.findData(wanted)))
        if known.printed and not self.codes.tokens:
            self.codes.set_tokens(known.printed)
        self._fill_gap()
        self._law_changed()
        if self._save_at_once:
            self._save()

    def enter(self) -> None:
        """Put the caret where the first thing is typed."""
        is_range = self.scope.currentData() == Extent.RANGE
        (self.count if is_range else self.codes.line).setFocus(Qt.FocusReason.OtherFocusReason)

    def wish(self) -> WithholdingWish | None:
        """What would be recorded now."""
        if self._place is None:
            return None
        extent = Extent(self.scope.currentData())
        count, first, last = self.count.text().strip(), self.first.text(), self.last.text()
        if extent is not Extent.RANGE:
            count = first = last = ""
        return WithholdingWish(
            self._place,
            extent,
            tuple(self._as_law_writes(code) for code in self.codes.tokens),
            str(self.law.currentData() or self._wanted_law),
            int(count) if count.isdecimal() else None,
            first.strip(),
            last.strip(),
            self.comment.text().strip(),
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._save()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.given_up.emit()
                return True
        return super().eventFilter(watched, event)

    def _scope_changed(self) -> None:
        is_range = self.scope.currentData() == Extent.RANGE
        for widget in self._range:
            widget.setVisible(is_range)
        if is_range:
            self._fill_gap()
        self.grew.emit()

    def _fill_gap(self) -> None:
        """What the printed numbers leave out is what is missing, unless something was typed."""
        gap = self._known.gap if self._known is not None else None
        typed = self.count.text() or self.first.text() or self.last.text()
        if gap is not None and not typed and self.scope.currentData() == Extent.RANGE:
            self.first.setText(gap[0])
            self.last.setText(gap[1])
            self.count.setText(str(gap[2]))

    @property
    def _vocabularies(self) -> tuple[Vocabulary, ...]:
        """The chosen law's list, then those that are printed beside it."""
        if self._known is None:
            return ()
        chosen = next(
            (each for each in self._known.vocabularies if each.id == self.law.currentData()), None
        )
        if chosen is None:
            return ()
        beside = (v for v in self._known.vocabularies if v.jurisdiction == chosen.jurisdiction)
        return (chosen, *(each for each in beside if each is not chosen))

    def _offers(self, typed: str) -> Sequence[Offer]:
        used = self._known.used if self._known is not None else ()
        if not typed and not used:
            return ()
        found = exemptions.complete(typed, self._vocabularies, used)
        return [Offer(code.code, code.description) for code in found]

    def _as_law_writes(self, code: str) -> str:
        known = exemptions.normalise(code, self._vocabularies)
        return known.code if known is not None else code

    def _law_changed(self) -> None:
        self.law.setToolTip(self.law.currentText())
        self.codes.offer()
        self._tell_unknown()

    def _tell_unknown(self) -> None:
        """A code that the law's list does not have is kept all the same."""
        lists = self._vocabularies
        strange = [c for c in self.codes.tokens if exemptions.normalise(c, lists) is None]
        told = bool(strange and lists)
        self.unknown.setVisible(told)
        if told:
            self.unknown.setText(
                f"Not in this law's list: {', '.join(strange)}. It is kept as typed."
            )
        self.grew.emit()

    def _save(self) -> None:
        self._save_at_once = self._known is None
        wish = self.wish()
        if wish is not None and not self._save_at_once:
            self.saved.emit(wish)
