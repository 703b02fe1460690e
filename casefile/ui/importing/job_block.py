"""One import in the jobs panel: progress, files, and what needs the reporter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from casefile.services.wording import printable
from casefile.ui import clipboard, icons, theme
from casefile.ui.announce import announce
from casefile.ui.importing.file_rows import NEEDS_PASSWORD, FileRow, FileRows, NeedsYou
from casefile.ui.importing.jobs import ImportJob
from casefile.ui.parts import ElidedLabel, IconButton, button, label
from casefile.ui.start.passphrase_field import PassphraseField

if TYPE_CHECKING:
    from casefile.services.leaving.door import Words

_STEPS = 100


class JobBlock(QFrame):
    """``dismissed`` when an import that has ended is to go from the list."""

    dismissed = Signal(object)

    def __init__(self, job: ImportJob, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.job = job
        self._chosen: FileRow | None = None
        self.words = ElidedLabel("", "section")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, _STEPS)
        self.bar.setAccessibleName("Progress of the import")
        self.cancel_button = button("Cancel", job.cancel)
        self.only = QPushButton("Only what needs you")
        self.only.setCheckable(True)
        self.only.setAutoDefault(False)
        self.copy_button = button("Copy report", self._copy)
        self.dismiss_button = IconButton("x", "Dismiss this import")
        self.dismiss_button.clicked.connect(lambda: self.dismissed.emit(job))
        self.proxy = NeedsYou(job.files, self)
        self.only.toggled.connect(lambda on: self.proxy.show_only(only=on))
        self.view = QTreeView()
        self._set_up_view()
        self.password = PassphraseField("Password")
        self.password_row = self._make_password_row()
        self.originals = self._make_originals_row()
        self._lay_out()
        job.moved.connect(self.refresh)
        job.ended.connect(self._ended)
        self.refresh()

    def _set_up_view(self) -> None:
        view = self.view
        view.setModel(self.proxy)
        view.setAccessibleName("Files of this import")
        view.setProperty("role", "files")
        view.setRootIsDecorated(False)
        view.setUniformRowHeights(True)
        view.setHeaderHidden(True)
        view.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        view.setTabKeyNavigation(False)
        header = view.header()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(0, theme.current().pixels(340))
        view.selectionModel().currentChanged.connect(self._choose)

    def _make_password_row(self) -> QWidget:
        holder = QWidget()
        self.password_label = ElidedLabel("", "body", Qt.TextElideMode.ElideMiddle)
        self.password.entered.connect(self._try_password)
        self.try_button = button("Add", self._try_password, role="primary")
        self.skip_button = button("Skip", self._skip)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(8)
        row.addWidget(self.password_label, 2)
        row.addWidget(self.password, 2)
        row.addWidget(self.try_button)
        row.addWidget(self.skip_button)
        holder.hide()
        return holder

    def _make_originals_row(self) -> QWidget:
        holder = QWidget()
        picture = QLabel()
        picture.setPixmap(icons.pixmap("triangle-alert", "warning", 18, self.devicePixelRatioF()))
        self.originals_words = ElidedLabel("", "warning")
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(8)
        row.addWidget(picture)
        row.addWidget(self.originals_words, 1)
        row.addWidget(button("Show folder", self._show_originals))
        holder.hide()
        return holder

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.words, 2)
        head.addWidget(self.bar, 1)
        head.addWidget(self.cancel_button)
        head.addWidget(self.only)
        head.addWidget(self.copy_button)
        head.addWidget(self.dismiss_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        column.addWidget(self.password_row)
        column.addWidget(self.originals)

    def refresh(self) -> None:
        job = self.job
        self.words.set_text(job.summary)
        done, total = job.progress
        steps = round(_STEPS * done / total) if total else 0
        if steps != self.bar.value():
            self.bar.setValue(steps)
        self.bar.setVisible(job.running)
        self.cancel_button.setVisible(job.running)
        self.cancel_button.setEnabled(not job.cancelled)
        self.dismiss_button.setVisible(not job.running)
        self.only.setVisible(any(row.needs_you for row in job.files.rows))

    def enter(self) -> None:
        """Take the focus where something is to be done."""
        (self.view if self.proxy.rowCount() else self.copy_button).setFocus()

    def _ended(self) -> None:
        self.refresh()
        needing = [n for n, row in enumerate(self.job.files.rows) if row.needs_you]
        self.only.setChecked(bool(needing) and len(needing) < len(self.job.files.rows))
        protected = [n for n in needing if self.job.files.rows[n].code in NEEDS_PASSWORD]
        if protected:
            source = self.job.files.index(protected[0], 0)
            self.view.setCurrentIndex(self.proxy.mapFromSource(source))
            self._choose(self.view.currentIndex())
        elif self._chosen is not None:
            self._choose(self.view.currentIndex())
        self._tell_originals()

    def _tell_originals(self) -> None:
        folders = self.job.originals_left_in
        if not folders or not self.originals.isHidden():
            return
        names = ", ".join(f"“{printable(folder.name)}”" for folder in folders[:3])
        more = f" and {len(folders) - 3} more folders" if len(folders) > 3 else ""
        words = f"The originals are still in {names}{more}, unencrypted."
        self.originals_words.set_text(words)
        self.originals.show()
        announce(words, self)

    def _show_originals(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.job.originals_left_in[0])))

    def _choose(self, current: QModelIndex, _before: QModelIndex | None = None) -> None:
        row = current.data(FileRows.ROW) if current.isValid() else None
        self._chosen = row if isinstance(row, FileRow) else None
        protected = self._chosen is not None and self._chosen.code in NEEDS_PASSWORD
        if self._chosen is not None and protected:
            name = printable(self._chosen.path.name)
            self.password_label.set_text(f"Password for {name}")
            self.password.clear()
        self.password_row.setVisible(protected)

    def _try_password(self) -> None:
        if self._chosen is not None and self.password.text():
            self.job.try_password(self._chosen.path, self.password.text())
            self.password.clear()

    def _skip(self) -> None:
        if self._chosen is not None:
            self.job.files.skip(self.job.files.rows.index(self._chosen))
            self.password_row.hide()
            self.view.setFocus()

    def _copy(self) -> None:
        from casefile.services.leaving import clipboard_text

        session, text = self.job.session, self.job.report()

        def put(words: Words) -> None:
            clipboard.put(session, words.text, sensitive=words.delicate)
            session.toast.emit("Report copied", False)  # noqa: FBT003 - nothing to undo

        case = session.case
        session.tasks.run(lambda: clipboard_text.report_text(case, text), put, owner=self)


def no_jobs() -> QWidget:
    """What the panel shows when nothing runs and nothing has run."""
    made = label("Nothing is running. Imports and OCR appear here.", "muted")
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return made
