"""The clipboard: what is put there, and when it is taken back.

Text from a conversation or from a given document is sensitive: it goes after a minute, and it asks
clipboard histories not to keep it. Everything else stays until the case locks. Nothing is taken
back that somebody else has put there since.
"""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication

#: How each desktop is asked to keep a text out of clipboard histories.
_SECRET_HINTS = {
    "x-kde-passwordManagerHint": b"secret",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"1",
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': b"\0\0\0\0",
    "org.nspasteboard.ConcealedType": b"1",
}


class ClipboardKeeper(QObject):
    """One for the application; see ``put`` and ``clear``."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.seconds = 60
        self._board = QGuiApplication.clipboard()
        self._ours = ""
        self._overdue = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.clear)
        self._board.selectionChanged.connect(self._empty_primary_selection)
        app.focusChanged.connect(self._try_again)

    def put(self, text: str, html: str = "", *, sensitive: bool) -> None:
        """Put ``text`` (and ``html``, for programs that take it) there."""
        data = QMimeData()
        data.setText(text)
        if html:
            data.setHtml(html)
        if sensitive:
            for kind, value in _SECRET_HINTS.items():
                data.setData(kind, value)
        self._board.setMimeData(data, QClipboard.Mode.Clipboard)
        self._ours = text
        self._overdue = False
        self._timer.stop()
        if sensitive:
            self._timer.start(self.seconds * 1000)

    def note_copied(self) -> None:
        """A field of our own put its text there (Copy in a text box): take it back on lock."""
        self._ours = self._board.text()

    def clear(self) -> None:
        """Take back what was put there, if it still is. Where the system refuses (Wayland without
        focus), it is tried again when the window next has the focus."""
        self._timer.stop()
        if not self._ours:
            return
        if self._board.text() == self._ours:
            self._board.clear(QClipboard.Mode.Clipboard)
        self._overdue = self._board.text() == self._ours
        if not self._overdue:
            self._ours = ""

    def _try_again(self) -> None:
        if self._overdue and QApplication.focusWidget() is not None:
            self.clear()

    def _empty_primary_selection(self) -> None:
        """X11 hands selected text to every program at once: case text is not for that."""
        if self._board.ownsSelection() and self._board.text(QClipboard.Mode.Selection):
            self._board.clear(QClipboard.Mode.Selection)


def keeper() -> ClipboardKeeper:
    """The application's clipboard keeper, made at the first call."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise TypeError("the clipboard needs a QApplication")
    found = app.findChild(ClipboardKeeper)
    return found if found is not None else ClipboardKeeper(app)


def put(_session: object, text: str, html: str = "", *, sensitive: bool) -> None:
    """Put ``text`` on the clipboard; ``sensitive`` for words from a conversation, a confidential
    source or a given document."""
    keeper().put(text, html, sensitive=sensitive)
