"""What somebody at the keyboard does while we measure; see ``in_window``."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractEventDispatcher, QObject

from casefile.ui.reader import tiles
from casefile.ui.reader.reading_desk import ReadingDesk
from tests.bench.in_window import Condition, Scene

if TYPE_CHECKING:
    from casefile.ui.main_window import MainWindow

#: A frame of 30 a second, in seconds.
FRAME = 0.033
RUNS = 9
EDITS = 40


class Turns(QObject):
    """How much the main thread computed at a stretch, from one wait for something to happen to the
    next: meanwhile nothing could be painted. Counted in the thread's own processor time, so that
    it does not matter what else the machine does."""

    def __init__(self) -> None:
        super().__init__()
        self.worked: list[float] = []
        self._at = time.thread_time()
        QAbstractEventDispatcher.instance().aboutToBlock.connect(self._waits)

    def _waits(self) -> None:
        now = time.thread_time()
        self.worked.append(now - self._at)
        self._at = now

    def result(self) -> dict[str, Any]:
        return {
            "turns": len(self.worked),
            "late": sum(turn > FRAME for turn in self.worked),
            "longest": max(self.worked),
        }


def opening(window: MainWindow, document_id: str) -> Scene:
    """Seconds from asking for a document to its first page drawn and painted, each time afresh."""
    assert window.desk is not None
    times: list[float] = []
    for _ in range(RUNS):
        began = time.perf_counter()
        window.desk.open_document(document_id)
        yield from _desk(window)
        yield lambda: _is_sharp(_shown(window))
        _shown(window).view.viewport().repaint()
        times.append(time.perf_counter() - began)
        assert window.desk.reader is not None
        window.desk.reader.close_current()
        yield _after(0.3)
    return times


def scrolling(window: MainWindow, document_id: str, step: str) -> Scene:
    """From end to end by ``step`` screens every 8 ms, as fast as a held key repeats and faster."""
    assert window.desk is not None
    window.desk.open_document(document_id)
    yield from _desk(window)
    yield lambda: _is_sharp(_shown(window))
    desk = _shown(window)
    yield _after(0.5)
    bar = desk.view.verticalScrollBar()
    turns = Turns()
    while bar.value() < bar.maximum():
        desk.view.scroll_by(float(step))
        yield _after(0.008)
    yield lambda: _is_sharp(desk)
    return {**turns.result(), "pages": desk.document.pages, "renders": desk.document.renders}


def finding(window: MainWindow, document_id: str, *needles: str) -> Scene:
    """Seconds from the last letter typed into Find to the first hit on the screen, for each needle;
    the pause that Find waits for more letters is part of it."""
    assert window.desk is not None
    window.desk.open_document(document_id)
    yield from _desk(window)
    desk = _shown(window)
    yield lambda: _is_sharp(desk)
    times = []
    for needle in needles:
        desk.view.go_to_page(1)
        yield _after(0.4)
        began = time.perf_counter()
        desk.finder.look_for(needle, 1)
        yield lambda: desk.finder.current is not None and _is_sharp(desk)
        times.append(time.perf_counter() - began)
        desk.finder.clear()
    return times


def marking(window: MainWindow, document_id: str, marks: str) -> Scene:
    """A document with many marks: until they are there; then line after line is highlighted, from
    the verb to the mark painted; and how long the main thread was kept meanwhile."""
    assert window.desk is not None
    turns, began = Turns(), time.perf_counter()
    window.desk.open_document(document_id)
    yield from _desk(window)
    desk = _shown(window)
    yield lambda: len(desk.document.marks.all) >= int(marks)
    listed = time.perf_counter() - began
    desk.side.show_tab("marks")
    yield _after(1.0)
    taken = []
    for page in range(100, 100 + 20 * EDITS, 20):
        taken.append((yield from _marked(desk, page)))
        yield _after(0.05)
    return {"listed": listed, "taken": taken, **turns.result()}


def _marked(desk: ReadingDesk, page: int) -> Generator[Condition, None, float]:
    """Highlight the 30th line of a page; seconds from the verb to the mark on the screen."""
    desk.view.go_to_page(page)
    yield lambda: desk.document.text(page) is not None and _is_sharp(desk)
    text = desk.document.text(page)
    assert text is not None
    desk.view.selection.select_quads(page, text.lines[29].quads)
    yield lambda: desk.view.selection.ends is not None
    before = len(desk.document.marks.on(page))
    began = time.perf_counter()
    desk.actions_["colour.pink"].trigger()
    yield lambda: len(desk.document.marks.on(page)) > before
    desk.view.viewport().repaint()
    return time.perf_counter() - began


def _desk(window: MainWindow) -> Scene:
    yield lambda: _reader_desk(window) is not None


def _reader_desk(window: MainWindow) -> ReadingDesk | None:
    area = window.desk.reader if window.desk is not None else None
    view = area.current if area is not None else None
    return view.desk if view is not None else None


def _shown(window: MainWindow) -> ReadingDesk:
    desk = _reader_desk(window)
    assert desk is not None
    return desk


def _is_sharp(desk: ReadingDesk) -> bool:
    """Whether everything in view has been drawn."""
    view, document = desk.view, desk.document
    views = [(view._layout, view.view)]
    return not tiles.wanted(document.id, views, document.memory.__contains__, lambda _page: True)


def _after(seconds: float) -> Callable[[], bool]:
    until = time.perf_counter() + seconds
    return lambda: time.perf_counter() >= until
