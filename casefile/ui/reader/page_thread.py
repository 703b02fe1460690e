"""The thread that asks a document's worker process for pictures and text, and a second one that
asks for the next picture meanwhile.

A worker answers one question at a time, so the order of the questions is everything. Four kinds,
most urgent first: ``ask(..., urgent=True)`` (text under the pointer), ``plan`` (what is in view),
``later`` (thumbnails), and patient work (``ask``, ``walk``: find, a page a step). A new plan
replaces the one before: what has scrolled away is never drawn.

Answers arrive on the main thread. After ``close`` nothing arrives any more.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage

from casefile.domain.errors import Cancelled, UserError
from casefile.domain.geometry import Box
from casefile.domain.night import PAPER
from casefile.services.reading import Pixels
from casefile.ui.reader.tiles import Tile

Answer = Callable[[], None]
#: A strip of a page thinner than this, in pixels, is not worth asking for.
HAIR = 0.5


class Pages(Protocol):
    """What draws pages: a document of the open case."""

    def size(self, page: int) -> tuple[float, float]: ...

    def render(self, page: int, scale: float, clip: Box, *, night: bool) -> Pixels: ...


class Walk:
    """A patient piece of work that can be given up; ``cancel`` may be called from any thread."""

    def __init__(self) -> None:
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        return self._cancelled.is_set()


class PageThread(QObject):
    """See the module. ``drawn(tile, image)`` and ``failed(page, error)`` tell of tiles."""

    drawn = Signal(object, object)
    failed = Signal(int, object)
    _answered = Signal(object)

    def __init__(self, pages: Pages, parent: QObject | None = None, *, ahead: bool = True) -> None:
        super().__init__(parent)
        self._pages = pages
        self._wake = threading.Condition()
        self._closed = False
        self._under_way: set[Tile] = set()
        self._plan: deque[Tile] = deque()
        self._later: deque[Tile] = deque()
        self._urgent: deque[Answer] = deque()
        self._patient: deque[tuple[Walk, Callable[[], bool]]] = deque()
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        ways = (self._next, self._next_ahead) if ahead else (self._next,)
        self._threads = [
            threading.Thread(target=self._run, args=(way,), name="pages", daemon=True)
            for way in ways
        ]
        for thread in self._threads:
            thread.start()

    def plan(self, tiles: Sequence[Tile]) -> None:
        """What to draw now, most urgent first, instead of what was planned before."""
        with self._wake:
            self._plan = deque(tile for tile in tiles if tile not in self._under_way)
            self._wake.notify_all()

    def later(self, tiles: Sequence[Tile]) -> None:
        """What to draw when nothing in view is missing (thumbnails), instead of what was."""
        with self._wake:
            self._later = deque(tile for tile in tiles if tile not in self._under_way)
            self._wake.notify_all()

    def ask(
        self,
        work: Callable[[], object],
        done: Callable[[object], None],
        failed: Callable[[UserError], None],
        *,
        urgent: bool = False,
    ) -> Walk:
        """Run ``work`` on the thread; ``done`` or ``failed`` follow on the main thread."""
        walk = Walk()

        def answer() -> bool:
            self._try(walk, work, done, failed)
            return False

        with self._wake:
            if urgent:
                self._urgent.append(lambda: self._try(walk, work, done, failed))
            else:
                self._patient.append((walk, answer))
            self._wake.notify_all()
        return walk

    def walk(
        self,
        steps: Callable[[], Iterator[object]],
        each: Callable[[object], None],
        ended: Callable[[UserError | None], None],
    ) -> Walk:
        """Go through ``steps()`` one by one whenever nothing is more urgent. ``each`` gets what a
        step yields; ``ended`` comes last, with the error if there was one."""
        walk = Walk()
        iterator: list[Iterator[object]] = []

        def step() -> bool:
            try:
                if not iterator:
                    iterator.append(steps())
                found = next(iterator[0])
            except StopIteration:
                self._send(walk, lambda: ended(None))
            except Cancelled:
                pass
            except UserError as error:
                outcome = error
                self._send(walk, lambda: ended(outcome))
            else:
                self._send(walk, lambda: each(found))
                return True
            return False

        with self._wake:
            self._patient.append((walk, step))
            self._wake.notify_all()
        return walk

    def close(self) -> None:
        """Stop after the question that is being answered; nothing is delivered any more."""
        with self._wake:
            self._closed = True
            for queue in (self._plan, self._later, self._urgent, self._patient):
                queue.clear()
            self._wake.notify_all()

    def wait(self, seconds: float) -> bool:
        """After ``close``: until the thread has ended; False if that took longer."""
        until = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def _run(self, following: Callable[[], Answer | None]) -> None:
        while (work := following()) is not None:
            try:
                work()
            except Exception as error:  # noqa: BLE001 - a bug is told on the main thread
                self._send(None, _raiser(error))

    def _next(self) -> Answer | None:
        """The most urgent piece of work, waiting for one if need be; ``None`` to end."""
        with self._wake:
            while not self._closed:
                if self._urgent:
                    self._wake.notify_all()  # the other thread may go on drawing
                    return self._urgent.popleft()
                tile = self._first(self._plan) or self._first(self._later)
                if tile is not None:
                    return partial(self._draw, tile)
                while self._patient:
                    walk, step = self._patient.popleft()
                    if not walk.cancelled:
                        return lambda: self._step(walk, step)
                self._wake.wait()
            return None

    def _next_ahead(self) -> Answer | None:
        """One tile of the plan more is asked for while another is drawn, so that the worker need
        not wait until the picture is here; but nothing while something urgent waits."""
        with self._wake:
            while not self._closed:
                tile = None if self._urgent else self._first(self._plan)
                if tile is not None:
                    return partial(self._draw, tile)
                self._wake.wait()
            return None

    def _first(self, queue: deque[Tile]) -> Tile | None:
        """Take the first tile that is not under way already."""
        while queue:
            tile = queue.popleft()
            if tile not in self._under_way:
                self._under_way.add(tile)
                return tile
        return None

    def _step(self, walk: Walk, step: Callable[[], bool]) -> None:
        if step():
            with self._wake:
                if not self._closed:
                    self._patient.append((walk, step))

    def _draw(self, tile: Tile) -> None:
        try:
            clip = tile.clip(*self._pages.size(tile.page))
            if min(clip.width, clip.height) * tile.scale < HAIR:
                image = blank(night=tile.night)
            else:
                image = as_image(self._pages.render(tile.page, tile.scale, clip, night=tile.night))
        except Cancelled:
            self._under_way.discard(tile)
        except UserError as error:
            outcome = error
            with self._wake:
                self._plan = deque(other for other in self._plan if other.page != tile.page)
                self._later = deque(other for other in self._later if other.page != tile.page)
            self._send(None, lambda: self._tell_failed(tile, outcome))
        else:
            self._send(None, lambda: self._tell_drawn(tile, image))

    def _tell_drawn(self, tile: Tile, image: QImage) -> None:
        self._under_way.discard(tile)
        self.drawn.emit(tile, image)

    def _tell_failed(self, tile: Tile, error: UserError) -> None:
        self._under_way.discard(tile)
        self.failed.emit(tile.page, error)

    def _try(
        self,
        walk: Walk,
        work: Callable[[], object],
        done: Callable[[object], None],
        failed: Callable[[UserError], None],
    ) -> None:
        if walk.cancelled:
            return
        try:
            result = work()
        except Cancelled:
            return
        except UserError as error:
            outcome = error
            self._send(walk, lambda: failed(outcome))
        else:
            self._send(walk, lambda: done(result))

    def _send(self, walk: Walk | None, answer: Answer) -> None:
        def unless_cancelled() -> None:
            if walk is None or not walk.cancelled:
                answer()

        with self._wake:
            if not self._closed:
                self._answered.emit(unless_cancelled)

    @Slot(object)
    def _deliver(self, answer: Answer) -> None:
        if not self._closed:
            answer()


def as_image(pixels: Pixels) -> QImage:
    """The picture over the memory it came in, which it keeps. Qt paints both formats as they are:
    other ones would take more memory and be no faster to look at."""
    formats = QImage.Format
    depth = formats.Format_Grayscale8 if pixels.channels == 1 else formats.Format_RGB888
    return QImage(pixels.data, pixels.width, pixels.height, pixels.stride, depth)


def blank(*, night: bool) -> QImage:
    """What there is to see of a part of a page thinner than a pixel."""
    image = QImage(1, 1, QImage.Format.Format_RGB32)
    image.fill(QColor(PAPER) if night else Qt.GlobalColor.white)
    return image


def _raiser(error: Exception) -> Answer:
    def tell() -> None:
        raise error

    return tell
