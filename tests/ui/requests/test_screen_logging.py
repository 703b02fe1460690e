"""Logging what happens to a request, with few keys."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from casefile.domain.changes import Change, RowChange
from casefile.domain.clocks import ClockState
from casefile.domain.documents import Provenance
from casefile.domain.requests import EventKind
from casefile.services import deadlines, request_events, requests
from casefile.services.case import Case
from casefile.services.import_values import ImportChoices
from casefile.services.importing import import_paths
from casefile.ui.requests.clock_list import SET
from casefile.ui.session import CaseSession
from tests.ui.requests.conftest import TODAY, Ask, ago, log
from tests.ui.requests.test_screen import open_screen


def test_a_fee_question_pauses_the_clock_in_three_keys(
    qtbot: QtBot, session: CaseSession, case: Case, ask: Ask
) -> None:
    """Walkthrough 21."""
    request_id = ask("EPA R9", 5)
    screen = open_screen(qtbot, session, request_id)
    qtbot.keyClick(screen.view, Qt.Key.Key_L)
    form = screen.log_form
    assert form.kinds.hasFocus()
    qtbot.keyClick(form.kinds, Qt.Key.Key_6)
    assert form.pause.text() == "The clock pauses: you must act."
    qtbot.keyClick(form.kinds, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(request_events.listing(case, request_id)) == 2)
    estimate = request_events.listing(case, request_id)[-1]
    assert (estimate.kind, estimate.received) == (EventKind.FEE_ESTIMATE, ago(0))
    assert (estimate.ground, estimate.confirmed) == ("fee_assessment_clarification", True)
    qtbot.waitUntil(lambda: len(screen.record.timeline.lines) == 2)
    view = screen.record.view
    assert view is not None
    paused = [clock for clock in view.clocks if clock.state is ClockState.PAUSED]
    assert paused
    said = [line.more for line in screen.record.clocks.view.lines]
    assert any("you must act" in words for words in said)


def test_what_only_the_agency_claims_is_not_confirmed(
    qtbot: QtBot, session: CaseSession, case: Case, ask: Ask
) -> None:
    request_id = ask("EPA R9", 5)
    screen = open_screen(qtbot, session, request_id)
    screen.log_reply()
    screen.log_form.kinds.choose(EventKind.FEE_ESTIMATE)
    screen.log_form.disagree.setChecked(True)
    assert screen.log_form.pause.text().startswith("By the law the clock goes on")
    screen.log_form.log_button.click()
    qtbot.waitUntil(lambda: len(request_events.listing(case, request_id)) == 2)
    assert not request_events.listing(case, request_id)[-1].confirmed


def test_half_typed_input_survives_the_lock(qtbot: QtBot, session: CaseSession, ask: Ask) -> None:
    request_id = ask("EPA R9", 5)
    screen = open_screen(qtbot, session, request_id)
    screen.log_reply()
    screen.log_form.kinds.choose(EventKind.DENIAL)
    screen.log_form.note.setPlainText("half a thought")
    session.about_to_lock.emit()
    assert json.loads(session.draft("requests.log"))["kind"] == "denial"
    screen.hide()
    again = open_screen(qtbot, session, request_id)
    qtbot.waitUntil(again.log_form.isVisible)
    assert again.log_form.kinds.kind is EventKind.DENIAL
    assert again.log_form.note.toPlainText() == "half a thought"


def test_an_event_is_deleted_and_comes_back(
    qtbot: QtBot, session: CaseSession, case: Case, ask: Ask
) -> None:
    request_id = ask("EPA R9", 5)
    log(case, request_id, EventKind.ACKNOWLEDGED, received=ago(2))
    screen = open_screen(qtbot, session, request_id)
    timeline = screen.record.timeline
    timeline.setFocus()
    timeline.choose(timeline.lines[-1].key)
    qtbot.keyClick(timeline, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: session.undo_stack.count() > 0)
    session.undo_stack.undo()
    qtbot.waitUntil(lambda: len(request_events.listing(case, request_id)) == 2)


def test_a_date_set_by_hand_keeps_its_reason(
    qtbot: QtBot, session: CaseSession, case: Case, ask: Ask
) -> None:
    request_id = ask("EPA R9", 5)
    screen = open_screen(qtbot, session, request_id)
    clock = screen.record.clocks.current
    assert clock is not None
    screen.record.clocks.asked.emit(SET, clock)
    form = screen.clock_form
    assert form.isVisible()
    form.save.click()
    qtbot.waitUntil(form.notice.isVisible)  # it needs a reason
    form.reason.setText("the clerk agreed by telephone")
    form.save.click()
    qtbot.waitUntil(lambda: len(request_events.listing(case, request_id)) == 2)
    qtbot.waitUntil(lambda: len(screen.record.timeline.lines) == 2)
    screen.record.explain()
    assert "the clerk agreed by telephone" in screen.record.why.text.toPlainText()


def test_a_form_that_was_only_opened_leaves_nothing_behind(
    qtbot: QtBot, session: CaseSession, ask: Ask
) -> None:
    screen = open_screen(qtbot, session, ask("EPA R9", 5))
    screen.log_reply()
    screen.flush()
    assert session.draft("requests.log") == ""


def test_a_change_half_made_survives_the_lock(
    qtbot: QtBot, session: CaseSession, case: Case, ask: Ask
) -> None:
    request_id = ask("EPA R9", 5)
    event_id = log(case, request_id, EventKind.NOTE, dated=ago(2), note="Called")
    screen = open_screen(qtbot, session, request_id)
    screen._edit_event(event_id)
    screen.log_form.note.setPlainText("Called Ms Osei")
    screen.flush()
    again = open_screen(qtbot, session, request_id)
    qtbot.waitUntil(again.log_form.isVisible)
    assert again.log_form.note.toPlainText() == "Called Ms Osei"
    again.log_form.log_button.click()
    qtbot.waitUntil(lambda: request_events.get(case, event_id).note == "Called Ms Osei")
    assert len(request_events.listing(case, request_id)) == 2


def test_every_kind_of_reply_can_be_seen_at_once_or_scrolled_to(
    qtbot: QtBot, session: CaseSession, ask: Ask
) -> None:
    screen = open_screen(qtbot, session, ask("EPA R9", 5))
    screen.log_reply()
    kinds = screen.log_form.kinds
    row = kinds.sizeHintForRow(0)
    qtbot.waitUntil(lambda: kinds.viewport().height() >= 6 * row)


def test_what_was_typed_is_there_again_after_esc(
    qtbot: QtBot, session: CaseSession, case: Case, ask: Ask
) -> None:
    request_id = ask("EPA R9", 5)
    screen = open_screen(qtbot, session, request_id)
    form = screen.log_form
    screen.log_reply()
    form.kinds.choose(EventKind.DENIAL)
    qtbot.keyClick(form.kinds, Qt.Key.Key_Escape)
    screen.log_reply()
    assert form.kinds.kind is not EventKind.DENIAL  # a choice alone is no loss, an old date is
    form.kinds.choose(EventKind.DENIAL)
    form.note.setPlainText("Ms Osei called first")
    qtbot.keyClick(form.kinds, Qt.Key.Key_Escape)
    assert screen.detail.currentWidget() is screen.record
    screen.log_own()
    assert form.note.toPlainText() == ""  # that is another form
    screen.log_reply()
    assert (form.kinds.kind, form.note.toPlainText()) == (
        EventKind.DENIAL, "Ms Osei called first",
    )  # fmt: skip
    assert form.again.isVisible()
    form.log_button.click()
    qtbot.waitUntil(lambda: len(request_events.listing(case, request_id)) == 2)
    qtbot.waitUntil(lambda: screen.detail.currentWidget() is screen.record)
    screen.log_reply()
    assert form.note.toPlainText() == ""


def test_what_was_put_aside_can_be_dropped(qtbot: QtBot, session: CaseSession, ask: Ask) -> None:
    screen = open_screen(qtbot, session, ask("EPA R9", 5))
    screen.log_reply()
    screen.log_form.note.setPlainText("wrong request")
    screen.log_form.cancelled.emit()
    screen.log_reply()
    screen.log_form.again.findChild(QPushButton).click()
    assert screen.log_form.note.toPlainText() == ""
    assert not screen.log_form.has_words


def test_a_reason_half_typed_survives_the_lock(
    qtbot: QtBot, session: CaseSession, ask: Ask
) -> None:
    request_id = ask("EPA R9", 5)
    screen = open_screen(qtbot, session, request_id)
    screen.record.clocks.asked.emit(SET, screen.record.clocks.current)
    day = screen.clock_form.day.day
    screen.clock_form.reason.setText("the clerk agr")
    session.about_to_lock.emit()
    screen.hide()
    again = open_screen(qtbot, session, request_id)
    qtbot.waitUntil(again.clock_form.isVisible)
    assert (again.clock_form.reason.text(), again.clock_form.day.day) == ("the clerk agr", day)
    assert session.draft("requests.clock") == ""


def test_a_new_request_half_typed_is_open_again_after_the_lock(
    qtbot: QtBot, session: CaseSession, ask: Ask
) -> None:
    request_id = ask("EPA R9", 5)
    screen = open_screen(qtbot, session, request_id)
    screen.new_item()
    qtbot.waitUntil(screen.new_form.isVisible)
    screen.new_form.agency.setText("US DOT")
    session.about_to_lock.emit()
    screen.hide()
    again = open_screen(qtbot, session, request_id)
    qtbot.waitUntil(again.new_form.isVisible)
    qtbot.waitUntil(lambda: again.new_form.agency.text() == "US DOT")


def test_a_dropped_file_is_attached_once_it_is_in(
    qtbot: QtBot, session: CaseSession, case: Case, ask: Ask, tmp_path: Path
) -> None:
    screen = open_screen(qtbot, session, ask("EPA R9", 5))
    letter, other = tmp_path / "ack.txt", tmp_path / "other.txt"
    letter.write_text("We have received your request.", encoding="utf-8")
    other.write_text("Nothing to do with it.", encoding="utf-8")
    screen.log_reply()
    documents = screen.log_form.documents
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(letter))])
    dropped = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, files, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    with qtbot.waitSignal(session.import_requested):
        screen.log_form.dropEvent(dropped)  # anywhere on the form
    report = import_paths(case, [other, letter], ImportChoices(Provenance.RELEASED))
    ids = {entry.document.file_name: entry.document.id for entry in report.all_in}
    rows = tuple(RowChange("document", each, None, None) for each in ids.values())
    screen.apply_change(Change("document.import", rows))
    qtbot.waitUntil(lambda: documents.ids == (ids["ack.txt"],))
    assert documents.pick.count() == 2


def test_an_appeal_answers_the_letter_that_offers_it(
    qtbot: QtBot, session: CaseSession, case: Case, ask: Ask
) -> None:
    request_id = ask("EPA R9", 30)
    denial = log(case, request_id, EventKind.DENIAL, dated=ago(9), appeal_offered=True)
    release = log(case, request_id, EventKind.INTERIM_RELEASE, dated=ago(5), pages=3)
    screen = open_screen(qtbot, session, request_id)
    screen._log_kind(EventKind.APPEAL)
    assert screen.log_form.answers.value == denial
    screen.log_form.log_button.click()
    qtbot.waitUntil(lambda: len(request_events.listing(case, request_id)) == 4)
    qtbot.waitUntil(lambda: len(screen.record.timeline.lines) == 4)
    screen._log_kind(EventKind.APPEAL)
    assert screen.log_form.answers.value == release


@pytest.mark.parametrize(
    "held", [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier]
)
def test_enter_in_the_reason_keeps_the_date_once(
    qtbot: QtBot, session: CaseSession, ask: Ask, held: Qt.KeyboardModifier
) -> None:
    screen = open_screen(qtbot, session, ask("EPA R9", 5))
    screen.record.clocks.asked.emit(SET, screen.record.clocks.current)
    form, kept = screen.clock_form, []
    form.wanted.disconnect()
    form.wanted.connect(kept.append)
    form.reason.setText("agreed by telephone")
    form.reason.setFocus()
    qtbot.keyClick(form.reason, Qt.Key.Key_Return, held)
    assert len(kept) == 1


def test_a_key_held_down_logs_once(
    qtbot: QtBot, session: CaseSession, case: Case, ask: Ask
) -> None:
    request_id = ask("EPA R9", 5)
    screen = open_screen(qtbot, session, request_id)
    screen.log_reply()
    for _ in range(3):
        qtbot.keyClick(
            screen.log_form.kinds, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
        )
    qtbot.waitUntil(lambda: screen.detail.currentWidget() is screen.record)
    screen.new_item()
    qtbot.waitUntil(screen.new_form.isVisible)
    screen.new_form.agency.setText("US DOT")
    for _ in range(3):
        screen.new_form.add_button.click()
    qtbot.waitUntil(lambda: screen.record.request_id not in ("", request_id))
    session.tasks.shut()
    session.tasks.drain()
    assert len(request_events.listing(case, request_id)) == 2
    assert len(requests.listing(case)) == 2


def test_a_decision_says_how_it_is_changed(
    qtbot: QtBot, session: CaseSession, case: Case, ask: Ask
) -> None:
    request_id = ask("EPA R9", 5)
    clock = deadlines.view(case, request_id, TODAY).clocks[0]
    made = request_events.override(case, request_id, clock.rule.id, TODAY, "agreed")
    screen = open_screen(qtbot, session, request_id)
    with qtbot.waitSignal(session.toast):
        screen._edit_event(made.ids("request_event")[0])
    assert screen.detail.currentWidget() is screen.record


def test_after_a_decision_the_keyboard_is_on_the_clocks_again(
    qtbot: QtBot, session: CaseSession, ask: Ask
) -> None:
    screen = open_screen(qtbot, session, ask("EPA R9", 5))
    screen.record.clocks.asked.emit(SET, screen.record.clocks.current)
    screen.clock_form.reason.setText("agreed by telephone")
    screen.clock_form.reason.setFocus()
    qtbot.keyClick(screen.clock_form.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(screen.record.clocks.view.hasFocus)


def test_without_a_clock_w_says_that_there_is_no_date(
    qtbot: QtBot, session: CaseSession, ask: Ask
) -> None:
    screen = open_screen(qtbot, session, ask("Atlantis Ministry", 5, law="Atlantis Openness Act"))
    with qtbot.waitSignal(session.toast):
        qtbot.keyClick(screen.view, Qt.Key.Key_W)
