"""Clocks and requests go out as files where the reporter says."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from casefile.ui import file_dialog
from casefile.ui.requests.screen import RequestsScreen
from casefile.ui.session import CaseSession
from tests.ui.lists.conftest import Said
from tests.ui.requests.conftest import Ask
from tests.ui.requests.test_screen import open_screen


def choices(screen: RequestsScreen) -> list[QAction]:
    menu = screen.hand_out.button.menu()
    assert menu is not None
    return menu.actions()


@pytest.mark.parametrize(
    ("number", "name", "told", "hidden"),
    [
        (0, "clocks.ics", "a deadline", "EPA R9"),
        (1, "clocks.ics", "EPA R9", "a deadline"),
        (2, "all.csv", "EPA R9", ""),
    ],
)
def test_a_file_is_written_where_the_reporter_says(
    qtbot: QtBot, session: CaseSession, said: Said, ask: Ask, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, number: int, name: str, told: str, hidden: str,
) -> None:  # fmt: skip
    screen = open_screen(qtbot, session, ask("EPA R9", 5))
    out = tmp_path / name
    monkeypatch.setattr(file_dialog, "choose_new_file", lambda *_what: out)
    choices(screen)[number].trigger()
    qtbot.waitUntil(lambda: (f"Wrote {name}, unencrypted", False) in said.toasts)
    written = out.read_text("utf-8")
    assert told in written
    assert not hidden or hidden not in written


def test_nothing_is_written_where_no_file_is_chosen_or_it_cannot_be(
    qtbot: QtBot, session: CaseSession, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = open_screen(qtbot, session, ask("EPA R9", 5))
    monkeypatch.setattr(file_dialog, "choose_new_file", lambda *_what: None)
    choices(screen)[2].trigger()
    missing = tmp_path / "nowhere" / "all.csv"
    monkeypatch.setattr(file_dialog, "choose_new_file", lambda *_what: missing)
    choices(screen)[2].trigger()
    qtbot.waitUntil(screen.notice.isVisible)
    assert list(tmp_path.rglob("*.csv")) == []
