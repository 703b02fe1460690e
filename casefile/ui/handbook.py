"""The handbook, read inside the program: it needs no browser and no network."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QDialog, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from casefile import shipped
from casefile.ui import theme
from casefile.ui.parts import button, fit_dialog

FIRST = "index.md"


class Handbook(QDialog):
    """The pages of ``resources/help``; links lead from page to page and never out of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Casefile")
        self.pages = QTextBrowser()
        self.pages.setAccessibleName("Handbook")
        self.pages.setOpenLinks(False)
        self.pages.anchorClicked.connect(self._follow)
        self.pages.document().setDocumentMargin(theme.current().pixels(16))
        contents = button("Contents", lambda: self.show_page(FIRST))
        back = button("Back", self.pages.backward)
        close = button("Close", self.accept)
        self.pages.backwardAvailable.connect(back.setEnabled)
        back.setEnabled(False)
        foot = QHBoxLayout()
        for part in (contents, back):
            foot.addWidget(part)
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 12)
        column.addWidget(self.pages, 1)
        column.addLayout(foot)
        fit_dialog(self, 720, 640)
        self.show_page(FIRST)
        self.pages.setFocus()

    def show_page(self, name: str) -> None:
        """Show ``resources/help/<name>``."""
        self.pages.setSource(
            QUrl.fromLocalFile(str(shipped.path("help", name))),
            QTextDocument.ResourceType.MarkdownResource,
        )

    def _follow(self, link: QUrl) -> None:
        """Only pages of the handbook itself are followed."""
        name = link.fileName()
        if link.scheme() in {"", "file"} and shipped.path("help", name).is_file():
            self.show_page(name)
