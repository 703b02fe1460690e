"""Find: order, wrapping, a count that grows, an end to it, giving up."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from casefile.domain.documents import PageState
from casefile.domain.errors import UserError
from casefile.services.finding import Hit, Matcher, PageHits
from casefile.ui.reader import find
from casefile.ui.reader.document import OpenDocument
from casefile.ui.reader.find import Finder
from casefile.ui.reader.hits_panel import HitsPanel
from casefile.ui.reader.tiles import TileMemory
from tests.ui.reader.pretending import PretendedPages, document, shapes

HIT = Hit("before ", "word", " after")


class Found(PretendedPages):
    """Two hits on every third page, from the page asked for, round the end; ``step`` lets one page
    at a time through while it is set to do so."""

    def __init__(self, pages: int) -> None:
        super().__init__()
        self.pages = pages
        self.step = threading.Semaphore(10**9)
        self.starts: list[tuple[str, int]] = []

    def find(self, matcher: Matcher, start_page: int) -> Iterator[PageHits]:
        needle = matcher.needle
        self.starts.append((needle, start_page))
        if needle == "damaged":
            raise UserError("document.damaged")
        for page in (*range(start_page, self.pages + 1), *range(1, start_page)):
            assert self.step.acquire(timeout=20)
            yield PageHits(page, (HIT, HIT) if page % 3 == 0 and needle != "nothing" else ())


@pytest.fixture
def source() -> Found:
    return Found(30)


@pytest.fixture
def finder(qtbot: QtBot, qapp: QApplication, source: Found) -> Iterator[Finder]:
    memory: TileMemory[QImage] = TileMemory()
    opened = OpenDocument(document(30), shapes(30), source, memory)
    yield Finder(opened)
    source.step.release(10**6)
    opened.wipe()
    assert opened.thread_.wait(10)


def complete(qtbot: QtBot, finder: Finder) -> None:
    qtbot.waitUntil(lambda: finder.complete and not finder.is_pending, timeout=10_000)


def test_hits_stand_in_the_order_of_the_document_wherever_the_search_began(
    qtbot: QtBot, finder: Finder
) -> None:
    finder.look_for("word", 20)
    complete(qtbot, finder)
    assert list(finder.pages) == list(range(3, 31, 3))
    assert finder.count == 20
    assert finder.current is not None
    assert finder.current.page == 21
    assert finder.position() == 13
    assert finder.summary() == "13 of 20"


def test_the_count_grows_and_says_so(qtbot: QtBot, finder: Finder, source: Found) -> None:
    source.step = threading.Semaphore(0)
    finder.look_for("word", 1, at_once=True)
    assert finder.summary() == "Looking…"
    source.step.release(7)
    qtbot.waitUntil(lambda: finder.count == 4, timeout=10_000)
    assert finder.summary() == "1 of 4 so far"
    source.step.release(10**6)
    complete(qtbot, finder)
    assert finder.summary() == "1 of 20"


def test_stepping_goes_round_either_way(qtbot: QtBot, finder: Finder) -> None:
    finder.look_for("word", 1)
    complete(qtbot, finder)
    finder.step(False, 1)
    assert finder.position() == 20
    finder.step(True, 1)
    assert finder.position() == 1
    finder.step(True, 1)
    finder.step(True, 1)
    assert finder.current is not None
    assert (finder.current.page, finder.current.index) == (6, 0)
    finder.current = None
    finder.step(False, 10)
    assert (finder.current.page, finder.current.index) == (9, 1)  # type: ignore[attr-defined]


def test_typing_on_asks_only_for_what_was_typed_last(
    qtbot: QtBot, finder: Finder, source: Found
) -> None:
    for typed in ("w", "wo", "wor", "word"):
        finder.look_for(typed, 5)
    complete(qtbot, finder)
    assert source.starts == [("word", 5)]


def test_clearing_while_looking_leaves_nothing_behind(
    qtbot: QtBot, finder: Finder, source: Found
) -> None:
    source.step = threading.Semaphore(4)
    finder.look_for("word", 1, at_once=True)
    qtbot.waitUntil(lambda: finder.count == 2, timeout=10_000)
    finder.clear()
    source.step.release(10**6)
    qtbot.wait(50)
    assert (finder.count, finder.needle, finder.current) == (0, "", None)
    assert finder.summary() == ""


def test_a_letter_that_stands_everywhere_is_not_listed_for_ever(
    qtbot: QtBot, finder: Finder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find, "MOST", 8)
    finder.look_for("e", 1, at_once=True)
    complete(qtbot, finder)
    assert finder.capped
    assert finder.count == 8
    assert finder.summary() == "1 of 8+"


def test_nothing_found_and_an_error_both_end_the_search(qtbot: QtBot, finder: Finder) -> None:
    finder.look_for("nothing", 1, at_once=True)
    complete(qtbot, finder)
    assert finder.summary() == "No hits"
    finder.step(True, 1)
    assert finder.current is None
    with qtbot.waitSignal(finder.failed, timeout=10_000) as told:
        finder.look_for("damaged", 1, at_once=True)
    assert told.args[0].code == "document.damaged"
    assert finder.complete


def test_the_list_says_what_was_found_and_what_was_not_searched(
    qtbot: QtBot, finder: Finder
) -> None:
    opened = finder._document
    panel = HitsPanel(opened, finder)
    qtbot.addWidget(panel)
    finder.look_for("word", 1, at_once=True)
    complete(qtbot, finder)
    assert panel.summary.text() == "20 hits on 10 pages."
    waits = opened.shapes[4]._replace(state=PageState.AWAITING_OCR)
    opened.shapes = [*opened.shapes[:4], waits, *opened.shapes[5:]]
    finder.look_for("nothing", 1, at_once=True)
    complete(qtbot, finder)
    assert panel.summary.text() == "No hits. Not searched: 1 page waits for OCR."
