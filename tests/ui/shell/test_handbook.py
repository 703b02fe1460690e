"""The handbook can be read inside the program and leads nowhere outside it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from casefile.ui.handbook import Handbook
from casefile.ui.main_window import MainWindow


def named(book: Handbook, text: str) -> QPushButton:
    return next(b for b in book.findChildren(QPushButton) if b.text() == text)


def test_its_key_opens_it(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    book = window.findChild(Handbook)
    assert book is not None
    assert "Handbook" in book.pages.toPlainText()
    book.close()


def test_links_lead_from_page_to_page_and_back(qtbot: QtBot) -> None:
    book = Handbook()
    qtbot.addWidget(book)
    book.pages.anchorClicked.emit(QUrl("bundles.md"))
    assert "Bundles" in book.pages.toPlainText()
    named(book, "Back").click()
    assert "Handbook" in book.pages.toPlainText()
    book.pages.anchorClicked.emit(QUrl("keys.md"))
    named(book, "Contents").click()
    assert "Handbook" in book.pages.toPlainText()


def test_a_link_that_leads_elsewhere_is_not_followed(qtbot: QtBot, tmp_path: Path) -> None:
    book = Handbook()
    qtbot.addWidget(book)
    before = book.pages.source()
    secret = tmp_path / "secret.md"
    secret.write_text("# Secret")
    for link in (QUrl("https://example.org/keys.md"), QUrl.fromLocalFile(str(secret))):
        book.pages.anchorClicked.emit(link)
        assert book.pages.source() == before
