"""Opening a case with its recovery code, and choosing a new passphrase."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from casefile.domain.errors import UserError
from casefile.ui.announce import announce
from casefile.ui.parts import Notice, button, caption, label, title
from casefile.ui.start.passphrase_field import PassphraseField
from casefile.ui.start.sheet import Sheet


class RecoveryPage(Sheet):
    """``recover(code, new_passphrase)`` asks to open; ``back`` returns to the passphrase."""

    recover = Signal(str, str)
    back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.code = QLineEdit()
        hint = Qt.InputMethodHint
        self.code.setInputMethodHints(hint.ImhSensitiveData | hint.ImhNoPredictiveText)
        self.passphrase = PassphraseField("New passphrase")
        self.again = PassphraseField("New passphrase again")
        self.notice = Notice("danger")
        self.open_button = button("Open the case", self._recover, role="primary")
        self.back_button = button("Back", self.back.emit)
        self.progress = label("", "muted")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.open_button)
        row.addWidget(self.progress, 1)
        row.addWidget(self.back_button)
        add = self.column.addWidget
        add(title("Recovery code"))
        add(label("Type the code from the sheet you printed. Upper or lower case and spaces do "
                  "not matter."))  # fmt: skip
        self.add_field("Recovery &code", self.code)
        self.add_field("&New passphrase", self.passphrase)
        self.add_field("New passphrase a&gain", self.again)
        add(caption("The recovery code stays valid. Make a new one in Settings if the sheet may "
                    "have been seen."))  # fmt: skip
        add(self.notice)
        self.column.addLayout(row)
        for field in (self.passphrase, self.again):
            field.changed.connect(self._check)
            field.entered.connect(self._recover)
        self.code.textChanged.connect(lambda _text: self._check())
        self.set_busy(busy=False)

    def start(self) -> None:
        self.code.clear()
        self.passphrase.clear()
        self.again.clear()
        self.notice.clear()
        self.set_busy(busy=False)
        self.code.setFocus()

    def set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        for edit in (self.code, self.passphrase.edit, self.again.edit):
            edit.setReadOnly(busy)
        self.back_button.setEnabled(not busy)
        self._check()
        if busy:
            self.progress.setText("Opening… about 2 seconds")
            announce(self.progress.text(), self)

    def show_error(self, error: UserError) -> None:
        self.set_busy(busy=False)
        self.notice.show_error(error)
        self.code.setFocus()

    def _check(self) -> None:
        first, second = self.passphrase.text(), self.again.text()
        differ = bool(second) and first != second
        self.progress.setText("The two passphrases differ." if differ else "")
        ready = bool(self.code.text().strip() and first and first == second)
        self.open_button.setEnabled(ready and not self._busy)

    def _recover(self) -> None:
        if self.open_button.isEnabled():
            self.notice.clear()
            self.recover.emit(self.code.text(), self.passphrase.text())
