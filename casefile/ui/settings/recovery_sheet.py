"""Shows a new recovery code once: to write down, or to take in with a phone's camera that is
trusted. Nothing is written to disk."""

from __future__ import annotations

import io

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QImage, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from casefile.ui import theme
from casefile.ui.parts import button, caption, heading, label

#: Pixels of one module of the QR code, at 100 %.
_MODULE = 5
#: No smaller than this (a camera must read it), and about so many stand side by side.
_LEAST, _MODULES = 3, 37


class RecoverySheet(QDialog):
    """Closes once the reporter says that the code is written down."""

    def __init__(self, code: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Casefile")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.code = QLineEdit(code)
        self.code.setReadOnly(True)
        self.code.setAccessibleName("Recovery code")
        self.code.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
        font = QFont("monospace")
        font.setStyleHint(QFont.StyleHint.Monospace)
        font.setPointSizeF(theme.current().points("section"))
        self.code.setFont(font)
        wide = self.code.fontMetrics().horizontalAdvance(code)
        self.code.setMinimumWidth(wide + 28)
        picture = QLabel()
        most = parent.window().height() // 3 // _MODULES
        module = min(theme.current().pixels(_MODULE), max(_LEAST, most))
        picture.setPixmap(QPixmap.fromImage(qr_picture(code, module)))
        picture.setAccessibleName("The recovery code as a QR code")
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.kept = QCheckBox("I have written it down and keep it away from this computer.")
        self.done_button = button("Done", self.accept, role="primary")
        self.done_button.setEnabled(False)
        self.kept.toggled.connect(self.done_button.setEnabled)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.done_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        column.addWidget(heading("Recovery code"))
        column.addWidget(
            label(
                "This code opens the case without the passphrase. It is shown only now, and kept "
                "nowhere. Upper and lower case do not matter when it is typed."
            )
        )
        column.addWidget(self.code)
        column.addWidget(picture)
        column.addWidget(
            caption("Whoever has this code and a copy of the case can read everything in it.")
        )
        column.addWidget(self.kept)
        column.addLayout(foot)
        self.code.setFocus()
        self.code.deselect()


def qr_picture(text: str, module: int) -> QImage:
    """``text`` as a QR code, ``module`` pixels a module, black on white with its quiet zone."""
    import segno

    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="png", scale=max(1, module), border=4)
    return QImage.fromData(out.getvalue())
