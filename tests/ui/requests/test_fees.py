"""The fees of a request: how they stand, who said what, and what comes next."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from casefile.domain.letters import LetterKind
from casefile.domain.requests import EventKind
from casefile.services import request_events
from casefile.services.case import Case
from casefile.ui.requests import sections
from casefile.ui.requests.fees_section import FeesSection
from casefile.ui.requests.letters.section import LettersSection
from casefile.ui.requests.screen import RequestsScreen
from casefile.ui.session import CaseSession
from tests.ui.requests.conftest import Ask, ago, log
from tests.ui.requests.test_screen import open_screen

K = EventKind


def open_fees(
    qtbot: QtBot, session: CaseSession, request_id: str
) -> tuple[RequestsScreen, FeesSection]:
    screen = open_screen(qtbot, session, request_id)
    made = screen.record.section("fees")
    assert isinstance(made, FeesSection)
    qtbot.waitUntil(lambda: made._fees is not None)
    return screen, made


def lines(section: FeesSection) -> dict[str, tuple[str, str]]:
    """Far side and what is below, by the words of a line."""
    return {line.text: (line.tail, line.more) for line in section.summary.lines}


@pytest.fixture
def dispute(case: Case, ask: Ask) -> str:
    """An estimate over the ceiling, and a waiver that was refused."""
    request_id = ask(
        "EPA R9", 12, category="News media", fee_ceiling=2500, currency="USD", waiver_asked=True
    )
    log(
        case, request_id, K.FEE_ESTIMATE, dated=ago(8), amount=42000, currency="USD",
        person="J. Clerk", note="two hours of search", limit_on=ago(-12),
    )  # fmt: skip
    log(case, request_id, K.FEE_CATEGORY, dated=ago(7), note="Commercial use")
    log(case, request_id, K.WAIVER_DECISION, dated=ago(6), outcome="denied", appeal_offered=True)
    return request_id


def test_where_nothing_was_said_there_is_one_button(
    qtbot: QtBot, session: CaseSession, ask: Ask
) -> None:
    screen, fees = open_fees(qtbot, session, ask("EPA R9", 3))
    assert fees.pages.currentWidget() is fees.empty
    fees.empty.button.click()
    assert screen.log_form.isVisible()
    assert screen.log_form.kinds.kind is K.FEE_ESTIMATE


def test_the_summary_says_how_the_fees_stand(
    qtbot: QtBot, session: CaseSession, dispute: str
) -> None:
    _screen, fees = open_fees(qtbot, session, dispute)
    said = lines(fees)
    category, more = said["Category you claim"]
    assert category == "News media"
    assert more.endswith("Commercial use")
    assert said["Your ceiling"][0] == "25.00 USD"
    assert said["Current estimate"] == ("420.00 USD", "over your ceiling by 395.00 USD")
    [question] = [words for words in said if words.startswith("Open: fee estimate, ")]
    assert said[question][0].startswith("send by ")
    waiver, appeal = said["Fee waiver"]
    assert waiver == "Denied"
    assert "appeal: send by " in appeal
    assert "Paid" not in said
    assert not any("late" in words.lower() for words in said)


def test_what_was_paid_is_told_currency_by_currency(
    qtbot: QtBot, session: CaseSession, case: Case, dispute: str
) -> None:
    for amount, currency in ((1000, "USD"), (500, "USD"), (700, "CAD")):
        log(case, dispute, K.FEE_PAID, sent=ago(3), amount=amount, currency=currency)
    log(case, dispute, K.FEE_PAID, sent=ago(2))
    log(case, dispute, K.FEE_ESTIMATE, dated=ago(1), amount=9900)
    _screen, fees = open_fees(qtbot, session, dispute)
    assert lines(fees)["Paid"] == ("15.00 USD, 7.00 CAD", "and 1 payment without a sum")
    said = [(line.tail, line.more) for line in fees.summary.lines if line.text[:7] == "Current"]
    assert said[1] == (
        "99.00 (currency not noted)",
        "not compared with your ceiling: a currency is not noted",
    )


def test_fees_that_a_late_answer_costs_are_something_to_check(
    qtbot: QtBot, session: CaseSession, case: Case, ask: Ask
) -> None:
    request_id = ask("EPA R9", 60)
    log(case, request_id, K.DETERMINATION, dated=ago(3), appeal_offered=True)
    _screen, fees = open_fees(qtbot, session, request_id)
    due, words = lines(fees)["Answered late"]
    assert due.startswith("due ")
    assert "may not charge search fees" in words
    assert "check 5 U.S.C. 552(a)(4)(A)(viii)" in words
    assert fees.nothing.isVisible()


def test_the_thread_tells_who_said_what_to_which_letter(
    qtbot: QtBot, session: CaseSession, case: Case, dispute: str
) -> None:
    log(case, dispute, K.FEE_OBJECTION, sent=ago(4), note="we are news media")
    _screen, fees = open_fees(qtbot, session, dispute)
    told = fees.history.lines
    assert [line.text for line in told] == [
        "Fee estimate · 420.00 USD", "Fee category", "Decision on the fee waiver",
        "Your objection to a fee",
    ]  # fmt: skip
    assert told[0].more.startswith("EPA R9 · J. Clerk")
    assert told[0].more.count("420.00") == 0
    assert told[3].more.startswith("You · answers: fee category, ")
    for view in (fees.summary, fees.history):
        QAbstractItemModelTester(view.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_an_answer_is_logged_with_what_the_question_waits_for(
    qtbot: QtBot, session: CaseSession, case: Case, dispute: str
) -> None:
    screen, fees = open_fees(qtbot, session, dispute)
    fees.answer.click()
    form = screen.log_form
    assert form.kinds.kind is K.FEE_OBJECTION  # the letter on the category came last
    form.kinds.choose(K.FEE_COMMITMENT)
    form.amount.setText("25")
    form.log_button.click()
    qtbot.waitUntil(lambda: len(fees.history.lines) == 4)
    assert request_events.listing(case, dispute)[-1].amount == 2500
    assert lines(fees)["You promised to pay"][0] == "25.00 USD"
    fees.letter.click()
    assert form.kinds.kind is K.FEE_ESTIMATE


def test_enter_leads_from_a_line_to_its_letter_and_into_the_form(
    qtbot: QtBot, session: CaseSession, dispute: str
) -> None:
    screen, fees = open_fees(qtbot, session, dispute)
    [waiver] = [line.key for line in fees.summary.lines if line.text == "Fee waiver"]
    fees.summary.setFocus()
    fees.summary.choose(waiver)
    qtbot.keyClick(fees.summary, Qt.Key.Key_Return)
    assert fees.history.hasFocus()
    assert fees.history.current == f"event {waiver.split()[1]}"
    qtbot.keyClick(fees.history, Qt.Key.Key_Return)
    assert screen.log_form.kinds.kind is K.WAIVER_DECISION


def test_del_takes_a_letter_out(
    qtbot: QtBot, session: CaseSession, case: Case, dispute: str
) -> None:
    _screen, fees = open_fees(qtbot, session, dispute)
    fees.history.setFocus()
    fees.history.choose(fees.history.lines[0].key)
    qtbot.keyClick(fees.history, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(fees.history.lines) == 2)
    assert "Current estimate" not in lines(fees)
    assert len(request_events.listing(case, dispute)) == 3


def test_drafting_turns_to_the_letters(qtbot: QtBot, session: CaseSession, dispute: str) -> None:
    screen, fees = open_fees(qtbot, session, dispute)
    for made, kind in (
        (fees.objection, LetterKind.FEE_OBJECTION), (fees.argument, LetterKind.FEE_WAIVER),
    ):  # fmt: skip
        screen.record.section("fees")
        made.click()
        assert screen.record.tabs.tabText(screen.record.tabs.currentIndex()) == "Letters"
        letters = screen.record.section("letters")
        assert isinstance(letters, LettersSection)
        qtbot.waitUntil(partial(_writes, letters, kind))


def _writes(letters: LettersSection, kind: LetterKind) -> bool:
    return letters.editor.draft is not None and letters.editor.draft.kind is kind


def test_without_a_place_for_letters_nothing_offers_to_draft(
    qtbot: QtBot, session: CaseSession, dispute: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = tuple(each for each in sections.SECTIONS if each.id != "letters")
    monkeypatch.setattr(sections, "SECTIONS", others)
    _screen, fees = open_fees(qtbot, session, dispute)
    assert not fees.objection.isVisible()
    assert not fees.argument.isVisible()


def test_a_limit_that_went_by_and_what_was_granted_are_told(
    qtbot: QtBot, session: CaseSession, case: Case, ask: Ask
) -> None:
    request_id = ask("EPA R9", 15, fee_ceiling=2500, currency="USD", waiver_asked=True)
    log(
        case, request_id, K.ADVANCE_PAYMENT, dated=ago(9), amount=2500, currency="USD",
        limit_on=ago(2),
    )  # fmt: skip
    log(case, request_id, K.FEE_ESTIMATE, dated=ago(8), amount=2000, currency="USD")
    log(case, request_id, K.WAIVER_DECISION, dated=ago(7), outcome="granted")
    _screen, fees = open_fees(qtbot, session, request_id)
    said = lines(fees)
    [(tail, _)] = [told for words, told in said.items() if words.startswith("Open: advance")]
    assert tail.startswith("over since ")
    [(tail, _)] = [told for words, told in said.items() if words.startswith("Open: fee estimate")]
    assert tail == "the letter names no day"
    assert said["Current estimate"] == ("20.00 USD", "within your ceiling")
    assert said["Demanded in advance"][0] == "25.00 USD"
    assert said["Fee waiver"][0] == "Granted"
    assert not fees.argument.isEnabled()


def test_an_appeal_against_a_refused_waiver_ends_its_limit(
    qtbot: QtBot, session: CaseSession, case: Case, dispute: str
) -> None:
    refused = request_events.listing(case, dispute)[-1]
    log(case, dispute, K.APPEAL, sent=ago(1), answers=refused.id)
    _screen, fees = open_fees(qtbot, session, dispute)
    assert "you appealed on " in lines(fees)["Fee waiver"][1]
    assert fees.history.lines[-1].text == "Appeal sent"


def test_in_a_closed_request_nothing_is_open(
    qtbot: QtBot, session: CaseSession, case: Case, dispute: str
) -> None:
    log(case, dispute, K.CLOSED, dated=ago(0))
    _screen, fees = open_fees(qtbot, session, dispute)
    assert not any(words.startswith("Open:") for words in lines(fees))
    assert "appeal" not in lines(fees)["Fee waiver"][1]


def test_a_case_that_is_read_only_logs_and_drafts_nothing(
    qtbot: QtBot, session: CaseSession, dispute: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(session), "read_only", property(lambda _self: True))
    screen, fees = open_fees(qtbot, session, dispute)
    for made in (fees.letter, fees.answer, fees.objection, fees.argument, fees.empty.button):
        assert not made.isEnabled()
    qtbot.keyClick(fees.history, Qt.Key.Key_Return)
    assert not screen.log_form.isVisible()
