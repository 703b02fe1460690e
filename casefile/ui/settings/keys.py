"""Settings: the ways to open this case. Every change runs away from the main thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from casefile.domain.errors import UserError
from casefile.ui.parts import Notice, button, caption, label
from casefile.ui.session import CaseSession
from casefile.ui.settings.part import Part
from casefile.ui.settings.recovery_sheet import RecoverySheet
from casefile.ui.start.passphrase_field import PassphraseField, tell_strength

T = TypeVar("T")

_WEAKENS = (
    "Convenient, and it weakens a seized computer: whoever can use your login here can open the "
    "case without the passphrase. It opens only when Casefile starts, never after a lock."
)
_PROVE = (
    "Needed for everything in this part: whoever finds this window open must not leave with a key."
)


class KeysPart(Part):
    """Passphrase, recovery code, this computer's keyring."""

    def __init__(self, session: CaseSession) -> None:
        super().__init__("Ways to open this case", session)
        self.notice = Notice("danger")
        self.current = PassphraseField("Current passphrase")
        self.new = PassphraseField("New passphrase")
        self.again = PassphraseField("New passphrase again")
        self.change_button = button("Change passphrase", self._change)
        self.change_state = label("", "muted")
        self.strength = label("", "muted")
        self.make_code = button("Make a recovery code…", self._make_code)
        self.remove_code = button("Remove it", self._remove_code)
        self.code_state = label("", "muted")
        self.remember = QCheckBox("Remember this case on this computer")
        self.keyring_state = label("", "muted")
        self.sheet: RecoverySheet | None = None
        self._lay_out()
        for field in (self.current, self.new, self.again):
            field.changed.connect(self._check)
        self.new.changed.connect(self._judge)
        self.again.entered.connect(self._change)
        self.remember.clicked.connect(self._set_keyring)
        self._check()
        if session.read_only:
            self.setEnabled(False)

    def _lay_out(self) -> None:
        add = self.column.addWidget
        add(self.notice)
        self.line("C&urrent passphrase", self.current)
        add(caption(_PROVE))
        self.line("&New passphrase", self.new)
        add(self.strength)
        self.line("New passphrase a&gain", self.again)
        self.column.addWidget(_row(self.change_state, self.change_button))
        add(caption("Older copies and backups of the case still open with the older passphrase."))
        self.column.addSpacing(10)
        add(label("Recovery code"))
        add(_row(self.code_state, self.remove_code, self.make_code))
        self.column.addSpacing(10)
        add(self.remember)
        add(caption(_WEAKENS))
        add(self.keyring_state)

    def refresh(self) -> None:
        """Look at which ways there are."""
        case = self.session.case

        def work() -> tuple[bool, bool]:
            from casefile.services import keys

            return keys.has_recovery_code(case), keys.keyring_is_on(case)

        self.session.tasks.run(work, self._show_ways, self._failed, owner=self)

    def _show_ways(self, ways: tuple[bool, bool]) -> None:
        has_code, remembered = ways
        self.code_state.setText(
            "There is one. A new code replaces it." if has_code else "There is none."
        )
        self.make_code.setText("Make a new code…" if has_code else "Make a recovery code…")
        self.remove_code.setVisible(has_code)
        self.remember.setChecked(remembered)
        self.remember.setEnabled(not self.session.read_only)

    def _check(self) -> None:
        new, again = self.new.text(), self.again.text()
        differ = bool(again) and new != again
        self.change_state.setText("The two passphrases differ." if differ else "")
        self.change_button.setEnabled(bool(self.current.text() and new and new == again))

    def _change(self) -> None:
        if not self.change_button.isEnabled():
            return
        case, new = self.session.case, self.new.text()
        self.change_button.setEnabled(False)
        self.change_state.setText("Changing… about 2 seconds")

        def work() -> None:
            from casefile.services import keys

            keys.change_passphrase(case, new)

        self._prove_and(work, self._changed, self._not_changed)

    def _prove_and(
        self,
        work: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[UserError], object],
    ) -> None:
        """Do ``work`` once the current passphrase has been shown to open the case."""
        case, passphrase = self.session.case, self.current.text()
        self.notice.clear()

        def proven() -> T:
            from casefile.services import keys

            keys.check_passphrase(case, passphrase)
            return work()

        self.session.tasks.run(proven, done, failed, owner=self)

    def _has_proof(self) -> bool:
        """Whether a passphrase was typed; else say so, where it is to be typed."""
        if self.current.text():
            return True
        self.notice.show_words("Type the current passphrase first.", "Nothing was changed.")
        self.current.setFocus()
        return False

    def _judge(self) -> None:
        """Say in words how hard the new passphrase is to guess."""
        new = self.new.text()
        if not new:
            self._show_strength("")
            return

        def work() -> str:
            from casefile.services import keys

            return keys.strength(new).word

        self.session.tasks.run(
            work, lambda word: self._show_strength(word, of=new), self._failed, owner=self
        )

    def _show_strength(self, word: str, of: str = "") -> None:
        if of != self.new.text():
            return  # typed on meanwhile
        tell_strength(self.strength, word)

    def _changed(self, _none: None) -> None:
        for field in (self.current, self.new, self.again):
            field.clear()
        self.change_state.setText("Changed.")
        self._say("The passphrase was changed.")

    def _not_changed(self, error: UserError) -> None:
        self._failed(error)
        self._check()
        self.current.setFocus()

    def _make_code(self) -> None:
        if not self._has_proof():
            return
        case = self.session.case

        def work() -> str:
            from casefile.services import keys

            return keys.new_recovery_code(case)

        self.make_code.setEnabled(False)
        self._prove_and(work, self._show_code, self._failed)

    def _show_code(self, code: str) -> None:
        self.current.clear()
        self.make_code.setEnabled(True)
        self.sheet = RecoverySheet(code, self.window())
        self.sheet.finished.connect(self._code_done)
        self.sheet.open()

    def _code_done(self) -> None:
        self.sheet = None
        self.make_code.setFocus()
        self.refresh()

    def _remove_code(self) -> None:
        case = self.session.case

        def work() -> None:
            from casefile.services import keys

            keys.remove_recovery_code(case)

        self.session.tasks.run(work, self._code_removed, self._failed, owner=self)

    def _code_removed(self, _none: None) -> None:
        self._say("The recovery code no longer opens this case.")
        self.make_code.setFocus()
        self.refresh()

    def _set_keyring(self, on: bool) -> None:
        if on and not self._has_proof():
            self.remember.setChecked(False)
            return
        case = self.session.case
        self.remember.setEnabled(False)
        self.keyring_state.setText("Asking this computer's keyring…")

        def work() -> str:
            from casefile.services import keys

            return keys.keyring_on(case) if on else (keys.keyring_off(case) or "")

        if on:
            self._prove_and(work, self._keyring_set, self._keyring_failed)
        else:
            self.session.tasks.run(work, self._keyring_set, self._keyring_failed, owner=self)

    def _keyring_set(self, backend: str) -> None:
        on = self.remember.isChecked()
        self.keyring_state.setText(f"Kept in: {backend}." if on else "Not remembered.")
        self._say("Remembered on this computer." if on else "No longer remembered.")
        self.refresh()
        self.remember.setFocus()

    def _keyring_failed(self, error: UserError) -> None:
        self.keyring_state.setText("")
        self._failed(error)
        self.refresh()

    def _failed(self, error: UserError) -> None:
        self.make_code.setEnabled(True)
        self.notice.show_error(error)

    def _say(self, text: str) -> None:
        self.notice.clear()
        self.session.toast.emit(text, False)  # noqa: FBT003 - it cannot be undone


def _row(state: QWidget, *buttons: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(state, 1)
    for each in buttons:
        row.addWidget(each)
    return holder
