"""What came of making or checking a bundle."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from casefile.domain.errors import UserError
from casefile.services import wording
from casefile.services.leaving.bundle import BundleReport
from casefile.services.leaving.verifying import VerifyReport
from casefile.ui.announce import announce
from casefile.ui.bundles.words import (
    NO_LEAK_CHECK,
    READ_IT,
    left_out_lines,
    problem_lines,
)
from casefile.ui.lists.flow import FlowLayout
from casefile.ui.models.words import counted, visible
from casefile.ui.parts import ElidedLabel, Notice, button, label


class Report(QWidget):
    """Shows the outcome in one place; ``verify_wanted(path)``, ``closed``."""

    verify_wanted = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path: Path | None = None
        self.notice = Notice("done")
        self.where = ElidedLabel("", "body", Qt.TextElideMode.ElideMiddle)
        self.where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.lines = label("")
        self.warning = Notice("warning")
        self.show_button = button("Show", self._show, icon="folder-open")
        self.show_button.setAccessibleName("Show the bundle in its folder")
        self.verify = button("Verify", self._verify, icon="shield-check")
        self.close_button = button("Done", self.closed.emit, role="primary")
        row = FlowLayout()
        for made in (self.show_button, self.verify, self.close_button):
            row.addWidget(made)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for widget in (self.notice, self.where, self.lines, self.warning):
            column.addWidget(widget)
        column.addLayout(row)
        column.addStretch(1)

    def show_made(self, made: BundleReport) -> None:
        """A bundle is there; what failed and what was left out is listed."""
        what = f"The bundle is made: {counted(made.documents, 'document')}, "
        what += counted(made.files, "file") + "."
        lines = [f"Left out: {line}" for line in left_out_lines(made.left_out)]
        lines += [f"Could not be copied: {visible(each.reason)}" for each in made.failed]
        self._tell(made.path, what, lines, "warning" if made.failed else "done")
        self.warning.show_words(NO_LEAK_CHECK, READ_IT)

    def show_checked(self, path: Path, found: VerifyReport) -> None:
        """A bundle is complete and unchanged, or what is wrong with it."""
        if found.ok:
            what = f"The bundle is complete and unchanged: {counted(found.files, 'file')} checked."
        else:
            what = f"The bundle is not what it was: {counted(len(found.problems), 'problem')}."
        lines = problem_lines(found.problems)
        if found.fingerprint:
            lines.append(f"Fingerprint: {found.fingerprint}")
        self._tell(path, what, lines, "done" if found.ok else "danger")
        self.warning.clear()

    def show_failed(self, error: UserError, path: Path | None = None) -> None:
        self._path = path
        self.notice.show_words("", kind="danger")
        self.notice.show_error(error)
        self._tell_place([])
        self.warning.clear()
        announce(wording.explain(error).sentence(), self, urgent=True)

    def _tell(self, path: Path, what: str, lines: Sequence[str], kind: str) -> None:
        self._path = path
        self.notice.show_words(what, kind=kind)
        self._tell_place(lines)

    def _tell_place(self, lines: Sequence[str]) -> None:
        there = self._path is not None and self._path.exists()
        self.where.setVisible(there)
        self.where.set_text(visible(str(self._path)) if there else "")
        self.lines.setVisible(bool(lines))
        self.lines.setText("\n".join(lines))
        self.show_button.setVisible(there)
        self.verify.setVisible(there)
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        """Open the folder that holds it: never a document itself."""
        if self._path is not None:
            folder = self._path if self._path.is_dir() else self._path.parent
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _verify(self) -> None:
        if self._path is not None:
            self.verify_wanted.emit(self._path)
