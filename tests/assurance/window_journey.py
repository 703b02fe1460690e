"""The same work in the real window: ``python -m tests.assurance.window_journey FOLDER``. Run under
strace by test_nothing_in_the_clear; the program's own door is used, but for the event loop.
"""

from __future__ import annotations

import sys
import traceback
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from casefile.app import run
from casefile.services import documents, sources
from casefile.ui.bundles.screen import BundlesScreen
from casefile.ui.lists.followups import FollowUpsScreen
from casefile.ui.lists.sources import SourcesScreen
from casefile.ui.main_window import MainWindow
from casefile.ui.start.making import NewCase
from tests.assurance import planted
from tests.journeys.driving import Reporter

failures: list[BaseException] = []


def main(folder: Path) -> int:
    sys.argv = ["casefile"]
    begin = _Begin(folder)
    begin.soon()
    status = run([])
    for failure in failures:
        traceback.print_exception(failure)
    return 1 if failures else status


class _Begin:
    """Waits for the program to have made its application and window."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def soon(self) -> None:
        import casefile.ui.application as application

        real = application._after_showing

        def after(app: QApplication, window: MainWindow, *rest: object) -> None:
            real(app, window, *rest)  # type: ignore[arg-type]
            QTimer.singleShot(0, lambda: self._travel(window))

        application._after_showing = after  # type: ignore[assignment]

    def _travel(self, window: MainWindow) -> None:
        try:
            travel(Reporter(window), self._folder)
        except BaseException as error:  # noqa: BLE001 - told when the window is gone
            failures.append(error)
        window.close()


def travel(reporter: Reporter, folder: Path) -> None:
    """From an empty disk to a bundle, and back behind the lock."""
    new_case(reporter, folder)
    reporter.bring_in(planted.originals_made(folder / "in"))
    reader = reporter.open_hit("zanzibarite")
    reporter.press("Escape")
    reporter.select(reader, planted.PHRASE)
    reporter.press("3")
    reporter.until(lambda: reader.document.marks.on(1), "the highlight on its page")
    reporter.press("Alt+Down", "Return")
    reporter.until(reader.inspector.mark.comment.hasFocus, "the caret in the comment")
    reporter.type(planted.COMMENT)
    reporter.press("Escape", "Escape")
    reporter.idle()
    reporter.select(reader, planted.PHRASE)
    reporter.press("Q")
    reporter.until(lambda: reader.inspector.form is reader.inspector.quote, "the quote form")
    reporter.press("Return")
    reporter.idle()
    reporter.press("F")
    reporter.until(reader.inspector.followup.line.hasFocus, "the line for a follow-up")
    reporter.type(f"{planted.FOLLOW_UP} fri")
    reporter.press("Return")
    reporter.idle()
    elsewhere(reporter)
    source(reporter)
    bundle(reporter, folder / "out")
    reporter.press("Ctrl+L")
    reporter.until(lambda: reporter.window.desk is None, "locked")
    reporter.type(planted.PASSPHRASE)
    reporter.press("Return")
    reporter.until(lambda: reporter.window.desk is not None, "open again")
    reporter.idle()


def new_case(reporter: Reporter, folder: Path) -> None:
    window = reporter.window
    reporter.press("Space")
    page = window.pages.currentWidget()
    assert isinstance(page, NewCase)
    reporter.until(lambda: page.folder.text() != "", "a suggested name")
    page.location.setText(str(folder))
    page.folder.setText("case")
    reporter.type(planted.CASE_NAME)
    for field in (page.passphrase.edit, page.again.edit):
        field.setFocus()
        reporter.type(planted.PASSPHRASE)
    page.understood.setFocus()
    reporter.press("Space")
    page.again.edit.setFocus()
    reporter.press("Return")
    reporter.until(lambda: window.desk is not None, "the new case")
    reporter.idle()


def elsewhere(reporter: Reporter) -> None:
    """The words as text, copied; two places side by side; a window of its own, and back."""
    desk = reporter.window.desk
    assert desk is not None
    reader, readers = reporter.opened(), desk.readers
    reporter.press("F7")
    reporter.until(lambda: reader.text.edit.toPlainText() != "", "the page as text")
    reporter.press("Ctrl+A", "Ctrl+C")
    reporter.idle()
    reporter.press("Escape", "F7", "F8")
    reporter.until(lambda: len(readers.views) == 2 and readers.views[1].desk is not None, "halves")
    reporter.press("F8", "Shift+F8")
    reporter.until(lambda: readers.in_front is not None, "a window of its own")
    reporter.press("Ctrl+K")
    reporter.type("own window")
    reporter.press("Return")
    reporter.until(lambda: readers.main is not None and bool(readers.main.views), "back again")
    reporter.idle()


def source(reporter: Reporter) -> None:
    """A confidential source, and a follow-up of its own screen."""
    reporter.press("Ctrl+4")
    screen = reporter.screen(SourcesScreen)
    reporter.idle()
    reporter.press("Ctrl+N")
    reporter.until(screen.form.isVisible, "the form for a source")
    screen.form.confidential.setChecked(True)
    screen.form.code_name.setText(planted.CODE_NAME)
    reporter.type(planted.REAL_NAME)
    reporter.press("Return")
    reporter.idle()
    assert reporter.window.session is not None
    assert len(sources.listing(reporter.window.session.case)) == 1
    reporter.press("Ctrl+6")
    reporter.screen(FollowUpsScreen)
    reporter.idle()
    reporter.press("Ctrl+N")
    reporter.type(f"{planted.NOTE} tomorrow")
    reporter.press("Return")
    reporter.idle()


def bundle(reporter: Reporter, out: Path) -> None:
    out.mkdir()
    session = reporter.window.session
    assert session is not None
    assert documents.listing(session.case)
    reporter.press("Ctrl+7")
    screen = reporter.screen(BundlesScreen)
    reporter.idle()
    reporter.press("Ctrl+N")
    reporter.idle()
    screen.sheet.place.path.setText(str(out / "bundle"))
    reporter.until(screen.sheet.make.isEnabled, "the bundle can be made")
    screen.sheet.make.setFocus()
    reporter.press("Space")
    reporter.until((out / "bundle" / "index.html").exists, "the bundle written")
    reporter.idle()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
