"""A bug, told without case content: the window stays, the work is saved.

The report holds where in the program it happened (files and lines of the program, kinds of
errors), never values, messages or names: an exception's message may quote a document.
"""

from __future__ import annotations

import platform
import sys
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, qVersion
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

import casefile
from casefile.ui.parts import button, fit_dialog, heading, label


def report(kind: type[BaseException], error: BaseException | None) -> str:
    """What may be sent to the makers."""
    lines = [
        f"Casefile {casefile.__version__}",
        f"Python {platform.python_version()}, Qt {qVersion()}, {platform.system()}",
        "",
        kind.__name__,
    ]
    while error is not None:
        for frame in traceback.extract_tb(error.__traceback__):
            name = frame.filename.replace("\\", "/")
            short = "/".join(name.split("/")[-3:])
            lines.append(f"  {short}:{frame.lineno} in {frame.name}")
        error = error.__cause__ or error.__context__
        if error is not None:
            lines.append(f"while handling {type(error).__name__}")
    return "\n".join(lines)


class BugReporter(QObject):
    """Stands in for ``sys.excepthook`` while the window is open. Tells each bug once a minute at
    most by dialog; ``happened`` carries every report."""

    happened = Signal(str)

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._former = sys.excepthook
        self._dialog: BugDialog | None = None
        self.reports: list[str] = []
        self.happened.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        sys.excepthook = self.caught

    def remove(self) -> None:
        sys.excepthook = self._former

    def caught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Take an exception that nobody expected."""
        if issubclass(kind, KeyboardInterrupt):
            self._former(kind, error, trace)
            return
        text = report(kind, error)
        self.reports.append(text)
        self.happened.emit(text)

    def _tell(self, text: str) -> None:
        if self._dialog is not None and self._dialog.isVisible():
            return
        self._dialog = BugDialog(text, QApplication.activeWindow())
        self._dialog.open()


class BugDialog(QDialog):
    """What happened, what is safe, what to do, and the report to read before copying it."""

    def __init__(self, text: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Casefile")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fit_dialog(self, 560, 420)
        self.text = QPlainTextEdit(text)
        self.text.setReadOnly(True)
        self.text.setAccessibleName("Report")
        self.text.setTabChangesFocus(True)
        copy = button("Copy report", self._copy, icon="copy")
        close = button("Continue", self.accept, role="primary")
        close.setDefault(True)
        buttons = QHBoxLayout()
        buttons.addWidget(copy)
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(10)
        column.addWidget(heading("Something in Casefile went wrong"))
        column.addWidget(
            label(
                "This is a mistake in the program, not yours. What you had saved is in the case. "
                "You can go on; if something looks odd, lock the case and open it again."
            )
        )
        column.addWidget(
            label(
                "The report below says where in the program it happened. It holds nothing from "
                "your case. Copy it if you want to tell the makers.",
                "muted",
            )
        )
        column.addWidget(self.text, 1)
        column.addLayout(buttons)

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.text.toPlainText())
