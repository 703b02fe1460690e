"""Drives the real window as a reporter does, and counts what that takes.

Nothing here knows pytest: the same hands drive the window that runs under strace.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Self, TypeVar

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QEventLoop,
    QMimeData,
    QObject,
    QPoint,
    QPointF,
    Qt,
    QTimer,
    QUrl,
)
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QMenu, QWidget

from casefile.ui.main_window import MainWindow
from casefile.ui.reader.reader_view import ReaderView
from casefile.ui.reader.reading_desk import ReadingDesk
from casefile.ui.reader_area import ReaderArea

W = TypeVar("W", bound=QWidget)

#: No step of a journey takes longer, even on a busy machine.
PATIENCE = 20.0
_LOOK_EVERY = 10
SHOTS = os.environ.get("CASEFILE_SHOTS", "")


class Impatient(AssertionError):
    """Something that was waited for has not happened."""


class Strays(QObject):
    """Notes every window that is shown besides the main window, its dialogs, menus and tips: a
    widget that is shown before it has a parent flashes up as a window and takes the focus."""

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        self.seen: list[str] = []
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            own = isinstance(watched, QMainWindow | QDialog | QMenu)
            tip = watched.windowType() in (Qt.WindowType.ToolTip, Qt.WindowType.Popup)
            if not own and not tip:
                self.seen.append(repr(watched))
        return False


class Reporter:
    """Hands on keyboard and mouse. ``presses`` counts keys and clicks; text that is typed or
    dropped files are not counted."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.presses = 0
        self.strays: Strays | None = None

    # -- waiting ----------------------------------------------------------------------------

    def until(self, happened: Callable[[], object], what: str, seconds: float = PATIENCE) -> None:
        """Let the window live until ``happened()`` is true."""
        loop = QEventLoop()
        look, give_up = QTimer(), QTimer()
        seen = bool(happened())

        def look_again() -> None:
            nonlocal seen
            seen = seen or bool(happened())
            if seen:
                loop.quit()

        look.timeout.connect(look_again)
        give_up.setSingleShot(True)
        give_up.timeout.connect(loop.quit)
        look.start(_LOOK_EVERY)
        give_up.start(round(seconds * 1000))
        if not seen:
            loop.exec()
        look.stop()
        give_up.stop()
        if not seen:
            self.shoot("impatient")
            raise Impatient(f"never happened: {what} (the focus is on {self.focus!r})")

    def breathe(self) -> None:
        """Let everything that is due happen, in turns of the event loop as in the running app."""
        loop = QEventLoop()
        QTimer.singleShot(0, loop.quit)
        loop.exec()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self._stay_in_front()

    def _stay_in_front(self) -> None:
        if QApplication.activeWindow() is None and self.window.isVisible():
            # A window manager does this when a dialog has gone; there is none here.
            self.window.activateWindow()
            QApplication.processEvents()

    # -- keyboard and mouse -----------------------------------------------------------------

    @property
    def focus(self) -> QWidget:
        """Where keys go."""
        widget = QApplication.focusWidget()
        return widget if widget is not None else self.window

    def press(self, *sequences: str) -> None:
        """Press keys, one after the other (``"Ctrl+L"``, ``"Return"``), wherever the focus is."""
        for sequence in sequences:
            self.presses += 1
            self._stay_in_front()
            combination = QKeySequence(sequence)[0]
            QTest.keyClick(self.focus, combination.key(), combination.keyboardModifiers())
            self.breathe()

    def type(self, text: str) -> None:
        """Type words into what has the focus."""
        self._stay_in_front()
        QTest.keyClicks(self.focus, text)
        self.breathe()

    def paste(self, text: str) -> None:
        """Ctrl+V of something copied elsewhere."""
        QGuiApplication.clipboard().setText(text)
        self.press("Ctrl+V")

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """One click with the left button."""
        self.presses += 1
        QTest.mouseClick(
            widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at or QPoint()
        )
        self.breathe()

    def drag(self, widget: QWidget, start: QPointF, end: QPointF) -> None:
        """Press at ``start``, move, release at ``end``."""
        self.presses += 1
        begin, stop = start.toPoint(), end.toPoint()
        QTest.mousePress(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, begin)
        QTest.mouseMove(widget, (begin + stop) / 2)
        QTest.mouseMove(widget, stop)
        QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, stop)
        self.breathe()

    def drop(self, paths: list[Path]) -> None:
        """Drag files from a file manager and let go of them over the window."""
        files = QMimeData()
        files.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        desk = self.window.desk
        assert desk is not None
        keys, buttons = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
        action = Qt.DropAction.CopyAction
        entering = QDragEnterEvent(QPoint(200, 200), action, files, buttons, keys)
        QApplication.sendEvent(desk, entering)
        assert entering.isAccepted()
        QApplication.sendEvent(desk, QDropEvent(QPointF(200, 200), action, files, buttons, keys))
        self.breathe()

    def counting(self) -> Counter:
        """Count the presses of a ``with`` block."""
        return Counter(self)

    # -- what is on the screen --------------------------------------------------------------

    def screen(self, kind: type[W]) -> W:
        """The screen of the desk that is shown, which must be of ``kind``."""
        desk = self.window.desk
        assert desk is not None
        self.until(lambda: isinstance(desk.middle.currentWidget(), kind), f"{kind.__name__} shown")
        shown = desk.middle.currentWidget()
        assert isinstance(shown, kind)
        return shown

    @property
    def document(self) -> ReaderView:
        """The document that is read."""
        desk = self.window.desk
        area = desk.reader if desk is not None else None
        assert isinstance(area, ReaderArea)
        assert area.current is not None
        return area.current

    def opened(self) -> ReadingDesk:
        """The reader, as soon as its document is open."""
        self.until(lambda: self._reader() is not None, "a document open in the reader")
        reader = self._reader()
        assert reader is not None
        return reader

    def _reader(self) -> ReadingDesk | None:
        desk = self.window.desk
        area = desk.reader if desk is not None else None
        view = area.current if isinstance(area, ReaderArea) else None
        return view.desk if view is not None else None

    def idle(self) -> None:
        """Wait until no edit or reading is under way and nothing is imported."""
        session, jobs = self.window.session, self.window.jobs
        assert session is not None
        assert jobs is not None
        self.until(
            lambda: not session.tasks._running and not jobs.running, "threads and jobs at rest"
        )
        self.breathe()

    def shoot(self, name: str) -> None:
        """A picture of the window, into the folder that CASEFILE_SHOTS names."""
        if SHOTS:
            self.window.grab().save(str(Path(SHOTS) / f"{name}.png"))

    # -- whole steps ------------------------------------------------------------------------

    def unlock(self, folder: Path, passphrase: str) -> None:
        """Type the passphrase of a case and wait for its desk."""
        self.window.show_unlock(folder)
        self.breathe()
        self.type(passphrase)
        self.press("Return")
        self.until(lambda: self.window.desk is not None, "the case open")
        self.idle()

    def bring_in(self, paths: list[Path]) -> None:
        """Drop files, say that they were released, wait until they are in."""
        jobs = self.window.jobs
        assert jobs is not None
        before = len(jobs.all)
        self.drop(paths)
        self.until(lambda: self.window.sheet is not None, "the import sheet")
        self.press("Space", "Return")
        self.until(lambda: len(jobs.all) > before and not jobs.running, "everything imported")
        self.idle()

    def open_hit(self, query: str) -> ReadingDesk:
        """Search everywhere, and open the first hit."""
        from casefile.ui.search.everywhere import SearchScreen

        self.press("Ctrl+Shift+F")
        self.type(query)
        screen = self.screen(SearchScreen)
        self.until(lambda: screen.hits.query == query and screen.hits.hits, f"hits of {query}")
        self.press("Return")
        reader = self.opened()
        self.until(lambda: reader.finder.complete and reader.finder.count, "the hit on its page")
        return reader

    def select(self, reader: ReadingDesk, words: str) -> None:
        """Find words in the document with the keyboard; Esc leaves them selected."""
        self.press("Ctrl+F")
        self.press("Ctrl+A")
        self.type(words)
        finder = reader.finder
        self.until(lambda: finder.needle == words and finder.complete, f"{words} looked for")
        assert finder.count, words
        self.press("Escape")
        self.until(lambda: reader.view.selection.ends is not None, f"{words} selected")


class Counter:
    """``with reporter.counting() as taken: …`` and then ``taken.presses``."""

    def __init__(self, reporter: Reporter) -> None:
        self._reporter, self._from, self.presses = reporter, 0, 0

    def __enter__(self) -> Self:
        self._from = self._reporter.presses
        return self

    def __exit__(self, *_exception: object) -> None:
        self.presses = self._reporter.presses - self._from
