"""What stands on a page that could not be drawn: a calm message and [Try again]."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from casefile.domain.errors import UserError
from casefile.services.wording import explain
from casefile.ui.parts import button, label

if TYPE_CHECKING:
    from casefile.ui.reader.page_view import PageView


class PageMessage(QFrame):
    """The message on one page. It lies on paper, so it is dark on white in every theme."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.page = 0
        self.setProperty("surface", "panel")
        self._what = label("", "section")
        self._rest = label("", "body")
        for words in (self._what, self._rest):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.again = button("Try again")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(self._what)
        column.addWidget(self._rest)
        column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignHCenter)

    def tell(self, page: int, error: UserError) -> None:
        self.page = page
        words = explain(error)
        self._what.setText(f"Page {page} could not be drawn.")
        self._rest.setText(words.safe)  # what to do is on the button
        self.setAccessibleName(f"{self._what.text()} {self._rest.text()}")
        self.again.setAccessibleName(f"Try to draw page {page} again")


class PageMessages(QObject):
    """Keeps a message on every page in view that could not be drawn."""

    def __init__(self, view: PageView) -> None:
        super().__init__(view)
        self._view = view
        self._shown: dict[int, PageMessage] = {}

    def place(self) -> None:
        """Put messages where their pages are; take away those no longer needed."""
        failed = self._view.document.failed
        wanted = [page for page in self._view.pages_in_view() if page in failed]
        for page in [page for page in self._shown if page not in wanted]:
            self._shown.pop(page).deleteLater()
        for page in wanted:
            if page not in self._shown:
                self._shown[page] = self._make(page, failed[page])
            self._move(self._shown[page])

    def _make(self, page: int, error: UserError) -> PageMessage:
        message = PageMessage(self._view.viewport())
        message.tell(page, error)
        message.again.clicked.connect(lambda: self._again(page))
        message.show()
        return message

    def _again(self, page: int) -> None:
        message = self._shown.pop(page, None)
        if message is not None:
            message.hide()
            message.deleteLater()
        self._view.setFocus()
        self._view.document.try_again(page)

    def _move(self, message: PageMessage) -> None:
        sheet = self._view.page_rect(message.page)
        width = round(min(420.0, max(160.0, sheet.width() - 24)))
        height = max(message.heightForWidth(width), message.sizeHint().height())
        left = round(sheet.center().x() - width / 2)
        top = round(max(sheet.top() + 12, min(sheet.center().y() - height / 2, sheet.top() + 240)))
        message.setGeometry(QRect(left, top, width, height))
