"""Makes a bundle: what goes in, for whom, what stays behind, where. One page, nothing hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from casefile.domain.errors import UserError
from casefile.services.leaving import bundle
from casefile.services.leaving.bundle import BundlePreview
from casefile.services.leaving.contents import Recipient
from casefile.ui import file_dialog
from casefile.ui.bundles.contents_box import ContentsBox
from casefile.ui.bundles.place_box import PlaceBox
from casefile.ui.bundles.recipient_box import RecipientBox
from casefile.ui.bundles.words import NO_LEAK_CHECK, READ_IT, goes_in, left_out_lines
from casefile.ui.lists.record import Record
from casefile.ui.models.documents import DocumentEntry
from casefile.ui.models.words import today
from casefile.ui.parts import Notice, button, label, section
from casefile.ui.session import CaseSession
from casefile.ui.tasks import TaskHandle

#: A pause in choosing after which the preview is worked out, in milliseconds.
_PAUSE = 150


@dataclass(frozen=True, slots=True)
class BundleWish:
    """What the sheet asks for; ``document_ids`` is None for all."""

    document_ids: list[str] | None
    recipient: Recipient
    out: Path
    zipped: bool


class BundleSheet(Record):
    """``wanted(BundleWish)``, ``cancelled`` with Esc."""

    wanted = Signal(object)
    cancelled = Signal()

    def __init__(self, session: CaseSession, parent: QWidget | None = None) -> None:
        super().__init__("New bundle", parent)
        self.session = session
        self._looking: TaskHandle[BundlePreview] | None = None
        self._possible = False
        self.contents = ContentsBox()
        self.recipient = RecipientBox()
        self.place = PlaceBox()
        self.inside = label("")
        self.outside = label("", "muted")
        self.problem = Notice("danger")
        self.warning = Notice("warning")
        self.make = button("Make bundle", self._make, role="primary", icon="package")
        self.column.setSpacing(8)
        for heading, widgets in (
            ("1  What goes in", (self.contents,)),
            ("2  For whom", (self.recipient,)),
            ("3  What stays behind", (self.inside, self.outside, self.problem, self.warning)),
            ("4  Where", (self.place,)),
        ):
            self.column.addWidget(section(heading))
            for widget in widgets:
                self.column.addWidget(widget)
            self.column.addSpacing(12)
        self.warning.show_words(NO_LEAK_CHECK, READ_IT)  # once it has its place in the window
        self.add_plain(self.make, button("Cancel", self.cancelled.emit))
        self.column.addStretch(1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._look)
        self.make.setEnabled(False)
        self.contents.changed.connect(self._changed)
        self.recipient.changed.connect(self._changed)
        self.place.changed.connect(self._enable)

    def begin(self, entries: Sequence[DocumentEntry], chosen: Sequence[str]) -> None:
        """Start with these documents chosen, or with all."""
        self.contents.show_documents(entries)
        self.contents.begin(chosen)
        self.place.suggest(file_dialog.start_folder(), f"Bundle {today().isoformat()}")
        self._cannot("", "")
        self.inside.setText("Looking what may go in…")
        self._look()
        first = self.contents.some if chosen else self.contents.all
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def _changed(self) -> None:
        """Nothing is made before it was said what stays behind."""
        self._possible = False
        self._enable()
        self._pause.start()

    def _look(self) -> None:
        """Work out what would go in and what would not."""
        self._pause.stop()
        if self._looking is not None:
            self._looking.cancel()
        case = self.session.case
        chosen, recipient = self.contents.chosen, self.recipient.recipient
        if chosen is not None and not chosen:
            self._cannot("No document is chosen.", "Tick at least one, or take all documents.")
            return
        self._looking = self.session.tasks.run(
            lambda: bundle.preview(case, chosen, recipient),
            self._found,
            self._refused,
            owner=self,
        )

    def _found(self, preview: BundlePreview) -> None:
        self._possible = True
        self.problem.clear()
        self.inside.setText(goes_in(preview))
        lines = left_out_lines(preview.left_out)
        self.outside.setText(
            "Left out:\n" + "\n".join(f"– {line}" for line in lines)
            if lines
            else "Nothing is left out."
        )
        self._enable()

    def _refused(self, error: UserError) -> None:
        self._cannot("", "")
        self.problem.show_error(error)

    def _cannot(self, what: str, rest: str) -> None:
        self._possible = False
        self.inside.clear()
        self.outside.clear()
        self.problem.clear()
        if what:
            self.problem.show_words(what, rest)
        self._enable()

    def _enable(self) -> None:
        self.make.setEnabled(self._possible and self.place.where is not None)

    def _make(self) -> None:
        where = self.place.where
        if where is not None and self._possible:
            self.wanted.emit(
                BundleWish(self.contents.chosen, self.recipient.recipient, where, self.place.zipped)
            )
