"""The new case page with what judges its input: passphrase strength and the folder."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QWidget

from casefile.ui.doorkeeper import Doorkeeper
from casefile.ui.file_dialog import choose_folder, start_folder
from casefile.ui.start.new_case_page import NewCasePage


class NewCase(NewCasePage):
    """``made(folder, passphrase, name)`` starts the work; ``cancelled`` leaves the page."""

    def __init__(
        self,
        doorkeeper: Doorkeeper,
        made: Callable[[str, str, str], object],
        cancelled: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tasks = doorkeeper.tasks
        self._made = made
        self.make.connect(self._make_it)
        self.cancel.connect(cancelled)
        self.choose_location.connect(self._choose_folder)
        self.strength_wanted.connect(self._judge)
        self.warnings_wanted.connect(self._look_at_folder)
        self.start(start_folder(), "")
        self._suggest(start_folder())

    def _make_it(self, folder: str, passphrase: str, name: str) -> None:
        self.set_busy(busy=True)
        self._made(folder, passphrase, name)

    def _suggest(self, parent: Path) -> None:
        def work() -> str:
            from casefile.services.case import suggested_folder_name

            today = date.today()  # noqa: DTZ011 - the reporter's own calendar
            return suggested_folder_name(today, parent)

        self._tasks.run(work, self._take_suggestion, owner=self)

    def _take_suggestion(self, name: str) -> None:
        if not self.folder.text():
            self.folder.setText(name)

    def _choose_folder(self, current: str) -> None:
        start = Path(current).expanduser()
        chosen = choose_folder(self, "Where to keep the case", start if start.is_dir() else None)
        if chosen is not None:
            self.location.setText(str(chosen))

    def _judge(self, passphrase: str) -> None:
        if not passphrase:
            self.show_strength("")
            return

        def work() -> str:
            from casefile.services.keys import strength

            return strength(passphrase).word

        self._tasks.run(work, self.show_strength, owner=self)

    def _look_at_folder(self, folder: str) -> None:
        def work() -> list[str]:
            from casefile.services.case import folder_warnings

            return folder_warnings(Path(folder))

        self._tasks.run(work, self.show_warnings, owner=self)
