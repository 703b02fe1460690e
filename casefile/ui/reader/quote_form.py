"""Saving selected words as a quote: who said it, under which terms. Enter saves.

The capture is locked. What is quoted otherwise stands in a second field, with every change marked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from casefile.domain.geometry import Quad
from casefile.domain.people import Source, Terms
from casefile.ui.announce import announce
from casefile.ui.parts import CHIPS, Notice, button, caption, label, leave_wheel
from casefile.ui.reader.captured import CapturedText
from casefile.ui.reader.edited_version import EditedVersion
from casefile.ui.reader.region_picture import PICTURE, Picture

__all__ = ["NO_SPEAKER", "PICTURE", "Capture", "QuoteForm", "QuoteWish"]

NO_SPEAKER = "No speaker"
OCR_WORDS = "Recognised from a picture (OCR, {sure:.0f} % sure): check the words against the page."


@dataclass(frozen=True, slots=True)
class Capture:
    """What is to be quoted: the words, where they stand, and the highlight they come from; of a
    region its picture, with whatever words stand in it."""

    page: int
    text: str
    quads: tuple[Quad, ...]
    prefix: str
    suffix: str
    where: str
    annotation_id: str = ""
    is_region: bool = False


@dataclass(frozen=True, slots=True)
class QuoteWish:
    """What the form asks to have saved."""

    capture: Capture
    source_id: str | None
    terms: Terms
    note: str
    edited: str = ""


class QuoteForm(QWidget):
    """``saved(QuoteWish)``, ``given_up()``, ``grew()``: it takes more or less room."""

    saved = Signal(object)
    given_up = Signal()
    grew = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._capture: Capture | None = None
        self._knows_speakers = False
        self._save_at_once = False
        self._terms_by_source: dict[str, Terms] = {}
        self.words = CapturedText("Captured words")
        self.picture = Picture()
        self.version = EditedVersion()
        self.version.grew.connect(self.grew)
        self.where = caption()
        self.ocr = label("", "warning")
        self.speaker = QComboBox()
        self.speaker.setAccessibleName("Speaker")
        self.speaker.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.speaker.currentIndexChanged.connect(self._take_terms)
        self.terms = QComboBox()
        self.terms.setAccessibleName("Terms")
        for terms in Terms:
            self.terms.addItem(CHIPS[terms.value].word, terms)
        leave_wheel(self.speaker, self.terms)
        self.note = QLineEdit()
        self.note.setAccessibleName("Note")
        self.note.setPlaceholderText("Optional")
        self.notice = Notice()
        self.save = button("Save quote", self._save, role="primary")
        self.save.setToolTip("Save as unverified (Enter)")
        rows = QFormLayout()
        rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows.setSpacing(8)
        fields: tuple[tuple[str, QWidget], ...] = (
            ("Speaker", self.speaker),
            ("Terms", self.terms),
            ("Note", self.note),
        )
        for words, field in fields:
            name = QLabel(words)
            name.setBuddy(field)
            rows.addRow(name, field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.picture)
        column.addWidget(self.words)
        column.addWidget(self.where)
        column.addWidget(self.ocr)
        column.addWidget(self.version)
        column.addLayout(rows)
        column.addWidget(self.notice)
        column.addWidget(self.save)
        column.addStretch(1)
        fields_ = (self.words, self.version.field, self.speaker, self.terms, self.note, self.save)
        for widget in fields_:
            widget.installEventFilter(self)

    def set_speakers(self, sources: Sequence[Source], last: str | None) -> None:
        """Who can have said it; ``last`` spoke in the quote saved before this one. Confidential
        sources stand under their code names."""
        self._terms_by_source = {source.id: source.terms for source in sources}
        with QSignalBlocker(self.speaker):
            self.speaker.clear()
            self.speaker.addItem(NO_SPEAKER, None)
            for source in sorted(sources, key=lambda source: source.label.casefold()):
                self.speaker.addItem(source.label, source.id)
            self.speaker.setCurrentIndex(max(0, self.speaker.findData(last)))
        self._take_terms()
        self._knows_speakers = True
        if self._save_at_once:
            self._save()

    def begin(self, capture: Capture) -> None:
        """Show what is to be quoted; ``set_speakers`` follows. Enter pressed before that waits."""
        self._capture = capture
        self._knows_speakers = self._save_at_once = False
        self.words.set_words(capture.text)
        self.words.setVisible(bool(capture.text.strip()))
        self.picture.wait() if capture.is_region else self.picture.hide()
        self.ocr.hide()
        self.version.begin(capture.text)
        self.where.setText(capture.where)
        self.note.clear()
        self.notice.clear()

    def wish(self) -> QuoteWish | None:
        """What would be saved now."""
        if self._capture is None:
            return None
        terms = Terms(self.terms.currentData())
        source = self.speaker.currentData()
        source_id = source if isinstance(source, str) else None
        return QuoteWish(
            self._capture, source_id, terms, self.note.text().strip(), self.version.words
        )

    def take_up(self, wish: QuoteWish) -> None:
        """Go on with a quote that was not saved; its speaker must be known."""
        self.speaker.setCurrentIndex(max(0, self.speaker.findData(wish.source_id)))
        self.terms.setCurrentIndex(self.terms.findText(CHIPS[wish.terms.value].word))
        self.note.setText(wish.note)
        if wish.edited:
            self.version.take_up(wish.edited)

    def show_ocr(self, confidence: float | None) -> None:
        """How sure OCR was of the page's words, from 0 to 100; None where it read none."""
        there = confidence is not None and not self.words.isHidden()
        self.ocr.setVisible(there)
        if there:
            self.ocr.setText(OCR_WORDS.format(sure=confidence))
        self.grew.emit()

    def show_picture(self, capture: Capture, image: QImage) -> None:
        """The picture of the region has come, if it is still the one that is quoted."""
        if capture is self._capture:
            self.picture.show_image(image)
            self.grew.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not shift:
                self._save()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.given_up.emit()
                return True
        return super().eventFilter(watched, event)

    def _take_terms(self) -> None:
        """A source's own terms are where its next quote starts."""
        terms = self._terms_by_source.get(self.speaker.currentData() or "", Terms.ON_RECORD)
        self.terms.setCurrentIndex(self.terms.findText(CHIPS[terms.value].word))

    def _save(self) -> None:
        if self._capture is None or not self._knows_speakers:
            self._save_at_once = self._capture is not None
            return
        self._save_at_once = False
        if not self.version.is_marked:
            self.version.field.setFocus(Qt.FocusReason.OtherFocusReason)
            announce(self.version.fault.text(), self, urgent=True)
            return
        wish = self.wish()
        if wish is not None:
            self.saved.emit(wish)
