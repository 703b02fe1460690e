"""Settings do what they say, at once, and keep to where they belong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from casefile.domain.errors import UserError
from casefile.services import keys
from casefile.services.case import Passphrase, RecoveryCode, open_case
from casefile.ui import clipboard, theme
from casefile.ui.main_window import MainWindow
from casefile.ui.preferences import PreferenceFile, Preferences
from casefile.ui.settings.recovery_sheet import qr_picture
from casefile.ui.settings.screen import SettingsScreen
from tests.ui.conftest import PASSPHRASE


@pytest.fixture
def settings_screen(qtbot: QtBot, open_window: MainWindow) -> SettingsScreen:
    assert open_window.desk is not None
    open_window.desk.enter("settings")
    screen = open_window.desk.screen_of("settings")
    assert isinstance(screen, SettingsScreen)
    qtbot.waitUntil(lambda: screen.keys.code_state.text() != "")
    return screen


def stored(tmp_path: Path) -> dict[str, object]:
    read: dict[str, object] = json.loads((tmp_path / "preferences.json").read_text())
    return read


def test_looks_and_sizes_take_effect_and_are_kept(
    settings_screen: SettingsScreen, look: theme.Theme, tmp_path: Path
) -> None:
    part = settings_screen.appearance
    part.look.setCurrentIndex(part.look.findData("dark"))
    part.text_size.setCurrentIndex(part.text_size.findData(150))
    assert look.dark
    assert look.percent == 150
    assert stored(tmp_path)["look"] == "dark"
    assert stored(tmp_path)["text_percent"] == 150


def test_the_wheel_scrolls_and_changes_nothing(settings_screen: SettingsScreen) -> None:
    part, locking = settings_screen.appearance, settings_screen.locking
    before = part.look.currentIndex(), locking.idle.currentIndex(), locking.clipboard.value()
    for box in (part.look, locking.idle, locking.clipboard):
        where = QPointF(box.rect().center())
        turned = QWheelEvent(
            where,
            QPointF(box.mapToGlobal(where)),
            QPoint(),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(box, turned)
    assert before == (
        part.look.currentIndex(),
        locking.idle.currentIndex(),
        locking.clipboard.value(),
    )


def test_locking_choices_reach_what_they_govern(
    settings_screen: SettingsScreen, open_window: MainWindow, tmp_path: Path
) -> None:
    part = settings_screen.locking
    part.idle.setCurrentIndex(part.idle.findData(2))
    part.clipboard.setValue(20)
    part.finish.setChecked(False)
    assert open_window.idle.minutes == 2
    assert clipboard.keeper().seconds == 20
    assert not open_window.preferences.finish_jobs_when_idle
    assert stored(tmp_path)["recent"] == []
    part.recent.setChecked(True)
    assert stored(tmp_path)["recent"] == [str(tmp_path / "Case 2026-11")]
    part.recent.setChecked(False)
    assert stored(tmp_path)["recent"] == []


def test_the_passphrase_is_changed_only_by_who_knows_it(
    qtbot: QtBot,
    settings_screen: SettingsScreen,
    open_window: MainWindow,
    case_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from casefile.security import kdf

    monkeypatch.setattr(kdf, "calibrate", kdf.CHEAP)
    part = settings_screen.keys
    part.current.edit.setText("wrong")
    part.new.edit.setText("a new passphrase")
    part.again.edit.setText("a new one")
    assert not part.change_button.isEnabled()
    part.again.edit.setText("a new passphrase")
    part.change_button.click()
    qtbot.waitUntil(lambda: part.notice.text != "", timeout=20_000)
    part.current.edit.setText(PASSPHRASE)
    part.change_button.click()
    qtbot.waitUntil(lambda: part.change_state.text() == "Changed.", timeout=20_000)
    assert part.current.text() == ""
    open_window.close()
    with pytest.raises(UserError, match=r"passphrase\.wrong"):
        open_case(case_folder, Passphrase(PASSPHRASE))
    open_case(case_folder, Passphrase("a new passphrase")).close()


def test_a_new_passphrase_is_judged_in_words(qtbot: QtBot, settings_screen: SettingsScreen) -> None:
    part = settings_screen.keys
    part.new.edit.setText("password")
    qtbot.waitUntil(lambda: part.strength.text() != "", timeout=20_000)
    weak = part.strength.text()
    part.new.edit.setText("glacier pommel antique weevil orbit")
    qtbot.waitUntil(lambda: part.strength.text() not in {"", weak}, timeout=20_000)
    part.new.edit.clear()
    assert part.strength.text() == ""


def test_a_recovery_code_is_shown_once_and_opens_the_case(
    qtbot: QtBot, settings_screen: SettingsScreen, open_window: MainWindow, case_folder: Path
) -> None:
    part = settings_screen.keys
    part.make_code.click()
    assert "current passphrase" in part.notice.text
    part.current.edit.setText("wrong")
    part.make_code.click()
    qtbot.waitUntil(lambda: "did not open" in part.notice.text, timeout=20_000)
    assert part.sheet is None
    part.current.edit.setText(PASSPHRASE)
    part.make_code.click()
    qtbot.waitUntil(lambda: part.sheet is not None, timeout=20_000)
    assert part.current.text() == ""
    sheet = part.sheet
    assert sheet is not None
    code = sheet.code.text()
    assert not sheet.done_button.isEnabled()
    sheet.kept.setChecked(True)
    sheet.done_button.click()
    qtbot.waitUntil(lambda: part.remove_code.isVisibleTo(part), timeout=20_000)
    open_window.close()
    with open_case(case_folder, RecoveryCode(code)) as case:
        assert keys.has_recovery_code(case)


def test_a_recovery_code_can_be_taken_back(
    qtbot: QtBot, settings_screen: SettingsScreen, open_window: MainWindow
) -> None:
    assert open_window.session is not None
    keys.new_recovery_code(open_window.session.case)
    settings_screen.refresh()
    part = settings_screen.keys
    qtbot.waitUntil(lambda: part.remove_code.isVisibleTo(part), timeout=20_000)
    part.remove_code.click()
    qtbot.waitUntil(lambda: part.code_state.text() == "There is none.", timeout=20_000)


def test_a_computer_without_a_keyring_is_told(
    qtbot: QtBot, settings_screen: SettingsScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none() -> str:
        raise UserError("keyring.unavailable", reason="there is none")

    monkeypatch.setattr("casefile.security.keyring_store.backend_name", none)
    part = settings_screen.keys
    part.remember.click()
    assert not part.remember.isChecked()
    assert "current passphrase" in part.notice.text
    part.current.edit.setText(PASSPHRASE)
    part.remember.click()
    qtbot.waitUntil(lambda: "keyring" in part.notice.text, timeout=20_000)
    qtbot.waitUntil(lambda: not part.remember.isChecked(), timeout=20_000)


def test_protections_are_listed(qtbot: QtBot, settings_screen: SettingsScreen) -> None:
    grid = settings_screen.protections.grid
    qtbot.waitUntil(lambda: grid.count() >= 12, timeout=20_000)


def test_the_code_as_a_picture_has_its_quiet_zone() -> None:
    image = qr_picture("ABCD-EFGH", 5).convertToFormat(QImage.Format.Format_RGB32)
    assert image.width() == image.height() >= 21 * 5
    white = {image.pixelColor(x, y).lightness() for x in range(image.width()) for y in range(18)}
    assert white == {255}


@pytest.mark.parametrize(
    "text",
    ["", "nonsense", "[]", '{"idle_minutes": "soon", "look": "purple", "text_percent": 9000}'],
)
def test_odd_preferences_fall_back_to_safe_ones(tmp_path: Path, text: str) -> None:
    path = tmp_path / "preferences.json"
    path.write_text(text)
    read = PreferenceFile(path).read()
    assert read.idle_minutes == 10
    assert read.look == "system"
    assert 80 <= read.text_percent <= 200


def test_preferences_that_cannot_be_written_stop_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    PreferenceFile(tmp_path / "file" / "preferences.json").write(Preferences())
