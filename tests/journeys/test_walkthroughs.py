"""The walkthroughs of the reader, each in no more keys and clicks than it may take."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from casefile.domain.annotations import AnnotationKind
from casefile.domain.documents import Provenance
from casefile.security.kdf import CHEAP
from casefile.services import (
    annotating,
    appeal_grounds,
    followups,
    importing,
    quoting,
    tags,
    withholding,
)
from casefile.services.case import create_case
from casefile.services.import_values import ImportChoices
from casefile.ui.lists.documents import DocumentsScreen
from casefile.ui.reader.reading_desk import ReadingDesk
from casefile.ui.reader_area import ReaderArea
from tests.journeys.conftest import PASSPHRASE
from tests.journeys.driving import Reporter
from tests.journeys.test_a_days_work import PHRASE, case_of, reading, release
from tests.services.material import write_pdf

__all__ = ["reading"]  # the fixture is used here too

pytestmark = pytest.mark.journey

FRIDAY = 5


@pytest.fixture(scope="module")
def long_case(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> Path:
    """A closed case with a document of 5,000 pages."""
    folder = tmp_path_factory.mktemp("long") / "Case"
    with create_case(folder, PASSPHRASE, "Long", CHEAP) as case:
        file = corpus / "robust" / "synthetic" / "pages_5000.pdf"
        importing.import_paths(case, [file], ImportChoices(Provenance.RELEASED))
    return folder


@pytest.fixture
def long_document(reporter: Reporter, long_case: Path) -> ReadingDesk:
    """The 5,000 pages open in the reader."""
    reporter.unlock(long_case, PASSPHRASE)
    session = reporter.window.session
    assert session is not None
    (document,) = case_of(reporter).reader().query("SELECT id FROM document")
    session.open_document(document["id"])
    reader = reporter.opened()
    reporter.idle()
    reporter.until(reader.view.hasFocus, "the focus on the page")
    return reader


@pytest.fixture
def german() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("de_DE"))
    yield
    QLocale.setDefault(before)


def test_9_fifty_documents_are_tagged_in_four_steps_and_untagged_in_one(
    at_desk: Reporter, tmp_path: Path
) -> None:
    at_desk.bring_in([write_pdf(tmp_path / "in" / f"{n}.pdf", [f"Memo {n}."]) for n in range(50)])
    case = case_of(at_desk)
    at_desk.press("Ctrl+2")
    screen = at_desk.screen(DocumentsScreen)
    at_desk.idle()
    screen.view.setFocus()
    with at_desk.counting() as taken:
        at_desk.press("Ctrl+A")
        at_desk.until(screen.bar.isVisible, "the bar of what is selected")
        at_desk.click(screen.bar.tag)
        menu = screen.bar.tag.menu()
        at_desk.until(menu.isVisible, "the menu of tags")
        at_desk.click(menu, menu.actionGeometry(menu.actions()[-1]).center())
        at_desk.type("urgent")
        at_desk.press("Return")
    at_desk.idle()
    assert taken.presses <= 4
    tagged = tags.of(case, "document")
    assert len(tagged) == 50
    assert all(names == ("urgent",) for names in tagged.values())
    with at_desk.counting() as taken:
        at_desk.press("Ctrl+Z")
    at_desk.idle()
    assert taken.presses == 1
    assert not tags.of(case, "document")


def test_10_a_phrase_in_five_thousand_pages_is_counted_and_listed_in_two(
    reporter: Reporter, long_document: ReadingDesk
) -> None:
    page = case_of(reporter).reader().one("SELECT text FROM page WHERE number = 4321")
    assert page is not None
    finder = long_document.finder
    with reporter.counting() as taken:
        reporter.press("Ctrl+F")
        reporter.type("4321")
        reporter.press("Return")
    reporter.until(lambda: finder.complete and finder.count, "every hit counted")
    reporter.shoot("find-5000")
    assert taken.presses <= 2
    assert 4321 in {found.page for found in finder.all()}
    assert str(finder.count) in long_document.bar.finding.count.text()


def test_11_page_4321_is_two_keys_and_back_is_one(
    reporter: Reporter, long_document: ReadingDesk
) -> None:
    view = long_document.view
    before = view.place()
    with reporter.counting() as taken:
        reporter.press("G")
        reporter.type("4321")
        reporter.press("Return")
    assert taken.presses == 2
    reporter.until(lambda: view.page == 4321, "page 4,321")
    with reporter.counting() as taken:
        reporter.press("Alt+Left")
    assert taken.presses == 1
    assert view.place() == before


def test_14_words_are_quoted_without_a_mouse(at_desk: Reporter, tmp_path: Path) -> None:
    at_desk.bring_in([release(tmp_path / "in")])
    reader = at_desk.open_hit("release")
    at_desk.press("Escape")
    with at_desk.counting() as taken:
        at_desk.select(reader, PHRASE)
        at_desk.press("Q")
        form = reader.inspector.quote
        at_desk.until(lambda: reader.inspector.form is form, "the form for a quote")
        at_desk.press("Return")
    at_desk.idle()
    assert taken.presses <= 8
    (quote,) = quoting.listing(case_of(at_desk))
    assert " ".join(quote.text.split()) == PHRASE
    assert quote.page == 9


def test_15_a_table_is_captured_by_keyboard_in_twelve_keys(
    at_desk: Reporter, reading: ReadingDesk
) -> None:
    at_desk.press("Escape")
    with at_desk.counting() as taken:
        at_desk.press("R", "Up", "Up", "Up", "Shift+Right", "Shift+Right", "Shift+Right")
        at_desk.shoot("region")
        standing = reading.tooling.crosshair.box
        assert standing is not None
        at_desk.press("Return")
        at_desk.until(
            lambda: isinstance(QApplication.activePopupWidget(), QMenu), "what can be done with it"
        )
        at_desk.presses += 1
        QTest.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_Return)
        form = reading.inspector.quote
        at_desk.until(lambda: form.picture.image is not None, "its picture in the form")
        at_desk.shoot("region-quote")
        at_desk.press("Return")
    at_desk.idle()
    assert taken.presses <= 12
    (quote,) = quoting.listing(case_of(at_desk))
    assert quote.is_region
    assert (quote.page, len(quote.quads)) == (standing[0], 1)
    assert quote.quads[0].numbers() == pytest.approx(standing[1].quad().numbers(), abs=0.01)


def test_16_an_exemption_is_marked_in_three_and_appears_in_the_appeal(
    at_desk: Reporter, reading: ReadingDesk
) -> None:
    with at_desk.counting() as taken:
        at_desk.press("E")
        at_desk.type("b5")
        at_desk.shoot("exemption")
        at_desk.press("Return")
    at_desk.until(lambda: reading.document.marks.on(9), "the withholding on its page")
    at_desk.idle()
    assert taken.presses <= 3
    case = case_of(at_desk)
    (mark,) = annotating.listing(case)
    assert (mark.kind, mark.codes) == (AnnotationKind.WITHHOLDING, ("(b)(5)",))
    entries = withholding.index(case)
    assert [entry.mark.id for entry in entries] == [mark.id]
    assert "(b)(5)" in appeal_grounds.draft(entries)
    assert at_desk.focus is reading.view


def test_17_a_follow_up_from_a_selection_is_two_keys_and_its_date_is_read(
    at_desk: Reporter, reading: ReadingDesk, german: None
) -> None:
    form = reading.inspector.followup
    with at_desk.counting() as taken:
        at_desk.press("F")
        at_desk.until(lambda: reading.inspector.form is form, "the form for a follow-up")
        at_desk.type("call HERON fri")
        shown = form.due.text()
        at_desk.shoot("follow-up-form")
        at_desk.press("Return")
    at_desk.idle()
    assert taken.presses == 2
    (followup,) = followups.listing(case_of(at_desk))
    today = date.today()  # noqa: DTZ011 - the reporter's own day
    ahead = (FRIDAY - today.isoweekday()) % 7 or 7
    due = today + timedelta(days=ahead)
    assert (followup.text, followup.due) == ("call HERON", due.isoformat())
    assert (followup.linked_kind, followup.linked_page) == ("document", 9)
    assert "Freitag" in shown
    assert QLocale().toString(QDate(due.year, due.month, due.day), "MMMM") in shown


def test_23_a_hit_opens_in_a_new_tab_with_two_keys(at_desk: Reporter, tmp_path: Path) -> None:
    other = write_pdf(tmp_path / "in" / "other.pdf", ["Another memo about heron ponds."])
    at_desk.bring_in([release(tmp_path / "in"), other])
    at_desk.open_hit("heron")
    at_desk.idle()
    with at_desk.counting() as taken:
        at_desk.press("Ctrl+Shift+F")
        at_desk.type("waiver")
        screen = at_desk.window.desk.screen_of("search") if at_desk.window.desk else None
        at_desk.until(
            lambda: screen is not None and screen.hits.query == "waiver" and screen.hits.hits,
            "hits",
        )
        at_desk.press("Ctrl+Return")
    assert taken.presses == 2
    desk = at_desk.window.desk
    assert desk is not None
    area = desk.reader
    assert isinstance(area, ReaderArea)
    at_desk.until(lambda: area.tabs.count() == 2, "two tabs")
    reader = at_desk.opened()
    at_desk.until(lambda: reader.view.current_hit is not None, "the hit outlined")
    assert reader.view.page == 9
    assert QApplication.activeModalWidget() is None
