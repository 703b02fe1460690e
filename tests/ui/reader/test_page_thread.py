"""The page thread: what is most urgent comes first, what was given up never comes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from casefile.domain.errors import UserError
from casefile.domain.geometry import Box
from casefile.services.reading import Pixels
from casefile.ui.reader.page_thread import PageThread
from casefile.ui.reader.tiles import Tile
from tests.ui.reader.pretending import PretendedPages


class Sized(PretendedPages):
    def size(self, _page: int) -> tuple[float, float]:
        return 100.0, 100.0


def tile(page: int) -> Tile:
    return Tile("d", page, 1.0, 0, 0)


@pytest.fixture
def pages() -> Sized:
    return Sized()


@pytest.fixture
def thread(qtbot: QtBot, pages: Sized) -> Iterator[PageThread]:
    made = PageThread(pages, ahead=False)
    yield made
    pages.gate.set()
    made.close()
    assert made.wait(10)


def test_a_new_plan_replaces_the_old_one(qtbot: QtBot, thread: PageThread, pages: Sized) -> None:
    drawn: list[int] = []
    thread.drawn.connect(lambda tile, _image: drawn.append(tile.page))
    pages.gate.clear()
    thread.plan([tile(1), tile(2), tile(3)])
    qtbot.waitUntil(lambda: len(pages.asked) == 1)
    thread.plan([tile(1), tile(9)])
    pages.gate.set()
    qtbot.waitUntil(lambda: drawn == [1, 9])
    assert [page for page, _ in pages.asked] == [1, 9], "1 was under way and is not drawn again"


def test_the_next_tile_is_asked_for_while_one_is_drawn_and_no_other(
    qtbot: QtBot, pages: Sized
) -> None:
    thread = PageThread(pages)
    drawn: list[int] = []
    thread.drawn.connect(lambda tile, _image: drawn.append(tile.page))
    pages.gate.clear()
    thread.plan([tile(1), tile(2), tile(3)])
    qtbot.waitUntil(lambda: len(pages.asked) == 2)
    thread.plan([tile(2), tile(9)])
    pages.gate.set()
    qtbot.waitUntil(lambda: sorted(drawn) == [1, 2, 9])
    assert sorted(page for page, _ in pages.asked) == [1, 2, 9]
    thread.close()
    assert thread.wait(10)


def test_urgent_comes_before_plan_before_thumbnails_before_patient(
    qtbot: QtBot, thread: PageThread, pages: Sized
) -> None:
    order: list[str] = []
    thread.drawn.connect(lambda tile, _image: order.append(f"tile {tile.page}"))
    pages.gate.clear()
    thread.plan([tile(1)])
    qtbot.waitUntil(lambda: len(pages.asked) == 1)

    def note(word: object) -> None:
        order.append(str(word))

    thread.ask(lambda: "patient", note, note)
    thread.later([tile(3)])
    thread.plan([tile(2)])
    thread.ask(lambda: "urgent", note, note, urgent=True)
    pages.gate.set()
    qtbot.waitUntil(lambda: len(order) == 5)
    assert order == ["tile 1", "urgent", "tile 2", "tile 3", "patient"]


def test_a_walk_lets_tiles_pass_and_can_be_given_up(
    qtbot: QtBot, thread: PageThread, pages: Sized
) -> None:
    got: list[object] = []
    ended: list[object] = []

    def steps() -> Iterator[int]:
        yield from range(1_000_000)

    walk = thread.walk(steps, got.append, ended.append)
    with qtbot.waitSignal(thread.drawn, timeout=5_000):
        thread.plan([tile(1)])
    qtbot.waitUntil(lambda: len(got) > 3)
    walk.cancel()
    count = len(got)
    with qtbot.waitSignal(thread.drawn, timeout=5_000):
        thread.plan([tile(2)])
    assert len(got) == count
    assert ended == []


def test_a_walk_ends_with_its_error(qtbot: QtBot, thread: PageThread) -> None:
    ended: list[UserError | None] = []

    def steps() -> Iterator[int]:
        yield 1
        raise UserError("document.damaged")

    thread.walk(steps, lambda _found: None, ended.append)
    qtbot.waitUntil(lambda: bool(ended))
    assert ended[0] is not None
    assert ended[0].code == "document.damaged"


def test_a_page_that_fails_takes_its_other_tiles_out_of_the_plan(
    qtbot: QtBot, thread: PageThread, pages: Sized
) -> None:
    pages.broken = {1}
    failed: list[int] = []
    drawn: list[int] = []
    thread.failed.connect(lambda page, _error: failed.append(page))
    thread.drawn.connect(lambda tile, _image: drawn.append(tile.page))
    thread.plan([tile(1), Tile("d", 1, 1.0, 0, 1), tile(2)])
    qtbot.waitUntil(lambda: drawn == [2])
    assert failed == [1]


def test_a_bug_is_told_on_the_main_thread_and_the_thread_goes_on(
    qtbot: QtBot, thread: PageThread
) -> None:
    def bug() -> None:
        raise ZeroDivisionError

    with qtbot.captureExceptions() as told:
        thread.ask(bug, lambda _got: None, lambda _error: None)
        qtbot.waitUntil(lambda: bool(told))
    assert told[0][0] is ZeroDivisionError
    done: list[object] = []
    thread.ask(lambda: 1, done.append, lambda _error: None)
    qtbot.waitUntil(lambda: done == [1])


def test_after_closing_nothing_arrives(qtbot: QtBot, pages: Sized) -> None:
    thread = PageThread(pages, ahead=False)
    told: list[object] = []
    thread.drawn.connect(lambda *got: told.append(got))
    pages.gate.clear()
    thread.plan([tile(1), tile(2)])
    qtbot.waitUntil(lambda: len(pages.asked) == 1)
    thread.close()
    pages.gate.set()
    assert thread.wait(10)
    qtbot.wait(20)
    assert told == []
    assert len(pages.asked) == 1


def test_a_strip_thinner_than_a_pixel_is_not_asked_for(qtbot: QtBot, pages: Sized) -> None:
    class Hair(Sized):
        def size(self, _page: int) -> tuple[float, float]:
            return 512.2, 512.0

        def render(self, _page: int, _scale: float, _clip: Box, *, night: bool) -> Pixels:  # noqa: ARG002
            raise AssertionError("asked")

    thread = PageThread(Hair())
    with qtbot.waitSignal(thread.drawn, timeout=5_000):
        thread.plan([Tile("d", 1, 1.0, 1, 0)])
    thread.close()
    assert thread.wait(10)
