"""Making a case, unlocking it, and being refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from casefile.ui.start.making import NewCase
from tests.journeys.conftest import PASSPHRASE
from tests.journeys.driving import Reporter

pytestmark = pytest.mark.journey


def new_case_page(reporter: Reporter) -> NewCase:
    page = reporter.window.pages.currentWidget()
    assert isinstance(page, NewCase)
    reporter.until(lambda: page.folder.text() != "", "a suggested name for the folder")
    return page


def test_a_case_is_made_from_first_launch_with_six_keys(reporter: Reporter, tmp_path: Path) -> None:
    window = reporter.window
    reporter.shoot("start")
    with reporter.counting() as taken:
        reporter.press("Space")
        page = new_case_page(reporter)
        assert "Harbor" not in page.target.name
        reporter.type("Harbor Cooling")
        reporter.press("Alt+U")
        reporter.press("Alt+P")
        reporter.type(PASSPHRASE)
        reporter.press("Alt+G")
        reporter.type(PASSPHRASE)
        reporter.shoot("new-case")
        reporter.press("Return")
        reporter.until(lambda: window.desk is not None, "the new case open")
    assert taken.presses <= 6
    reporter.idle()
    reporter.shoot("today-empty")
    assert window.session is not None
    assert window.session.case.name == "Harbor Cooling"
    assert Path(window.session.case.path).parent == tmp_path
    assert "Harbor" not in Path(window.session.case.path).name


def test_a_case_is_made_with_six_clicks(reporter: Reporter) -> None:
    window = reporter.window
    with reporter.counting() as taken:
        reporter.click(window.start_page.new_button)
        page = new_case_page(reporter)
        for field in (page.passphrase.edit, page.again.edit):
            reporter.click(field)
            reporter.type(PASSPHRASE)
        box = page.understood
        reporter.click(box, box.rect().center() - box.rect().center() / 2)
        assert box.isChecked()
        reporter.click(page.create_button)
        reporter.until(lambda: window.desk is not None, "the new case open")
    assert taken.presses <= 6


def test_a_pasted_passphrase_unlocks_with_two_keys(reporter: Reporter, folder: Path) -> None:
    reporter.window.show_unlock(folder)
    reporter.breathe()
    with reporter.counting() as taken:
        reporter.paste(f"{PASSPHRASE}\n")
        reporter.press("Return")
        reporter.until(lambda: reporter.window.desk is not None, "the case open")
    assert taken.presses == 2


def test_a_wrong_passphrase_keeps_the_focus_and_says_that_nothing_changed(
    reporter: Reporter, folder: Path
) -> None:
    page = reporter.window.unlock_page
    reporter.window.show_unlock(folder)
    reporter.type("quite another one")
    reporter.press("Return")
    reporter.until(lambda: page.notice.text != "", "being told")
    reporter.shoot("wrong-passphrase")
    assert reporter.focus is page.passphrase.edit
    assert "Nothing was changed" in page.notice.text
    reporter.type(PASSPHRASE)  # replaces the wrong one, which is selected
    reporter.press("Return")
    reporter.until(lambda: reporter.window.desk is not None, "the case open")


def test_the_title_and_the_unlock_page_tell_nothing(reporter: Reporter, folder: Path) -> None:
    reporter.unlock(folder, PASSPHRASE)
    assert reporter.window.windowTitle() == "Casefile"
    reporter.press("Ctrl+L")
    page = reporter.window.unlock_page
    assert page.folder_name.text() == "Locked"
    assert reporter.window.windowTitle() == "Casefile"
    assert page.passphrase.edit.hasFocus()
    assert page.passphrase.edit.inputMethodHints() & Qt.InputMethodHint.ImhSensitiveData
