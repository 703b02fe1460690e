"""What every print sheet has: the printer, copies, what paper means, and the way to stop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from casefile.domain.errors import UserError
from casefile.domain.progress import JobContext
from casefile.ui.bundles.progress import Progress
from casefile.ui.parts import Notice, button, caption, fit_dialog, heading, label, leave_wheel
from casefile.ui.printing.printers import PrinterName, Printers, SystemPrinters
from casefile.ui.session import CaseSession
from casefile.ui.start.sheet import field_label
from casefile.ui.tasks import TaskHandle

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

LEAVES = "Paper leaves the case."
_NO_FILES = "Printers that write a file are not offered: {instead}"
MOST_COPIES = 99
OpenPrinter = Callable[[], "QPrinter"]
#: Called with how much is done, of how much, and what; it may raise ``Cancelled``.
Report = Callable[[int, int, str], None]


class PaperSheet(QDialog):
    """Stays open while it prints. A sheet says what it prints: ``fields`` lays out its choices,
    ``wrong`` says why nothing can be printed yet, ``print_work`` gives what prints it and the words
    for when it is done."""

    what_that_means = ""
    instead = ""

    def __init__(
        self,
        session: CaseSession,
        parent: QWidget | None = None,
        printers: Printers | None = None,
        height: int = 560,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Casefile")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._printers = printers or SystemPrinters()
        self._job: TaskHandle[None] | None = None
        self.printer = QComboBox()
        self.copies = QSpinBox()
        self.copies.setRange(1, MOST_COPIES)
        leave_wheel(self.printer, self.copies)
        self.notice = Notice("danger")
        self.warning = Notice("warning")
        self.why_not = label("", "muted")
        self.print_button = button("Print", self._print, role="primary", icon="printer")
        self.print_button.setDefault(True)
        self.progress = Progress()
        self.progress.cancelled.connect(self._cancel)
        self._stack = QStackedWidget()
        self._lay_out()
        fit_dialog(self, 520, height)
        self._session.tasks.run(self._printers.names, self._take_printers, owner=self)
        self.refresh()

    def fields(self, column: QVBoxLayout) -> None:
        """What can be chosen besides the printer."""

    def wrong(self) -> str:
        """Why nothing can be printed yet; empty where it can."""
        return ""

    def print_work(self, open_printer: OpenPrinter) -> tuple[Callable[[Report], None], str]:
        """What prints, on a job's thread, and what is told when it is done."""
        raise NotImplementedError

    def _lay_out(self) -> None:
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for name, field in (("&Printer", self.printer), ("&Copies", self.copies)):
            column.addWidget(field_label(name, field))
            column.addWidget(field)
        column.addWidget(caption(_NO_FILES.format(instead=self.instead)))
        column.addSpacing(4)
        self.fields(column)
        column.addSpacing(4)
        column.addWidget(self.warning)
        column.addWidget(self.notice)
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(self.why_not, 1)
        foot.addWidget(button("Cancel", self.reject))
        foot.addWidget(self.print_button)
        column.addLayout(foot)
        self._stack.addWidget(form)
        self._stack.addWidget(self.progress)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 20, 24, 16)
        whole.setSpacing(12)
        whole.addWidget(heading("Print"))
        whole.addWidget(self._stack, 1)
        self.warning.show_words(LEAVES, self.what_that_means)

    def _take_printers(self, found: Sequence[PrinterName]) -> None:
        self.printer.clear()
        for each in found:
            if not each.refused:
                self.printer.addItem(each.name, each.name)
                if each.default:
                    self.printer.setCurrentIndex(self.printer.count() - 1)
        self.refresh()
        self.print_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Say whether it can be printed now."""
        why = "" if self.printer.count() else "No printer is set up on this computer."
        why = why or self.wrong()
        self.why_not.setText(why)
        self.print_button.setEnabled(not why)

    def _print(self) -> None:
        if not self.print_button.isEnabled():
            return
        printers, name, copies = self._printers, self.printer.currentText(), self.copies.value()
        progress = self.progress

        def open_printer() -> QPrinter:
            printer = printers.open(name)
            printer.setCopyCount(copies)
            return printer

        printing, told = self.print_work(open_printer)

        def work(context: JobContext) -> None:
            def report(done: int, total: int, what: str) -> None:
                context.check()
                progress.report(done, total, what)

            printing(report)

        self.notice.clear()
        self._stack.setCurrentWidget(progress)
        self.progress.begin("Printing")
        self._job = self._session.tasks.job(
            work, lambda _none: self._done(told), self._failed, owner=self
        )

    def _done(self, told: str) -> None:
        self.progress.end()
        self._job = None
        self._session.toast.emit(told, False)  # noqa: FBT003 - paper cannot be undone
        self.accept()

    def _failed(self, error: UserError) -> None:
        self.progress.end()
        self._job = None
        self.notice.show_error(error)
        self._stack.setCurrentIndex(0)
        self.print_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _cancel(self) -> None:
        """Nothing that was drawn so far comes out."""
        if self._job is not None:
            self._job.cancel()
        self._job = None
        super().reject()

    def reject(self) -> None:
        """Esc: stop, or leave everything unprinted."""
        if self._job is not None:
            self.progress.cancel.click()
        else:
            super().reject()
