"""Other keys for verbs: chosen in Settings, kept on this computer, told wherever keys are told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from casefile.ui import keymap
from casefile.ui.handbook import Handbook
from casefile.ui.key_sheet import KeySheet
from casefile.ui.main_window import MainWindow
from casefile.ui.preferences import PreferenceFile
from casefile.ui.settings import key_choices
from casefile.ui.settings.screen import SettingsScreen
from casefile.ui.settings.shortcuts import ShortcutsPart

_Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def part(qtbot: QtBot, open_window: MainWindow) -> Iterator[ShortcutsPart]:
    assert open_window.desk is not None
    open_window.desk.enter("settings")
    screen = open_window.desk.screen_of("settings")
    assert isinstance(screen, SettingsScreen)
    yield screen.shortcuts
    keymap.current().take({}, letters=True)


def kept(tmp_path: Path) -> object:
    return json.loads((tmp_path / "preferences.json").read_text())["keys"]


def press(part: ShortcutsPart, verb_id: str, keys: str) -> None:
    part.choose(verb_id)
    part.key.setKeySequence(QKeySequence(keys))
    part.use.click()


def test_a_verb_takes_another_key_at_once_and_keeps_it(
    qtbot: QtBot, part: ShortcutsPart, open_window: MainWindow, tmp_path: Path
) -> None:
    desk = open_window.desk
    assert desk is not None
    press(part, "place.quotes", "Ctrl+Alt+Q")
    assert kept(tmp_path) == {"place.quotes": ["Ctrl+Alt+Q"]}
    qtbot.keyClick(open_window, _Key.Key_3, CONTROL)
    assert desk.here == "settings", "the old key is free"
    qtbot.keyClick(open_window, _Key.Key_Q, CONTROL | Qt.KeyboardModifier.AltModifier)
    assert desk.here == "quotes"
    press(part, "jobs", "Ctrl+Alt+J")
    assert "Ctrl+Alt+J" in desk.top.jobs.toolTip(), "buttons tell the new key"
    again = PreferenceFile(tmp_path / "preferences.json").read()
    assert again.keys == {"place.quotes": ["Ctrl+Alt+Q"], "jobs": ["Ctrl+Alt+J"]}
    part.reset_all.click()
    assert kept(tmp_path) == {}
    qtbot.keyClick(open_window, _Key.Key_2, CONTROL)
    assert desk.here == "documents"


def test_a_key_that_is_taken_is_told_and_taken_only_when_asked_again(
    part: ShortcutsPart, open_window: MainWindow, tmp_path: Path
) -> None:
    press(part, "reader.outline", "Q")
    assert "“Quote”" in part.state.text()
    assert open_window.preferences.keys == {}
    part.use.click()
    assert kept(tmp_path) == {"reader.quote": [], "reader.outline": ["Q"]}
    part.choose("reader.quote")
    part.reset.click()
    assert "“Outline”" in part.state.text(), "its own key is somebody else's now"
    part.choose("reader.outline")
    part.reset.click()
    part.choose("reader.quote")
    part.reset.click()
    assert kept(tmp_path) == {}


@pytest.mark.parametrize(
    ("verb_id", "keys", "why"),
    [
        ("jobs", "J", "moves about"),
        ("jobs", "X", "where words are typed"),
        ("reader.print", "Shift+P", "where words are typed"),
        ("reader.quote", "Space", "moves about"),
        ("jobs", "Ctrl+L", "keeps its keys"),
        ("jobs", "", "Press a key"),
    ],
)
def test_keys_that_would_do_harm_are_refused(
    part: ShortcutsPart, open_window: MainWindow, verb_id: str, keys: str, why: str
) -> None:
    press(part, verb_id, keys)
    part.use.click()
    assert why in part.state.text()
    assert open_window.preferences.keys == {}


def test_no_two_verbs_have_the_same_key_to_begin_with(part: ShortcutsPart) -> None:
    given = [key for row in key_choices.every() for key in row.own]
    assert len(given) == len(set(given))


def test_without_single_letters_pages_and_lists_keep_only_other_keys(
    qtbot: QtBot, part: ShortcutsPart, open_window: MainWindow
) -> None:
    part.letters.setChecked(False)
    rows = {row.id: row for row in key_choices.every()}
    now = keymap.current()
    assert now.keys("reader.quote", rows["reader.quote"].own) == ()
    assert now.keys("reader.next_mark", rows["reader.next_mark"].own) == ("Alt+Down",)
    assert now.keys("reader.text_view", rows["reader.text_view"].own) == ("F7",)
    assert not any(keymap.is_sign(k) for row in rows.values() for k in now.keys(row.id, row.own))
    assert now.keys("reader.delete", rows["reader.delete"].own) == ("Del",)
    desk = open_window.desk
    assert desk is not None
    desk.enter("followups")
    view = desk.screen_of("followups").view
    asked: list[str] = []
    view.verb_wanted.connect(lambda letter, _keys: asked.append(letter))
    qtbot.keyClick(view, _Key.Key_D)
    part.letters.setChecked(True)
    assert asked == []
    qtbot.keyClick(view, _Key.Key_D)
    assert asked == ["D"]
    assert now.keys("reader.quote", rows["reader.quote"].own) == ("Q",)


def test_the_key_sheet_and_the_handbook_tell_the_keys_there_are(
    qtbot: QtBot, part: ShortcutsPart, open_window: MainWindow
) -> None:
    press(part, "reader.quote", "Ctrl+Alt+Q")
    sheet = KeySheet(open_window)
    words = [label.text() for label in sheet.findChildren(QLabel)]
    at = next(n for n, text in enumerate(words) if text.startswith("Quote the selection"))
    assert "Ctrl+Alt+Q" in (words[at - 1], words[at + 1])
    assert "Other than usual" in words
    book = Handbook(open_window)
    book.show_page("keys.md")
    text = book.pages.toPlainText()
    assert "Quote: Ctrl+Alt+Q" in text
    assert "Ctrl+Shift+F" in text
    for dialog in (sheet, book):
        dialog.close()
    part.reset_all.click()
    book = Handbook(open_window)
    book.show_page("keys.md")
    assert "On this computer other than usual" not in book.pages.toPlainText()
    book.close()


def test_all_of_it_by_keyboard(qtbot: QtBot, part: ShortcutsPart, open_window: MainWindow) -> None:
    part.filter.setFocus()
    qtbot.keyClicks(part.filter, "split")
    shown = [n for n in range(part.table.rowCount()) if not part.table.isRowHidden(n)]
    assert len(shown) == 1
    part.table.setFocus()
    part.table.setCurrentCell(shown[0], 0)
    part.key.setFocus()
    qtbot.keyClick(QApplication.focusWidget(), _Key.Key_2, CONTROL | SHIFT)
    qtbot.waitUntil(lambda: not part.key.keySequence().isEmpty())
    part.use.setFocus()
    qtbot.keyClick(part.use, _Key.Key_Return)
    assert list(open_window.preferences.keys) == ["split"]
