"""Recording what an agency kept back, in the reader."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from casefile.domain.annotations import AnnotationKind, Extent
from casefile.domain.geometry import bounds
from casefile.services import annotating, withholding
from casefile.services.case import Case
from casefile.ui.reader.reading_desk import ReadingDesk
from casefile.ui.session import CaseSession
from tests.ui.reader.conftest import drag, point, wait_for_text
from tests.ui.reader.test_journeys import select_sentence

Open = Callable[[str], ReadingDesk]


def test_walkthrough_16_an_exemption_is_marked_with_two_keys_after_selecting(
    qtbot: QtBot, opened: Open, case: Case, session: CaseSession
) -> None:
    desk = opened("letter")
    select_sentence(qtbot, desk)
    qtbot.keyClick(desk.view, Qt.Key.Key_E)
    codes = desk.inspector.withholding.codes
    assert QApplication.focusWidget() is codes.line
    qtbot.keyClicks(codes.line, "b5")
    with qtbot.waitSignal(session.toast, timeout=10_000) as told:
        qtbot.keyClick(codes.line, Qt.Key.Key_Return)
    assert told.args[0] == "Withholding recorded (b)(5)"
    (made,) = annotating.listing(case, desk.document.id)
    assert (made.kind, made.extent) == (AnnotationKind.WITHHOLDING, Extent.AREA)
    assert (made.codes, made.vocabulary) == (("(b)(5)",), "us-federal-foia")
    assert bounds(made.quads).y0 == pytest.approx(117, abs=4)
    assert QApplication.focusWidget() is desk.view
    entries = withholding.index(case, desk.document.id)
    assert [entry.mark.id for entry in entries] == [made.id], "the index feeds the appeal"


def test_an_area_is_placed_by_keyboard_and_several_codes_are_read(
    qtbot: QtBot, opened: Open, case: Case, session: CaseSession
) -> None:
    desk = opened("letter")
    wait_for_text(qtbot, desk, 1)
    qtbot.keyClick(desk.view, Qt.Key.Key_E)
    assert desk.tooling.crosshair.box is not None
    qtbot.keyClick(desk.view, Qt.Key.Key_Return)
    form = desk.inspector.withholding
    qtbot.waitUntil(lambda: form.law.count() > 1, timeout=10_000)
    qtbot.keyClicks(form.codes.line, "b6, b7c; x99")
    assert form.codes.tokens == ("b6", "b7c", "x99")
    with qtbot.waitSignal(session.toast, timeout=10_000):
        qtbot.keyClick(form.codes.line, Qt.Key.Key_Return)
    (made,) = annotating.listing(case, desk.document.id)
    assert made.codes == ("(b)(6)", "(b)(7)(C)", "x99")


def test_offers_follow_what_is_typed_and_are_taken_by_keyboard(qtbot: QtBot, opened: Open) -> None:
    desk = opened("letter")
    qtbot.keyClick(desk.view, Qt.Key.Key_E, Qt.KeyboardModifier.ShiftModifier)
    form = desk.inspector.withholding
    qtbot.waitUntil(lambda: form.law.count() > 1, timeout=10_000)
    qtbot.keyClicks(form.codes.line, "privacy")
    offered = form.codes.offered
    assert offered.isVisible()
    assert offered.item(0).text().startswith("(b)(6)")
    qtbot.keyClick(form.codes.line, Qt.Key.Key_Down)
    qtbot.keyClick(form.codes.line, Qt.Key.Key_Return)
    assert form.codes.tokens == ("(b)(6)",)
    assert desk.inspector.form is form, "taking an offer does not save yet"
    qtbot.keyClicks(form.codes.line, "no such code")
    qtbot.keyClicks(form.codes.line, ",")
    assert "no such code" in form.unknown.text()
    qtbot.keyClick(form.codes.line, Qt.Key.Key_Backspace)
    assert form.codes.tokens == ("(b)(6)",)
    assert not form.unknown.isVisible()


def test_missing_pages_are_counted_from_their_numbers_and_shown_at_the_page(
    qtbot: QtBot, opened: Open, case: Case, session: CaseSession
) -> None:
    desk = opened("letter")
    desk.view.go_to_page(2)
    desk.actions_["withheld_range"].trigger()
    form = desk.inspector.withholding
    qtbot.waitUntil(lambda: form.law.count() > 1, timeout=10_000)
    assert QApplication.focusWidget() is form.count
    assert not form.unknown.isVisible()
    form.first.setText("ICE-000123")
    form.last.setText("ICE-000134")
    qtbot.keyClicks(form.count, "13")
    qtbot.keyClick(form.count, Qt.Key.Key_Return)
    qtbot.waitUntil(form.notice.isVisible, timeout=10_000)
    assert "12" in form.notice.text, "the numbers say otherwise, and the form stays"
    form.count.clear()
    assert QApplication.focusWidget() is form.count
    with qtbot.waitSignal(session.toast, timeout=10_000):
        qtbot.keyClick(form.last, Qt.Key.Key_Return)
    (made,) = annotating.listing(case, desk.document.id)
    assert (made.extent, made.page, made.missing_count) == (Extent.RANGE, 2, 12)
    assert (made.missing_first, made.missing_last) == ("ICE-000123", "ICE-000134")


def test_the_law_is_remembered_and_a_withholding_can_be_changed(
    qtbot: QtBot, opened: Open, case: Case, session: CaseSession
) -> None:
    desk = opened("letter")
    withholding.add(case, desk.document.id, 1, codes=["s.40"], vocabulary="uk-foia")
    desk.reload_marks()
    qtbot.waitUntil(lambda: desk.document.marks.all != [], timeout=10_000)
    desk.view.go_to_page(3)
    qtbot.keyClick(desk.view, Qt.Key.Key_E, Qt.KeyboardModifier.ShiftModifier)
    form = desk.inspector.withholding
    qtbot.waitUntil(lambda: form.law.currentData() == "uk-foia", timeout=10_000)
    qtbot.keyClick(form.codes.line, Qt.Key.Key_Escape)
    assert desk.inspector.form is None
    desk.view.select_mark(desk.document.marks.all[0])
    qtbot.keyClick(desk.view, Qt.Key.Key_E)
    assert form.codes.tokens == ("s.40",) or "40" in form.codes.tokens[0]
    qtbot.waitUntil(lambda: form.law.count() > 1, timeout=10_000)
    qtbot.keyClick(form.codes.line, Qt.Key.Key_Backspace)
    qtbot.keyClicks(form.codes.line, "s42")
    with qtbot.waitSignal(session.toast, timeout=10_000):
        qtbot.keyClick(form.codes.line, Qt.Key.Key_Return)
    (made,) = annotating.listing(case, desk.document.id)
    assert "42" in made.codes[0]
    assert made.extent is Extent.PAGE


def test_a_half_typed_withholding_is_there_again_after_closing(qtbot: QtBot, opened: Open) -> None:
    desk = opened("letter")
    wait_for_text(qtbot, desk, 1)
    qtbot.keyClick(desk.view, Qt.Key.Key_E)
    drag(qtbot, desk.view, point(desk.view, 1, 72, 120), point(desk.view, 1, 300, 160))
    form = desk.inspector.withholding
    qtbot.keyClicks(form.codes.line, "b5")
    kept = desk.place()
    desk.inspecting.close()
    assert desk.inspector.form is None
    desk.restore(kept)
    assert desk.inspector.form is form
    assert form.codes.tokens == ("b5",)
    wish = form.wish()
    assert wish is not None
    assert wish.place.box is not None
    assert wish.place.box.x1 == pytest.approx(300, abs=2)
