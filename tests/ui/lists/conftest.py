"""An open case for the list screens: a real one, with a cheap key derivation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from casefile.security.kdf import CHEAP
from casefile.services import documents as document_service
from casefile.services import importing
from casefile.services.case import Case, create_case
from casefile.ui import theme
from casefile.ui.session import CaseSession


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with create_case(tmp_path / "case", "correct horse battery", "Harbor Cooling", CHEAP) as made:
        yield made


@pytest.fixture
def session(qtbot: QtBot, qapp: QApplication, case: Case) -> Iterator[CaseSession]:
    theme.current()
    made = CaseSession(case)
    yield made
    made.tasks.shut()
    made.tasks.drain()
    made.deleteLater()


class Said:
    """What a session was told, in the order it was told."""

    def __init__(self, session: CaseSession) -> None:
        self.toasts: list[tuple[str, bool]] = []
        self.errors: list[object] = []
        self.documents: list[tuple[object, ...]] = []
        self.records: list[tuple[str, str]] = []
        self.places: list[str] = []
        session.toast.connect(lambda *told: self.toasts.append(told))
        session.errors.connect(self.errors.append)
        session.document_requested.connect(lambda *told: self.documents.append(told))
        session.record_requested.connect(lambda *told: self.records.append(told))
        session.place_requested.connect(self.places.append)


@pytest.fixture
def said(session: CaseSession) -> Said:
    return Said(session)


def show(qtbot: QtBot, screen: QWidget, width: int = 1000, height: int = 700) -> None:
    """Put ``screen`` on the (virtual) display with the keyboard in it."""
    qtbot.addWidget(screen)
    screen.resize(width, height)
    with qtbot.waitExposed(screen):
        screen.show()
    screen.activateWindow()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says so for every window that has a smallest size."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


MAIL = """From: director@harbor.example
To: counsel@harbor.example
Subject: Re: waiver
Date: Mon, 09 Nov 2026 10:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/plain

The regional director approved a waiver of the cooling requirement.
--b
Content-Type: text/plain; name="note.txt"
Content-Disposition: attachment; filename="note.txt"

Nobody wrote it down.
--b--
"""


@pytest.fixture
def documents(case: Case, tmp_path: Path) -> dict[str, str]:
    """A memo, an e-mail with an attachment, and a file nobody can read; ids by title."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "memo.txt").write_text("The cooling waiver was approved.\n", "utf-8")
    (inbox / "mail.eml").write_text(MAIL, "utf-8")
    (inbox / "odd.xyz").write_bytes(b"\x00\x01\x02\x03odd" * 20)
    importing.import_paths(case, [inbox], importing.ImportChoices())
    return {row.document.title: row.document.id for row in document_service.listing(case)}
