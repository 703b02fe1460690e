"""The window before a case is open: its pages, and what works on all of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from casefile.ui import full_screen, keymap
from casefile.ui.doorkeeper import Doorkeeper
from casefile.ui.preferences import PreferenceFile
from casefile.ui.start.unlock_page import UnlockPage
from casefile.ui.window_verbs import ALWAYS, WindowVerb

if TYPE_CHECKING:
    from casefile.ui.start.start_page import StartPage


class _FirstPicture(QWidget):
    """A dot over everything else: once it is painted, so is the window. (The window's own paint
    event does not come, where its pages cover it.)"""

    def __init__(self, window: FrontDoor) -> None:
        super().__init__(window)
        self._window = window
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setGeometry(0, 0, 1, 1)
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        self.hide()
        QTimer.singleShot(0, self._window.painted.emit)


class FrontDoor(QMainWindow):
    """Shows the first page, unlock, new case and recovery. ``painted`` follows the first picture.
    What the reporter asks for is told: ``case_wanted(folder, passphrase, name)``,
    ``recovery_wanted(code, passphrase)``, ``sample_made(folder, passphrase)``."""

    painted = Signal()
    case_wanted = Signal(str, str, str)
    recovery_wanted = Signal(str, str)
    sample_made = Signal(str, str)

    def __init__(self, preferences: PreferenceFile, doorkeeper: Doorkeeper) -> None:
        super().__init__()
        self.setWindowTitle("Casefile")
        self.resize(1360, 840)
        self.setMinimumSize(640, 420)
        self.preference_file = preferences
        self.preferences = preferences.read()
        self.doorkeeper = doorkeeper
        doorkeeper.setParent(self)
        self.path: Path | None = None
        self.pages = QStackedWidget()
        self.setCentralWidget(self.pages)
        self._start_page: StartPage | None = None
        self.unlock_page = UnlockPage()
        self.unlock_page.use_recovery.connect(self.show_recovery)
        self.unlock_page.open_other.connect(self.choose_case)
        self.pages.addWidget(self.unlock_page)
        self._first = _FirstPicture(self)
        self.verb_actions = {verb.id: self._action(verb) for verb in ALWAYS}
        self._when("quit", self.close)
        self._when("full_screen", self._full_screen)
        self._when("handbook", self.show_handbook)
        self._when("keys", self.show_keys)

    def _action(self, verb: WindowVerb) -> QAction:
        """An action of the whole window, with its keys."""
        action = QAction(verb.words, self)
        keymap.current().bind(action, verb.id, verb.keys)
        self.addAction(action)
        return action

    def _when(self, verb_id: str, act: Callable[[], object]) -> None:
        self.verb_actions[verb_id].triggered.connect(lambda _checked=False: act())

    @property
    def start_page(self) -> StartPage:
        """The first page, made when it is first asked for."""
        if self._start_page is None:
            from casefile.ui.start.start_page import StartPage

            page = StartPage()
            page.new_case.connect(self.show_new_case)
            page.open_other.connect(self.choose_case)
            page.open_recent.connect(lambda name: self.show_unlock(Path(name)))
            page.sample_case.connect(self.make_sample)
            self.pages.addWidget(page)
            self._start_page = page
        return self._start_page

    def show_start(self) -> None:
        """The first page."""
        self.start_page.notice.clear()
        self.start_page.show_recent(self.preferences.recent)
        self.pages.setCurrentWidget(self.start_page)
        self.start_page.enter()

    def show_unlock(self, path: Path, *, locked: bool = False, reason: str = "") -> None:
        """Ask for the passphrase of the case in ``path``."""
        self.path = path
        folder = path.parent if path.name == "case.casefile" else path
        self.pages.setCurrentWidget(self.unlock_page)
        self.unlock_page.show_case(folder, locked=locked, reason=reason)

    def show_new_case(self) -> None:
        from casefile.ui.start.making import NewCase

        self._show_extra(NewCase(self.doorkeeper, self.case_wanted.emit, self.show_start))

    def show_recovery(self) -> None:
        from casefile.ui.start.recovery_page import RecoveryPage

        page = RecoveryPage()
        page.back.connect(self._back_to_unlock)
        page.recover.connect(self.recovery_wanted)
        self._show_extra(page)
        page.start()

    def choose_case(self) -> None:
        """Let the reporter point at a case's folder."""
        from casefile.ui.file_dialog import choose_folder

        folder = choose_folder(self, "The folder of a case")
        if folder is not None:
            self.show_unlock(folder)

    def make_sample(self) -> None:
        """Make the sample case and open it."""
        from casefile.ui.start.sample import SampleMaker

        maker = SampleMaker(self.doorkeeper.tasks, self)
        maker.working.connect(self.start_page.set_working)
        maker.failed.connect(self.start_page.notice.show_error)
        maker.made.connect(self.sample_made)
        maker.start()

    def show_handbook(self) -> None:
        from casefile.ui.handbook import Handbook

        Handbook(self._front()).open()

    def show_keys(self) -> None:
        from casefile.ui.key_sheet import KeySheet

        KeySheet(self._front()).open()

    def _show_extra(self, page: QWidget) -> None:
        """Show a page that is made anew each time."""
        self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)

    def drop_extras(self, spared: QWidget | None = None) -> None:
        """Forget the pages that are made anew each time, but not ``spared``."""
        keep = (self._start_page, self.unlock_page, spared)
        pages = [self.pages.widget(index) for index in range(self.pages.count())]
        for page in pages:
            if page is not None and page not in keep:
                self.pages.removeWidget(page)
                page.deleteLater()

    def _back_to_unlock(self) -> None:
        if self.path is not None:
            self.show_unlock(self.path)
            self.drop_extras()

    def _full_screen(self) -> None:
        full_screen.toggle(self._front())

    def _front(self) -> QWidget:
        """The window that is worked in: this one, or a second one."""
        active = QApplication.activeWindow()
        return active if isinstance(active, QMainWindow) else self

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not full_screen.step_out(self, event):
            super().keyPressEvent(event)
