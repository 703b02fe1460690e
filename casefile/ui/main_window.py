"""The one window: the way between locked and open."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QPixmapCache
from PySide6.QtWidgets import QApplication, QDialog

from casefile.domain.errors import UserError
from casefile.ui import keymap, theme
from casefile.ui.announce import announce
from casefile.ui.doorkeeper import Doorkeeper, Opened
from casefile.ui.front_door import FrontDoor
from casefile.ui.preferences import PreferenceFile
from casefile.ui.theme import Look

if TYPE_CHECKING:
    from casefile.services.case import Case, CasePeek
    from casefile.ui.desk import Desk
    from casefile.ui.idle import IdleWatch, SessionWatch
    from casefile.ui.importing.jobs import Jobs
    from casefile.ui.importing.sheet import ImportSheet
    from casefile.ui.session import CaseSession


class MainWindow(FrontDoor):
    """Start, unlock, or the desk of an open case. ``case_opened`` and ``case_closed`` tell where
    it stands; the title is always only the program's name."""

    case_opened = Signal()
    case_closed = Signal()

    def __init__(
        self,
        preferences: PreferenceFile | None = None,
        doorkeeper: Doorkeeper | None = None,
    ) -> None:
        super().__init__(preferences or PreferenceFile(), doorkeeper or Doorkeeper())
        self.session: CaseSession | None = None
        self.desk: Desk | None = None
        self.jobs: Jobs | None = None
        self.sheet: ImportSheet | None = None
        self._place: object = None
        self._at_start = True
        self.begin_afresh = False  # whether to leave out going back to where the reporter was
        self._idle: IdleWatch | None = None
        self._session_watch: SessionWatch | None = None
        self._connect()
        self.lock_action = self.verb_actions["lock"]
        self._when("lock", self.lock)
        self.apply_preferences()

    def _connect(self) -> None:
        door, unlock = self.doorkeeper, self.unlock_page
        door.opened.connect(self._opened)
        door.refused.connect(self._refused)
        door.peeked.connect(self._peeked)
        door.checked.connect(self._come_back)
        unlock.unlock.connect(self._unlock)
        unlock.cancel.connect(self._cancel_unlock)
        unlock.lock_fully.connect(self._lock_fully)
        self.case_wanted.connect(self._make)
        self.recovery_wanted.connect(self._recover)
        self.sample_made.connect(self._open_sample)

    @property
    def idle(self) -> IdleWatch:
        """Counts the time without input, while a case is open."""
        if self._idle is None:
            from casefile.ui.idle import IdleWatch

            app = QApplication.instance()
            self._idle = IdleWatch(app or self, self.preferences.idle_minutes)
            self._idle.left.connect(self.lock_when_idle)
            self._idle.remaining.connect(self._say_locks_in)
        return self._idle

    @property
    def session_watch(self) -> SessionWatch:
        """Hears of sleep and of the locked screen."""
        if self._session_watch is None:
            from casefile.ui.idle import SessionWatch

            self._session_watch = SessionWatch(self)
            self._session_watch.leaving.connect(self.lock)
        return self._session_watch

    def apply_preferences(self) -> None:
        """Take over what the reporter chose, and keep it."""
        chosen = self.preferences
        theme.current().choose(Look(chosen.look), chosen.text_percent)
        keymap.current().take(chosen.keys, letters=chosen.single_keys)
        if self._idle is not None:
            self._idle.minutes = chosen.idle_minutes

    def save_preferences(self) -> None:
        from casefile.ui import clipboard

        self.apply_preferences()
        clipboard.keeper().seconds = self.preferences.clear_clipboard_seconds
        self.preference_file.write(self.preferences)

    # -- opening ----------------------------------------------------------------------------

    def open_at_start(self, path: Path) -> None:
        """Begin with this case; the computer's keyring may open it, only now."""
        self.show_unlock(path)
        self.doorkeeper.peek(path)

    def _unlock(self, passphrase: str) -> None:
        if self.path is None:
            return
        self.unlock_page.set_busy(busy=True)
        if self.session is not None:
            self.doorkeeper.check(self.session.case, passphrase)
        else:
            self.doorkeeper.unlock(self.path, passphrase)

    def unlock_with(self, path: Path, passphrase: str) -> None:
        """Open the case in ``path`` at once (its passphrase came from a file)."""
        self.show_unlock(path)
        self.unlock_page.passphrase.edit.setText(passphrase)
        self._unlock(passphrase)

    def _recover(self, code: str, passphrase: str) -> None:
        page = self.pages.currentWidget()
        if self.path is not None and (busy := getattr(page, "set_busy", None)):
            busy(busy=True)
            self.doorkeeper.unlock_with_code(self.path, code, passphrase)

    def _make(self, folder: str, passphrase: str, name: str) -> None:
        self.path = Path(folder)
        self.doorkeeper.create(self.path, passphrase, name)

    def _open_sample(self, folder: str, passphrase: str) -> None:
        self.unlock_with(Path(folder), passphrase)

    def _cancel_unlock(self) -> None:
        self.doorkeeper.cancel()
        self.unlock_page.set_busy(busy=False)
        self.unlock_page.passphrase.setFocus()
        announce("Stopped. Nothing was opened.", self)

    def _peeked(self, peek: CasePeek) -> None:
        self.unlock_page.recovery_button.setVisible(peek.has_recovery)
        if peek.has_keyring and self._at_start and self.path is not None:
            self.unlock_page.set_busy(busy=True, words="Asking this computer's keyring…")
            self.doorkeeper.unlock_from_keyring(self.path)
        self._at_start = False

    def _refused(self, error: UserError) -> None:
        page = self.pages.currentWidget()
        show = getattr(page, "show_error", None)
        if callable(show):
            show(error)
            if page is self.unlock_page and self.path is not None:
                self._offer_help(self.path, error)
        elif self.desk is not None:
            self.desk.show_error(error)
        else:
            self.start_page.notice.show_error(error)

    def _offer_help(self, path: Path, error: UserError) -> None:
        from casefile.ui.start.mending import Mender

        Mender(self.unlock_page, self.doorkeeper).look(path, error)

    def _opened(self, opened: Opened) -> None:
        from casefile.ui.importing.jobs import Jobs
        from casefile.ui.notifying import DueNotices
        from casefile.ui.session import CaseSession

        self._at_start = False
        self.path = Path(opened.case.path)
        self.session = CaseSession(opened.case, self)
        self.session.drafts = dict(opened.drafts)
        self.session.preferences = self.preferences
        self.session.preferences_changed.connect(self.save_preferences)
        self.jobs = Jobs(self.session)
        DueNotices(self.session)
        self._place = None if self.begin_afresh else opened.place
        self.preferences.note_recent(self.path)
        self.preference_file.write(self.preferences)
        self._show_desk()
        self._back_up(opened.case)
        self.session.ocr.wake()

    def _back_up(self, case: Case) -> None:
        """Keep today's small copy, once a day."""
        if self.session is None or case.read_only:
            return

        def work() -> object:
            from casefile.services.backing_up import daily

            return daily(case, date.today())  # noqa: DTZ011 - the reporter's own calendar

        self.session.tasks.run(work)

    def _come_back(self) -> None:
        """The right passphrase, while the case was still open behind the lock."""
        if self.session is None and self.path is not None:
            self.doorkeeper.unlock(self.path, self.unlock_page.passphrase.text())
        elif self.session is not None:
            self._show_desk()

    def _show_desk(self) -> None:
        from casefile.ui import clipboard
        from casefile.ui.desk import Desk
        from casefile.ui.desk_actions import DeskActions

        if self.session is None or self.jobs is None:
            return
        desk = Desk(self.session, self.jobs)
        self.desk = desk
        DeskActions(desk)
        desk.top.menu.addSeparator()
        desk.top.menu.addActions(list(self.verb_actions.values()))
        desk.top.lock.clicked.connect(self.lock_action.trigger)
        desk.import_wanted.connect(self.show_import)
        self.pages.addWidget(desk)
        self.pages.setCurrentWidget(desk)
        desk.take_size(self.pages.size())
        self.unlock_page.passphrase.clear()
        self.unlock_page.set_busy(busy=False)
        self.drop_extras(desk)
        if self.session.read_only:
            desk.status.say_read_only()
        desk.restore(self._place)
        desk.focus_middle()
        clipboard.keeper().seconds = self.preferences.clear_clipboard_seconds
        desk.readers.add_hints(self)
        self.idle.start()
        self.session_watch.start()
        self.session.days.start()
        self.case_opened.emit()

    def show_import(self, paths: list[str]) -> None:
        """Ask how ``paths`` came, then bring them in."""
        from casefile.ui.importing.sheet import ImportSheet

        if self.session is None or self.desk is None or self.session.read_only:
            return
        self.sheet = ImportSheet(self.session, paths, self)
        self.sheet.wanted.connect(self._import)
        self.sheet.finished.connect(self.sheet.deleteLater)
        self.sheet.open()

    def _import(self, paths: list[str], choices: object) -> None:
        from casefile.services.import_values import ImportChoices

        if self.jobs is not None and isinstance(choices, ImportChoices):
            self.jobs.start_import([Path(path) for path in paths], choices)

    # -- locking ----------------------------------------------------------------------------

    def lock(self, reason: str = "") -> None:
        """Blank the window at once, then keep drafts, end what runs, and seal the case."""
        if self.session is None or self.path is None:
            return
        self._blank(reason)
        session = self.session
        self.session = self.jobs = None
        session.undo_stack.clear()
        session.locked.emit()
        self.doorkeeper.close(session, self._place)
        session.deleteLater()
        self.case_closed.emit()

    def lock_when_idle(self) -> None:
        """Lock; but let a running import finish, if the reporter wants that."""
        reason = "Locked after a while without input."
        if self.jobs is None or not (self.jobs.running and self.preferences.finish_jobs_when_idle):
            self.lock(reason)
            return
        self._blank(reason)
        self.jobs.idle.connect(self._job_ended)
        self.unlock_page.show_working("An import is still running behind the lock.")

    def _job_ended(self) -> None:
        if self.desk is None:
            self._lock_fully()

    def _lock_fully(self) -> None:
        """Seal a case that was left open behind the lock for a job."""
        session = self.session
        if session is None or self.desk is not None:
            return
        self.session = self.jobs = None
        session.locked.emit()
        self.doorkeeper.close(session, self._place)
        session.deleteLater()
        self.unlock_page.show_working("")
        self.case_closed.emit()

    def _blank(self, reason: str) -> None:
        """Show the lock page now (it is painted before anything else happens), then take down the
        desk and everything that shows the case."""
        desk, session, path = self.desk, self.session, self.path
        if session is None or path is None:
            return
        self.idle.stop()
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        if desk is not None:
            desk.readers.hide()
        self.show_unlock(path, locked=True, reason=reason)
        self.repaint()
        _clear_clipboard()
        for dialog in self.findChildren(QDialog):
            dialog.hide()
        session.about_to_lock.emit()
        if desk is not None:
            self._place = desk.place()
            desk.let_go()
            self.pages.removeWidget(desk)
            desk.hide()
            desk.deleteLater()
        for dialog in self.findChildren(QDialog):
            dialog.deleteLater()
        self.desk = self.sheet = None
        session.undo_stack.clear()
        QPixmapCache.clear()

    def _say_locks_in(self, minutes: int) -> None:
        if self.desk is not None:
            self.desk.status.say_locks_in(minutes)

    def closeEvent(self, event: QCloseEvent) -> None:
        """No question, nothing lost: drafts are kept, the case is sealed, then the window goes."""
        self.hide()
        self.lock()
        self.doorkeeper.shut()
        event.accept()


def _clear_clipboard() -> None:
    from casefile.ui import clipboard

    clipboard.keeper().clear()
