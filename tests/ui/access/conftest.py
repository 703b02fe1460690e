"""The sample case, opened once for all tests here, and somebody who walks through its screens."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QTabBar, QTabWidget

from casefile.security.kdf import CHEAP
from casefile.services import followups
from casefile.services.import_values import ImportChoices
from casefile.services.sample_case import PASSPHRASE
from casefile.ui import theme
from casefile.ui.doorkeeper import Doorkeeper
from casefile.ui.focus_ring import FocusRings
from casefile.ui.main_window import MainWindow
from casefile.ui.preferences import PreferenceFile
from tests.conftest import SECONDS_TO_END, child_processes
from tests.sample_case import sample_copy
from tests.ui.access.screens import Visitor


@pytest.fixture(scope="package", autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """As everywhere, but looked at once, when the window has gone: it serves all tests here."""
    threads, processes = set(threading.enumerate()), child_processes()
    yield
    for thread in set(threading.enumerate()) - threads:
        thread.join(SECONDS_TO_END)
    assert not [t.name for t in set(threading.enumerate()) - threads if t.is_alive()]
    assert not child_processes() - processes


@pytest.fixture(autouse=True)
def collected_on_the_main_thread() -> Iterator[None]:
    """What is young is collected after each test; the rest when the next screen is visited."""
    yield
    gc.collect(0)


@pytest.fixture(scope="package")
def hands(
    qapp: QApplication, tmp_path_factory: pytest.TempPathFactory, nothing_left_behind: None
) -> Iterator[Visitor]:
    """The sample case open in a window, with something in every list."""
    folder = tmp_path_factory.mktemp("access")
    QAccessible.setActive(True)
    if qapp.findChild(FocusRings) is None:
        FocusRings(qapp)
    qapp.setCursorFlashTime(0)
    window, door = (
        MainWindow(PreferenceFile(folder / f"{name}.json"), Doorkeeper(cost=CHEAP))
        for name in ("window", "door")
    )
    papers = _papers(folder)
    made = Visitor(window, door, papers)
    window.show()
    window.activateWindow()
    made.breathe()
    made.unlock(sample_copy(tmp_path_factory, folder / "case"), PASSPHRASE)
    _fill(made)
    yield made
    for each in (window, door):
        each.close()
        each.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    theme.current().choose(theme.Look.LIGHT, 100)
    QAccessible.setActive(False)
    gc.collect()


def _papers(folder: Path) -> list[Path]:
    """A file that can be read, one that cannot."""
    good, bad = folder / "memo on the waiver.txt", folder / "broken.pdf"
    good.write_text("The cooling waiver was approved.\n", "utf-8")
    bad.write_bytes(b"%PDF-1.7\nnot really\n")
    return [good, bad]


def _fill(hands: Visitor) -> None:
    """What the sample has none of: an import that needs the reporter, something in the Trash."""
    jobs = hands.window.jobs
    assert jobs is not None
    jobs.start_import(hands.papers, ImportChoices())
    gone = followups.add(hands.case, "an old reminder").ids("followup")
    followups.delete(hands.case, gone)
    hands.until(lambda: jobs.all and not jobs.running, "the import at its end")
    hands.idle()


@dataclass(frozen=True)
class Setting:
    """How the window looks during a visit."""

    look: str
    percent: int
    mirrored: bool = False

    def __str__(self) -> str:
        return f"{self.look}-{self.percent}{'-mirrored' if self.mirrored else ''}"

    def apply(self, hands: Visitor) -> None:
        hands.home()
        for window in (hands.window, hands.door):
            window.preferences.look = self.look
            window.preferences.text_percent = self.percent
            window.apply_preferences()
            window.resize(1280, 720)
        mirror(self.mirrored)
        hands.breathe()


def mirror(on: bool) -> None:
    """Turn the program's direction; its icons are drawn anew as at a start in that direction."""
    direction = Qt.LayoutDirection.RightToLeft if on else Qt.LayoutDirection.LeftToRight
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    if app.layoutDirection() is not direction:
        app.setLayoutDirection(direction)
        for widget in app.allWidgets():  # nobody turns it while it runs, so Qt lays these out once
            if isinstance(widget, QTabWidget | QTabBar):
                QApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))
        theme.current().refresh()


#: Both themes, both sizes, both directions (large text is the same in either theme).
SETTINGS = (
    Setting("light", 100),
    Setting("dark", 100),
    Setting("dark", 200),
    Setting("light", 100, mirrored=True),
)


@pytest.fixture
def plain(hands: Visitor) -> Visitor:
    """The window as it is by default: light, at 100 %."""
    SETTINGS[0].apply(hands)
    return hands


def none(complaints: list[str]) -> None:
    """Fails with the whole list."""
    assert not complaints, "\n".join(complaints)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says so when a field offers what can be typed."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))
