"""The print sheet (Ctrl+P): which pages, with or without marks, on which printer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from casefile.domain import page_ranges
from casefile.domain.errors import UserError
from casefile.services.wording import explain
from casefile.ui.printing.paper_sheet import OpenPrinter, PaperSheet, Report
from casefile.ui.printing.printers import Printers
from casefile.ui.reader.document import OpenDocument
from casefile.ui.reader.place_of import page_name
from casefile.ui.session import CaseSession

_ALL, _CURRENT, _CHOSEN = range(3)


class PrintSheet(PaperSheet):
    """Prints pages of a document."""

    what_that_means = (
        "Whoever finds it can read it, and the printer and this computer's print queue see the "
        "pages in the clear. The custody log notes which pages were printed."
    )
    instead = "make a bundle to hand out a file."

    def __init__(
        self,
        session: CaseSession,
        document: OpenDocument,
        page: int,
        parent: QWidget | None = None,
        printers: Printers | None = None,
    ) -> None:
        self._document = document
        self._page = page
        super().__init__(session, parent, printers)

    def fields(self, column: QVBoxLayout) -> None:
        self.pages = QButtonGroup(self)
        self.range = QLineEdit()
        self.range.setPlaceholderText("3-7, 9")
        self.range.setAccessibleName("Pages to print")
        self.marks = QCheckBox("With my &marks and their numbers in the margin")
        self.marks.setChecked(True)
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
        self.range.textEdited.connect(lambda _text: self.pages.button(_CHOSEN).setChecked(True))
        self.range.textChanged.connect(lambda _text: self.refresh())
        self.pages.idToggled.connect(lambda _id, _on: self.refresh())

    def chosen_pages(self) -> tuple[int, ...]:
        """Raises ``UserError("pages.not_understood")``."""
        count = self._document.pages
        which = self.pages.checkedId()
        if which == _CHOSEN:
            return page_ranges.parse(self.range.text(), count)
        return (self._page,) if which == _CURRENT else tuple(range(1, count + 1))

    def wrong(self) -> str:
        try:
            self.chosen_pages()
        except UserError as error:
            return explain(error).what if self.range.text() else "Say which pages."
        return ""

    def print_work(self, open_printer: OpenPrinter) -> tuple[Callable[[Report], None], str]:
        case, document_id = self._session.case, self._document.id
        pages, with_marks = self.chosen_pages(), self.marks.isChecked()

        def work(report: Report) -> None:
            from casefile.services.leaving import printing
            from casefile.ui.printing.paper import print_pages

            wish = printing.prepare(case, document_id, pages, with_marks=with_marks)
            print_pages(case, wish, open_printer, report)

        return work, f"Printed {len(pages)} pages" if len(pages) > 1 else "Printed 1 page"
