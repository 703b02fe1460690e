"""What every screen owes those who use the keyboard, a screen reader, or large text."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from casefile.ui import theme
from casefile.ui.importing.sheet import ImportSheet
from casefile.ui.key_sheet import KEYS, KeySheet
from casefile.ui.main_window import MainWindow
from casefile.ui.parts import ElidedLabel
from casefile.ui.settings.recovery_sheet import RecoverySheet
from casefile.ui.start.recovery_page import RecoveryPage
from casefile.ui.theme import Look

ACTIVE = (QAbstractButton, QAbstractItemView, QLineEdit, QComboBox, QSpinBox, QPlainTextEdit)
PLACES = ["today", "documents", "quotes", "sources", "followups", "bundles", "trash", "search"]


def active_widgets(root: QWidget) -> list[QWidget]:
    """What can be clicked or typed into, and is shown."""
    found: list[QWidget] = []
    for kind in ACTIVE:
        found += [w for w in root.findChildren(kind) if w.isVisibleTo(root)]
    inside = (QComboBox, QSpinBox)  # their inner fields are not reached on their own
    return [w for w in found if not isinstance(w.parentWidget(), inside)]


def nameless(root: QWidget) -> list[str]:
    names = []
    for widget in active_widgets(root):
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface is None or not interface.text(QAccessible.Text.Name).strip():
            names.append(f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}")
    return names


def cut_off(root: QWidget) -> list[str]:
    """Labels and buttons that are smaller than their words and do not say so."""
    cut = []
    for widget in root.findChildren(QWidget):
        inside_field = isinstance(widget.parentWidget(), QLineEdit)
        if not widget.isVisibleTo(root) or isinstance(widget, ElidedLabel) or inside_field:
            continue
        if isinstance(widget, QLabel) and not widget.wordWrap() and widget.text():
            wanted = QFontMetrics(widget.font()).horizontalAdvance(widget.text())
            if widget.width() < wanted:
                cut.append(widget.text())
        elif isinstance(widget, QAbstractButton) and widget.width() < widget.sizeHint().width() - 2:
            cut.append(widget.text() or widget.accessibleName())
    return cut


def too_small(root: QWidget) -> list[str]:
    return [
        f"{type(widget).__name__} {widget.accessibleName()} {widget.width()}x{widget.height()}"
        for widget in active_widgets(root)
        if not isinstance(widget.parentWidget(), QLineEdit)
        and (widget.width() < 24 or widget.height() < 24)
    ]


@pytest.fixture(params=[100, 200])
def percent(request: pytest.FixtureRequest, look: theme.Theme) -> int:
    size: int = request.param
    look.choose(Look.LIGHT, size)
    return size


def check(root: QWidget) -> None:
    QApplication.processEvents()
    assert nameless(root) == []
    assert cut_off(root) == []
    assert too_small(root) == []


def test_the_pages_before_a_case(
    qtbot: QtBot, window: MainWindow, percent: int, case_folder: Path, accessible: None
) -> None:
    window.resize(1280, 720)
    window.preferences.text_percent = percent
    window.apply_preferences()
    window.start_page.show_recent([str(case_folder)])
    check(window.start_page)
    window.show_unlock(case_folder)
    check(window.unlock_page)
    window.show_new_case()
    page = window.pages.currentWidget()
    assert page is not None
    check(page)
    window.show_recovery()
    page = window.pages.currentWidget()
    assert isinstance(page, RecoveryPage)
    check(page)


@pytest.mark.parametrize("place", ["today", "settings"])
def test_the_desk(
    qtbot: QtBot, open_window: MainWindow, percent: int, place: str, accessible: None
) -> None:
    open_window.resize(1280, 720)
    open_window.preferences.text_percent = percent
    open_window.apply_preferences()
    desk = open_window.desk
    assert desk is not None
    desk.enter(place)
    desk.toggle_jobs()
    for part in (desk.top, desk.rail, desk.screen_of(place), desk.jobs_panel, desk.status):
        check(part)


def test_the_dialogs(qtbot: QtBot, open_window: MainWindow, percent: int, accessible: None) -> None:
    assert open_window.session is not None
    sheet = ImportSheet(open_window.session, [], open_window)
    keys = KeySheet(open_window)
    code = RecoverySheet("ABCD-EFGH-JKLM-NPQR-STUV-WXYZ-2345", open_window)
    for dialog in (sheet, keys, code):
        dialog.show()
        check(dialog)
        dialog.close()


def test_tab_walks_a_closed_loop_through_the_unlock_page(
    qtbot: QtBot, window: MainWindow, case_folder: Path
) -> None:
    window.show_unlock(case_folder)
    first = QApplication.focusWidget()
    walked: list[QWidget | None] = []
    for _ in range(12):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        walked.append(QApplication.focusWidget())
        if QApplication.focusWidget() is first:
            break
    assert walked[-1] is first
    page = window.unlock_page
    expected = {
        page.passphrase.edit,
        page.passphrase.show_button,
        page.unlock_button,
        page.recovery_button,
        page.other_button,
    }
    assert set(walked) == expected


def test_no_two_actions_share_a_key(open_window: MainWindow) -> None:
    desk = open_window.desk
    assert desk is not None
    keys = [
        sequence.toString()
        for action in (*open_window.actions(), *desk.actions())
        for sequence in action.shortcuts()
    ]
    assert len(keys) == len(set(keys))
    listed = {QKeySequence(key).toString() for key, _does in KEYS["Everywhere"]}
    assert listed <= set(keys)


def test_letters_typed_in_a_field_reach_it(qtbot: QtBot, open_window: MainWindow) -> None:
    desk = open_window.desk
    assert desk is not None
    qtbot.keyClick(
        open_window,
        Qt.Key.Key_F,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    field = QApplication.focusWidget()
    assert field is desk.top.search
    qtbot.keyClicks(field, "dsqref/123")
    assert desk.top.search.text() == "dsqref/123"


def test_the_window_mirrors_for_right_to_left(qtbot: QtBot, open_window: MainWindow) -> None:
    desk = open_window.desk
    assert desk is not None

    def left(widget: QWidget) -> int:
        return widget.mapTo(open_window, QPoint(0, 0)).x()

    assert left(desk.rail) < left(desk.middle)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        qtbot.waitUntil(lambda: left(desk.rail) > left(desk.middle))
        assert left(desk.top.back) > left(desk.top.lock)
        open_window.grab()
    finally:
        app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_user_text_is_never_taken_for_html(qtbot: QtBot, open_window: MainWindow) -> None:
    for label in open_window.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText or not label.text()
    elided = ElidedLabel("<b>not bold</b> & so on")
    qtbot.addWidget(elided)
    elided.resize(40, 20)
    elided.show()
    assert "<b>" not in elided.toolTip()
    assert "&lt;b&gt;" in elided.toolTip()
