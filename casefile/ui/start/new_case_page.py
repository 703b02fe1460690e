"""Making a case: one page."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QWidget

from casefile.domain.errors import UserError
from casefile.services.wording import catalogue
from casefile.ui.announce import announce
from casefile.ui.parts import Notice, button, label, title
from casefile.ui.start.passphrase_field import PassphraseField, tell_strength
from casefile.ui.start.sheet import Sheet


class _PromptCheckBox(QCheckBox):
    """Its key ticks it at once. Qt plays a click of 100 ms, and whoever types on quickly would
    press Enter before the box is ticked."""

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Shortcut:
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.click()
            return True
        return super().event(event)


class NewCasePage(Sheet):
    """``make(folder, passphrase, name)`` asks to make the case; ``strength_wanted(passphrase)``
    and ``warnings_wanted(folder)`` ask for judgements, told with ``show_strength`` and
    ``show_warnings``."""

    make = Signal(str, str, str)
    cancel = Signal()
    choose_location = Signal(str)
    strength_wanted = Signal(str)
    warnings_wanted = Signal(str)

    WIDTH = 500

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = QLineEdit()
        self.location = QLineEdit()
        self.choose_button = button("Choose…", self._choose)
        self.folder = QLineEdit()
        self.warning = Notice("warning")
        self.passphrase = PassphraseField("Passphrase")
        self.again = PassphraseField("Passphrase again")
        self.strength = label("", "muted")
        self.understood = _PromptCheckBox("I &understand: no one can recover a lost passphrase.")
        self.notice = Notice("danger")
        self.create_button = button("Create case", self._create, role="primary")
        self.cancel_button = button("Cancel", self.cancel.emit)
        self.progress = label("", "muted")
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(150)
        self._settle.timeout.connect(self._ask)
        self._lay_out()
        self.passphrase.changed.connect(self._typed)
        self.again.changed.connect(self._check)
        self.understood.toggled.connect(lambda _on: self._check())
        for field in (self.location, self.folder):
            field.textChanged.connect(lambda _text: self._typed())
        self.passphrase.entered.connect(self._create)
        self.again.entered.connect(self._create)
        self._check()

    def _lay_out(self) -> None:
        place = QHBoxLayout()
        place.setSpacing(8)
        place.addWidget(self.location, 1)
        place.addWidget(self.choose_button)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.create_button)
        buttons.addWidget(self.progress, 1)
        buttons.addWidget(self.cancel_button)
        add = self.column.addWidget
        add(title("New case"))
        self.add_field(
            "Name of the &case",
            self.name,
            "Kept sealed inside the case. It shows only after unlocking.",
        )
        self.add_field("Kept &in", place)
        self.add_field(
            "&Folder name",
            self.folder,
            "Anyone who sees the disk can read a folder's name, so this one says nothing.",
        )
        add(self.warning)
        self.add_field("&Passphrase", self.passphrase)
        add(self.strength)
        self.add_field("Passphrase a&gain", self.again)
        self.column.addSpacing(4)
        add(self.understood)
        add(self.notice)
        self.column.addLayout(buttons)

    def start(self, parent: Path, suggested: str) -> None:
        """Begin afresh, in ``parent``, with the neutral folder name that was suggested."""
        for field in (self.passphrase, self.again):
            field.clear()
        self.name.clear()
        self.understood.setChecked(False)
        self.notice.clear()
        self.location.setText(str(parent))
        self.folder.setText(suggested)
        self.set_busy(busy=False)
        self.name.setFocus()

    @property
    def target(self) -> Path:
        return Path(self.location.text().strip()).expanduser() / self.folder.text().strip()

    def set_busy(self, *, busy: bool) -> None:
        words = "Creating… about 1 second" if busy else ""
        self.progress.setText(words)
        for field in (self.name, self.location, self.folder, self.passphrase.edit, self.again.edit):
            field.setReadOnly(busy)
        self.choose_button.setEnabled(not busy)
        self.understood.setEnabled(not busy)
        self._busy = busy
        self._check()
        if busy:
            announce(words, self)

    def show_strength(self, word: str) -> None:
        """``word`` is "" (nothing typed), ``weak``, ``fair``, ``good`` or ``strong``."""
        tell_strength(self.strength, word)

    def show_warnings(self, codes: list[str]) -> None:
        """Why this folder is not a good place (codes of the message catalogue)."""
        if not codes:
            self.warning.clear()
            return
        words = catalogue().get(codes[0], {"what": codes[0]})
        rest = " ".join(part for part in (words.get("safe", ""), words.get("do", "")) if part)
        self.warning.show_words(words["what"], rest)

    def show_error(self, error: UserError) -> None:
        self.set_busy(busy=False)
        self.notice.show_error(error)
        self.create_button.setFocus()

    def _missing(self) -> str:
        """What still keeps the case from being made."""
        if not self.folder.text().strip() or not self.location.text().strip():
            return "Choose where the case is kept."
        if not self.passphrase.text():
            return "Choose a passphrase. Four or more random words are strong and easy to type."
        if self.passphrase.text() != self.again.text():
            typed = bool(self.again.text())
            return "The two passphrases differ." if typed else "Type the passphrase again."
        if not self.understood.isChecked():
            return "Tick the box to say that you know a lost passphrase is lost."
        return ""

    def _typed(self) -> None:
        self._settle.start()
        self._check()

    def _ask(self) -> None:
        self.strength_wanted.emit(self.passphrase.text())
        if self.location.text().strip():
            self.warnings_wanted.emit(str(self.target))

    def _check(self) -> None:
        if getattr(self, "_busy", False):
            self.create_button.setEnabled(False)
            return
        missing = self._missing()
        self.create_button.setEnabled(not missing)
        self.progress.setText(missing)

    def _choose(self) -> None:
        self.choose_location.emit(self.location.text())

    def _create(self) -> None:
        self._check()
        if self.create_button.isEnabled():
            self.notice.clear()
            self.make.emit(str(self.target), self.passphrase.text(), self.name.text().strip())
        elif not getattr(self, "_busy", False):
            announce(self.progress.text(), self)
