"""A case that does not open: each damage has its message, and what helps is offered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from casefile.services.case import Passphrase, open_case
from casefile.ui.main_window import MainWindow
from tests.ui.conftest import PASSPHRASE


def refuse(qtbot: QtBot, window: MainWindow, folder: Path, passphrase: str = PASSPHRASE) -> str:
    with qtbot.waitSignal(window.doorkeeper.refused, timeout=20_000):
        window.unlock_with(folder, passphrase)
    return window.unlock_page.notice.text


def offered(window: MainWindow) -> list[str]:
    return [button.text() for button in window.unlock_page.notice._offered]


def test_a_damaged_key_file_is_put_back_from_its_copy(
    qtbot: QtBot, window: MainWindow, case_folder: Path
) -> None:
    open_case(case_folder, Passphrase(PASSPHRASE)).close()
    header = case_folder / "case.casefile"
    header.write_bytes(header.read_bytes()[:40])
    assert refuse(qtbot, window, case_folder)
    qtbot.waitUntil(lambda: offered(window) == ["Use its copy"])
    window.unlock_page.notice._offered[0].click()
    qtbot.waitUntil(lambda: "in place" in window.unlock_page.progress.text())
    with qtbot.waitSignal(window.case_opened, timeout=20_000):
        window.unlock_with(case_folder, PASSPHRASE)


def test_a_damaged_store_is_told_apart_and_the_newest_copy_is_offered(
    qtbot: QtBot, unlock: Callable[[Path], MainWindow], case_folder: Path
) -> None:
    window = unlock(case_folder)
    qtbot.waitUntil(
        lambda: any(path.suffix == ".db" for path in (case_folder / "backups").rglob("*")),
        timeout=20_000,
    )
    with qtbot.waitSignal(window.doorkeeper.closed, timeout=20_000):
        window.lock()
    store = case_folder / "store.db"
    store.write_bytes(b"\0" * store.stat().st_size)
    assert "did not open" not in refuse(qtbot, window, case_folder)
    qtbot.waitUntil(lambda: len(offered(window)) == 1, timeout=20_000)
    assert offered(window)[0].startswith("Open the copy of ")
    with qtbot.waitSignal(window.case_opened, timeout=30_000):
        window.unlock_page.notice._offered[0].click()
    assert window.session is not None
    assert window.session.case.name == "Harbor Cooling"


def test_a_case_that_another_window_writes_can_be_read(
    qtbot: QtBot, window: MainWindow, case_folder: Path
) -> None:
    with open_case(case_folder, Passphrase(PASSPHRASE)):
        assert refuse(qtbot, window, case_folder)
        assert offered(window) == ["Open for reading only"]
        with qtbot.waitSignal(window.case_opened, timeout=20_000):
            window.unlock_page.notice._offered[0].click()
        assert window.session is not None
        assert window.session.read_only
        assert window.desk is not None
        assert "Read only" in window.desk.status.text
        window.show_import([])
        assert window.sheet is None
        with qtbot.waitSignal(window.doorkeeper.closed, timeout=20_000):
            window.lock()


@pytest.mark.parametrize("passphrase", ["wrong", ""])
def test_a_wrong_passphrase_offers_nothing_to_mend(
    qtbot: QtBot, window: MainWindow, case_folder: Path, passphrase: str
) -> None:
    assert refuse(qtbot, window, case_folder, passphrase)
    assert offered(window) == []
