"""The handbook, read inside the program: it needs no browser and no network."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QDialog, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from casefile import shipped
from casefile.ui import keymap, theme
from casefile.ui.parts import button, fit_dialog
from casefile.ui.settings import key_choices

FIRST = "index.md"


KEYS = "keys.md"


class _Pages(QTextBrowser):
    """The page of keys begins with those that the reporter changed."""

    def loadResource(self, kind: int, url: QUrl | str) -> object:
        found: object = super().loadResource(kind, url)
        if QUrl(url).fileName() != KEYS or not isinstance(found, (bytes, QByteArray)):
            return found
        changed = key_choices.changed(key_choices.every())
        if not changed:
            return found
        lines = [
            f"- {row.words}: {keymap.shown(keymap.current().keys(row.id, row.own)) or 'no key'}"
            for row in changed
        ]
        text = bytes(found).decode("utf-8") if isinstance(found, bytes) else found.toStdString()
        head, _, rest = text.partition("\n\n")
        return "\n".join([head, "", "On this computer other than usual:", "", *lines, "", rest])


class Handbook(QDialog):
    """The pages of ``resources/help``; links lead from page to page and never out of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Casefile")
        self.pages = _Pages()
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
