"""Printing words of the case: an explanation, a letter."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from casefile.ui.printing.paper_sheet import OpenPrinter, PaperSheet, Report
from casefile.ui.printing.printers import Printers
from casefile.ui.session import CaseSession


class TextSheet(PaperSheet):
    """Prints ``text``; ``what`` says in the custody log what it was."""

    what_that_means = (
        "Whoever finds it can read it, and the printer and this computer's print queue see the "
        "words in the clear. The custody log notes that they were printed."
    )
    instead = "a file is saved, not printed."

    def __init__(
        self,
        session: CaseSession,
        what: str,
        text: str,
        parent: QWidget | None = None,
        printers: Printers | None = None,
    ) -> None:
        self._what = what
        self._text = text
        super().__init__(session, parent, printers, height=380)

    def print_work(self, open_printer: OpenPrinter) -> tuple[Callable[[Report], None], str]:
        case, what, text = self._session.case, self._what, self._text

        def work(report: Report) -> None:
            from casefile.services.leaving import printing
            from casefile.ui.printing.words import print_words

            wish = printing.prepare_words(what, text)
            print_words(case, wish, open_printer, report)

        return work, "Printed"
