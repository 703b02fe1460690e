"""A field for a passphrase: paste and Show always work, Caps Lock is hinted at."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from casefile.services.wording import catalogue
from casefile.ui.parts import label, set_role

#: What a paste from a file may leave at the end; a passphrase is one line.
_LINE_ENDS = "\r\n\u2028\u2029"

#: How each judgement of a passphrase is told.
STRENGTH_ROLES = {
    "very weak": "danger",
    "weak": "danger",
    "fair": "warning",
    "good": "verified",
    "strong": "verified",
}


def tell_strength(told: QLabel, word: str) -> None:
    """Say in ``told`` how hard a passphrase is to guess; ``word`` is "" when nothing was typed."""
    told.setText(catalogue().get(f"strength.{word}", {}).get("what", word))
    set_role(told, STRENGTH_ROLES.get(word, "muted"))


class PassphraseField(QWidget):
    """``entered`` when Enter is pressed, ``changed`` when the text changes."""

    entered = Signal()
    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = QLineEdit()
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setAccessibleName(name)
        hint = Qt.InputMethodHint
        self.edit.setInputMethodHints(
            hint.ImhHiddenText
            | hint.ImhSensitiveData
            | hint.ImhNoPredictiveText
            | hint.ImhNoAutoUppercase
        )
        self.edit.returnPressed.connect(self.entered)
        self.edit.textChanged.connect(lambda _text: self.changed.emit())
        self.edit.installEventFilter(self)
        self.show_button = QPushButton("Show")
        self.show_button.setCheckable(True)
        self.show_button.setAutoDefault(False)
        self.show_button.setAccessibleName(f"Show {name.lower()}")
        self.show_button.toggled.connect(self._show_text)
        self.caps = label("Caps Lock seems to be on.", "warning")
        self.caps.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.edit, 1)
        row.addWidget(self.show_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.caps)
        self.setFocusProxy(self.edit)

    def text(self) -> str:
        """What was typed or pasted, untrimmed but for line ends."""
        return self.edit.text().rstrip(_LINE_ENDS)

    def clear(self) -> None:
        self.edit.clear()
        self.show_button.setChecked(False)
        self.caps.hide()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._look_for_caps_lock(event)
        return False

    def _look_for_caps_lock(self, event: QKeyEvent) -> None:
        """No system tells us everywhere; a capital typed without Shift does."""
        if event.key() == Qt.Key.Key_CapsLock:
            self.caps.hide()
            return
        letter = event.text()
        if len(letter) == 1 and letter.isalpha() and letter.lower() != letter.upper():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps.setVisible(letter.isupper() != shifted)

    def _show_text(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode
        self.edit.setEchoMode(mode.Normal if shown else mode.Password)
        self.show_button.setText("Hide" if shown else "Show")
