"""The small widgets: messages, toasts, chips, empty states."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from casefile.domain.errors import UserError
from casefile.domain.people import Terms
from casefile.domain.quotes import QuoteState
from casefile.ui import theme
from casefile.ui.announce import announcer
from casefile.ui.parts import CHIPS, Chip, EmptyState, IconButton, Notice, button, paint_chip
from casefile.ui.toast import STAYS_FOR_ACTIONS, Toast
from casefile.ui.trail import Trail


@pytest.fixture
def host(qtbot: QtBot, look: theme.Theme) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(600, 400)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_a_toast_offers_undo_and_stays_for_ten_actions(qtbot: QtBot, host: QWidget) -> None:
    toast = Toast(host)
    undone: list[int] = []
    toast.show_message("12 moved to Trash", "Undo", lambda: undone.append(1))
    assert toast.text == "12 moved to Trash"
    for _ in range(STAYS_FOR_ACTIONS - 1):
        toast.count_action()
    assert not toast.isHidden()
    toast.count_action()
    assert toast.isHidden()
    toast.show_message("1 moved to Trash", "Undo", lambda: undone.append(1))
    qtbot.mouseClick(
        next(b for b in toast.findChildren(QPushButton) if b.text() == "Undo"),
        Qt.MouseButton.LeftButton,
    )
    assert undone == [1]
    assert toast.isHidden()


def test_enter_presses_a_button_once_however_long_it_is_held(qtbot: QtBot, host: QWidget) -> None:
    pressed: list[int] = []
    made = button("Import…", lambda: pressed.append(1))
    made.setParent(host)
    qtbot.keyClick(made, Qt.Key.Key_Return)
    assert pressed == [1]
    held = QKeyEvent(
        QEvent.Type.KeyPress,
        Qt.Key.Key_Return,
        Qt.KeyboardModifier.NoModifier,
        autorep=True,
    )
    QApplication.sendEvent(made, held)
    assert pressed == [1]


def test_a_toast_stays_inside_a_narrow_window(host: QWidget) -> None:
    toast = Toast(host)
    host.resize(300, 300)
    toast.show_message("Twelve highlights with long comments were moved to the Trash", "Undo", int)
    assert host.rect().contains(toast.geometry())
    host.resize(500, 250)
    QApplication.processEvents()
    assert host.rect().contains(toast.geometry())


def test_a_notice_says_what_is_safe_and_is_announced(qtbot: QtBot, host: QWidget) -> None:
    said: list[str] = []
    announcer.said.connect(said.append)
    notice = Notice("danger", host)
    assert notice.text == ""
    notice.show_error(UserError("passphrase.wrong"))
    assert "did not open" in notice.text
    assert said == [notice.text]
    assert notice.accessibleName() == notice.text
    offered = notice.offer("Try again", notice.clear)
    offered.click()
    assert notice.text == ""
    announcer.said.disconnect(said.append)


def test_every_state_and_term_has_a_shape_and_a_word_of_its_own() -> None:
    codes = [*(state.value for state in QuoteState), *(terms.value for terms in Terms)]
    looks = [CHIPS[code] for code in codes]
    assert len({look.icon for look in looks}) == len(looks)
    assert len({look.word for look in looks}) == len(looks)


def test_a_chip_fits_its_word_and_can_be_painted_by_delegates(
    qtbot: QtBot, look: theme.Theme
) -> None:
    chip = Chip("verified")
    qtbot.addWidget(chip)
    assert chip.accessibleName() == "Verified"
    before = chip.sizeHint().width()
    chip.set_state("confidential")
    assert chip.sizeHint().width() > before
    image = QImage(120, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    paint_chip(painter, QRect(0, 0, 120, 20), CHIPS["disputed"])
    painter.end()
    assert image.pixelColor(60, 0) == look.tokens["danger"]


def test_an_empty_state_has_one_sentence_and_one_button(qtbot: QtBot, look: theme.Theme) -> None:
    clicked: list[int] = []
    empty = EmptyState("No quotes yet.", "Add quote", lambda: clicked.append(1), icon="quote")
    qtbot.addWidget(empty)
    empty.button.click()
    assert clicked == [1]
    empty.set_sentence("No quote matches.", "")
    assert empty.button.isHidden()


def test_an_icon_button_has_a_name_and_tells_its_key(qtbot: QtBot, look: theme.Theme) -> None:
    made = IconButton("lock", "Lock", "Ctrl+L")
    qtbot.addWidget(made)
    assert made.accessibleName() == "Lock"
    assert made.toolTip() == "Lock (Ctrl+L)"


def test_a_trail_goes_back_and_forward() -> None:
    trail = Trail()
    for place in ("today", "quotes", "quotes", "sources"):
        trail.go(place)
    assert trail.back() == "quotes"
    assert trail.back() == "today"
    assert not trail.can_go_back
    assert trail.forward() == "quotes"
    trail.go("trash")
    assert not trail.can_go_forward
    with pytest.raises(IndexError):
        trail.forward()
