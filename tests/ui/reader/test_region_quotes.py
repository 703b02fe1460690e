"""Regions quoted as pictures, follow-ups about them, and quotes with marked changes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from casefile.domain.annotations import AnnotationKind
from casefile.services import annotating, followups, quoting
from casefile.services.case import Case
from casefile.ui.reader.reading_desk import ReadingDesk
from casefile.ui.session import CaseSession
from tests.ui.reader.conftest import SENTENCE, drag, point, wait_for_text
from tests.ui.reader.test_journeys import select_sentence

Open = Callable[[str], ReadingDesk]
_SHIFT = Qt.KeyboardModifier.ShiftModifier


def region_menu(qtbot: QtBot) -> QMenu:
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu), timeout=5_000)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def test_walkthrough_15_a_table_is_captured_by_keyboard_in_twelve_keys(
    qtbot: QtBot, opened: Open, case: Case, session: CaseSession
) -> None:
    desk = opened("letter")
    wait_for_text(qtbot, desk, 1)
    keys = 0

    def press(widget: object, key: Qt.Key, how: Qt.KeyboardModifier | None = None) -> None:
        nonlocal keys
        keys += 1
        qtbot.keyClick(widget, key, how or Qt.KeyboardModifier.NoModifier)

    press(desk.view, Qt.Key.Key_R)
    for _ in range(3):
        press(desk.view, Qt.Key.Key_Up)
    for _ in range(3):
        press(desk.view, Qt.Key.Key_Right, _SHIFT)
    standing = desk.tooling.crosshair.box
    assert standing is not None
    press(desk.view, Qt.Key.Key_Return)
    press(region_menu(qtbot), Qt.Key.Key_Return)
    form = desk.inspector.quote
    assert desk.inspector.form is form
    qtbot.waitUntil(lambda: form.picture.image is not None, timeout=10_000)
    qtbot.waitUntil(lambda: form.speaker.count() > 0, timeout=10_000)
    with qtbot.waitSignal(session.toast, timeout=10_000):
        press(form.speaker, Qt.Key.Key_Return)
    assert keys <= 12
    (saved,) = quoting.listing(case)
    assert saved.is_region
    assert saved.quads[0].numbers() == pytest.approx(standing[1].quad().numbers(), abs=0.01)
    assert desk.window().focusWidget() is desk.view


def test_a_region_shows_its_picture_and_the_words_in_it(
    qtbot: QtBot, opened: Open, case: Case, session: CaseSession
) -> None:
    desk = opened("letter")
    wait_for_text(qtbot, desk, 1)
    qtbot.keyClick(desk.view, Qt.Key.Key_R)
    drag(qtbot, desk.view, point(desk.view, 1, 66, 115), point(desk.view, 1, 500, 154))
    qtbot.keyClick(region_menu(qtbot), Qt.Key.Key_Return)
    form = desk.inspector.quote
    assert form.words.toPlainText() == SENTENCE
    qtbot.waitUntil(lambda: form.picture.image is not None, timeout=10_000)
    image = form.picture.image
    assert image is not None
    assert image.width() / image.height() == pytest.approx(434 / 39, rel=0.1)
    dark = {image.pixelColor(x, image.height() // 3).lightness() < 80 for x in range(image.width())}
    assert dark == {True, False}, "there are letters in it"
    qtbot.waitUntil(lambda: form.speaker.count() > 0, timeout=10_000)
    with qtbot.waitSignal(desk.document.quotes_changed, timeout=10_000):
        qtbot.keyClick(form.note, Qt.Key.Key_Return)
    (saved,) = quoting.listing(case)
    assert (saved.text, saved.is_region) == (SENTENCE, True)


def test_a_follow_up_about_a_region_marks_it_and_leads_back_to_it(
    qtbot: QtBot, opened: Open, case: Case, session: CaseSession
) -> None:
    desk = opened("letter")
    qtbot.keyClick(desk.view, Qt.Key.Key_R)
    qtbot.keyClick(desk.view, Qt.Key.Key_Return)
    menu = region_menu(qtbot)
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    form = desk.inspector.followup
    qtbot.waitUntil(lambda: desk.inspector.form is form, timeout=10_000)
    assert "region" in form.about.text()
    qtbot.keyClicks(form.line, "compare with the 2019 table fri")
    with qtbot.waitSignal(session.toast, timeout=10_000):
        qtbot.keyClick(form.line, Qt.Key.Key_Return)
    (mark,) = annotating.listing(case, desk.document.id)
    (made,) = followups.listing(case)
    assert mark.kind is AnnotationKind.REGION
    assert (made.linked_kind, made.linked_id) == ("annotation", mark.id)


def test_escape_leaves_the_box_where_it_is(qtbot: QtBot, opened: Open) -> None:
    desk = opened("letter")
    qtbot.keyClick(desk.view, Qt.Key.Key_R)
    before = desk.tooling.crosshair.box
    qtbot.keyClick(desk.view, Qt.Key.Key_Return)
    qtbot.keyClick(region_menu(qtbot), Qt.Key.Key_Escape)
    assert desk.tooling.crosshair.box == before


def test_changes_to_a_quote_are_marked_or_refused_as_they_are_typed(
    qtbot: QtBot, opened: Open, case: Case, session: CaseSession
) -> None:
    desk = opened("letter")
    select_sentence(qtbot, desk)
    qtbot.keyClick(desk.view, Qt.Key.Key_Q)
    form = desk.inspector.quote
    qtbot.waitUntil(lambda: form.speaker.count() > 0, timeout=10_000)
    form.version.open.click()
    field = form.version.field
    assert QApplication.focusWidget() is field
    assert field.toPlainText() == SENTENCE
    assert form.words.isReadOnly()
    field.setPlainText("On March 4 the director approved a waiver of the cooling requirement.")
    assert form.version.fault.isVisible()
    assert "regional" in form.version.fault.text()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert desk.inspector.form is form, "it is not saved as it is"
    assert quoting.listing(case) == []
    form.version.mark.click()
    assert not form.version.fault.isVisible()
    marked = "On March 4 the […] director approved a waiver of the cooling requirement."
    assert field.toPlainText() == marked
    with qtbot.waitSignal(session.toast, timeout=10_000):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    (saved,) = quoting.listing(case)
    assert (saved.text, saved.edited) == (SENTENCE, marked)


def test_an_unfinished_picture_quote_is_taken_up_again(qtbot: QtBot, opened: Open) -> None:
    desk = opened("letter")
    wait_for_text(qtbot, desk, 1)
    qtbot.keyClick(desk.view, Qt.Key.Key_R)
    qtbot.keyClick(desk.view, Qt.Key.Key_Return)
    qtbot.keyClick(region_menu(qtbot), Qt.Key.Key_Return)
    form = desk.inspector.quote
    qtbot.waitUntil(lambda: form.speaker.count() > 0, timeout=10_000)
    form.note.setText("see table 4")
    kept = desk.place()
    desk.inspecting.close()
    desk.restore(kept)
    qtbot.waitUntil(lambda: form.note.text() == "see table 4", timeout=10_000)
    wish = form.wish()
    assert wish is not None
    assert wish.capture.is_region
