"""The print sheet (Ctrl+P): which pages, with or without marks, on which printer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from casefile.domain import page_ranges
from casefile.domain.errors import UserError
from casefile.domain.progress import JobContext
from casefile.services.wording import explain
from casefile.ui.bundles.progress import Progress
from casefile.ui.parts import Notice, button, caption, fit_dialog, heading, label, leave_wheel
from casefile.ui.printing.printers import PrinterName, Printers, SystemPrinters
from casefile.ui.reader.document import OpenDocument
from casefile.ui.reader.place_of import page_name
from casefile.ui.session import CaseSession
from casefile.ui.start.sheet import field_label
from casefile.ui.tasks import TaskHandle

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

LEAVES = "Paper leaves the case."
WHAT_THAT_MEANS = (
    "Whoever finds it can read it, and the printer and this computer's print queue see the pages "
    "in the clear. The custody log notes which pages were printed."
)
_NO_FILES = "Printers that write a file are not offered: make a bundle to hand out a file."
_ALL, _CURRENT, _CHOSEN = range(3)
MOST_COPIES = 99


class PrintSheet(QDialog):
    """Stays open while it prints, with the way to stop it."""

    def __init__(
        self,
        session: CaseSession,
        document: OpenDocument,
        page: int,
        parent: QWidget | None = None,
        printers: Printers | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Casefile")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._document = document
        self._page = page
        self._printers = printers or SystemPrinters()
        self._job: TaskHandle[None] | None = None
        self.printer = QComboBox()
        self.copies = QSpinBox()
        self.copies.setRange(1, MOST_COPIES)
        leave_wheel(self.printer, self.copies)
        self.pages = QButtonGroup(self)
        self.range = QLineEdit()
        self.range.setPlaceholderText("3-7, 9")
        self.range.setAccessibleName("Pages to print")
        self.marks = QCheckBox("With my &marks and their numbers in the margin")
        self.marks.setChecked(True)
        self.notice = Notice("danger")
        self.warning = Notice("warning")
        self.why_not = label("", "muted")
        self.print_button = button("Print", self._print, role="primary", icon="printer")
        self.print_button.setDefault(True)
        self.progress = Progress()
        self.progress.cancelled.connect(self._cancel)
        self._stack = QStackedWidget()
        self._lay_out()
        self.range.textEdited.connect(lambda _text: self.pages.button(_CHOSEN).setChecked(True))
        self.range.textChanged.connect(lambda _text: self._refresh())
        self.pages.idToggled.connect(lambda _id, _on: self._refresh())
        self._session.tasks.run(self._printers.names, self._take_printers, owner=self)
        self._refresh()

    def _lay_out(self) -> None:
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for name, field in (("&Printer", self.printer), ("&Copies", self.copies)):
            column.addWidget(field_label(name, field))
            column.addWidget(field)
        column.addWidget(caption(_NO_FILES))
        column.addSpacing(4)
        shapes = self._document.shapes
        choices = (
            f"&All {len(shapes)} pages" if len(shapes) > 1 else "&The only page",
            f"This page: {page_name(shapes, self._page)}",
            "P&ages:",
        )
        for number, words in enumerate(choices):
            choice = QRadioButton(words)
            self.pages.addButton(choice, number)
            line = QHBoxLayout()
            line.addWidget(choice)
            if number == _CHOSEN:
                line.addWidget(self.range, 1)
            column.addLayout(line)
        self.pages.button(_CURRENT).setChecked(True)
        column.addWidget(self.marks)
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
        self.warning.show_words(LEAVES, WHAT_THAT_MEANS)
        fit_dialog(self, 520, 560)

    def _take_printers(self, found: Sequence[PrinterName]) -> None:
        self.printer.clear()
        for each in found:
            if not each.refused:
                self.printer.addItem(each.name, each.name)
                if each.default:
                    self.printer.setCurrentIndex(self.printer.count() - 1)
        self._refresh()
        self.print_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def chosen_pages(self) -> tuple[int, ...]:
        """Raises ``UserError("pages.not_understood")``."""
        count = self._document.pages
        which = self.pages.checkedId()
        if which == _CHOSEN:
            return page_ranges.parse(self.range.text(), count)
        return (self._page,) if which == _CURRENT else tuple(range(1, count + 1))

    def _refresh(self) -> None:
        why = "" if self.printer.count() else "No printer is set up on this computer."
        try:
            self.chosen_pages()
        except UserError as error:
            wrong = explain(error).what if self.range.text() else "Say which pages."
            why = why or wrong
        self.why_not.setText(why)
        self.print_button.setEnabled(not why)

    def _print(self) -> None:
        if not self.print_button.isEnabled():
            return
        case, document_id = self._session.case, self._document.id
        pages, with_marks = self.chosen_pages(), self.marks.isChecked()
        printers, name, copies = self._printers, self.printer.currentText(), self.copies.value()
        progress = self.progress

        def open_printer() -> QPrinter:
            printer = printers.open(name)
            printer.setCopyCount(copies)
            return printer

        def work(context: JobContext) -> None:
            from casefile.services.leaving import printing
            from casefile.ui.printing.paper import print_pages

            wish = printing.prepare(case, document_id, pages, with_marks=with_marks)

            def report(done: int, total: int, what: str) -> None:
                context.check()
                progress.report(done, total, what)

            print_pages(case, wish, open_printer, report)

        self.notice.clear()
        self._stack.setCurrentWidget(progress)
        self.progress.begin("Printing")
        told = f"Printed {len(pages)} pages" if len(pages) > 1 else "Printed 1 page"
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
