"""A look at a document without opening it: its first page and what the case knows of it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from casefile.domain.documents import DocumentState
from casefile.domain.errors import UserError
from casefile.services import importing, reading, wording
from casefile.ui import theme
from casefile.ui.models.documents import DocumentEntry, entry_read
from casefile.ui.models.words import came_from, counted, day, size_words, visible
from casefile.ui.parts import IconButton, button, label
from casefile.ui.session import CaseSession
from casefile.ui.tasks import TaskHandle

#: A page is drawn this many pixels for 1/72 inch and scaled down: sharp enough for a preview.
_SCALE = 1.25
#: Rows passed with the arrow keys faster than this are not drawn, in milliseconds.
_PAUSE = 80


class PagePicture(QWidget):
    """A page on its paper, as large as there is room; or a sentence instead."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QPixmap()
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(280, 320)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 80)

    def show_picture(self, picture: QPixmap, name: str) -> None:
        self._picture, self._words = picture, ""
        self.setAccessibleName(name)
        self.update()

    def show_words(self, words: str) -> None:
        self._picture, self._words = QPixmap(), words
        self.setAccessibleName(words)
        self.update()

    @property
    def words(self) -> str:
        return self._words

    @property
    def has_picture(self) -> bool:
        return not self._picture.isNull()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self.has_picture:
            size = self._picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            left = (self.width() - size.width()) // 2
            painter.drawPixmap(left, 0, size.width(), size.height(), self._picture)
            painter.setPen(theme.colour("divider"))
            painter.drawRect(left, 0, size.width() - 1, size.height() - 1)
        elif self._words:
            painter.setPen(theme.colour("muted"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(8, 8, -8, -8), int(flags), self._words)
        painter.end()


class Preview(QFrame):
    """``closed`` with Esc or ×, ``open_wanted(id)``. Follows the row that is current."""

    closed = Signal()
    open_wanted = Signal(str)

    def __init__(self, session: CaseSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._entry: DocumentEntry | None = None
        self._drawing: TaskHandle[reading.Pixels] | None = None
        self.setProperty("surface", "panel")
        self.setAccessibleName("Preview")
        self.setMinimumWidth(200)
        self._title = label("", "section")
        self._facts = label("", "muted")
        self.picture = PagePicture()
        self.open = button("Open", self._open, role="primary")
        close = IconButton("x", "Close preview", "Esc")
        close.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 12, 16)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._facts)
        column.addWidget(self.picture, 1)
        column.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeading)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._draw)

    @property
    def document_id(self) -> str:
        return self._entry.id if self._entry else ""

    def show_document(self, entry: DocumentEntry) -> None:
        same = self._entry is not None and self._entry.id == entry.id
        self._entry = entry
        document = entry.document
        self._title.setText(visible(document.title))
        facts = [
            visible(document.file_name) if document.file_name != document.title else "",
            f"{entry_read(entry)} read" if document.pages else "",
            came_from(document, entry.source_label, entry.request_label),
            f"added {day(document.added_at)}",
            size_words(document.bytes),
            f"{counted(entry.marks, 'mark')}, {counted(entry.quotes, 'quote')}",
            entry.note if document.state is DocumentState.READY else "",
        ]
        self._facts.setText(" · ".join(fact for fact in facts if fact))
        readable = document.state is DocumentState.READY and document.pages > 0
        self.open.setVisible(readable)
        if not readable:
            self._pause.stop()
            self.picture.show_words(_why_kept(entry))
        elif not same:
            self.picture.show_words("")
            self._pause.start()

    def _draw(self) -> None:
        if self._entry is None:
            return
        if self._drawing is not None:
            self._drawing.cancel()
        case, document_id = self.session.case, self._entry.id
        self._drawing = self.session.tasks.run(
            lambda: reading.render(case, document_id, 1, _SCALE),
            self._drawn,
            self._not_drawn,
            owner=self,
        )

    def _drawn(self, pixels: reading.Pixels) -> None:
        image = QImage(
            bytes(pixels.data),
            pixels.width,
            pixels.height,
            pixels.stride,
            QImage.Format.Format_RGB888,
        )
        name = self._entry.document.title if self._entry else ""
        self.picture.show_picture(QPixmap.fromImage(image), f"First page of {name}")

    def _not_drawn(self, error: UserError) -> None:
        self.picture.show_words(wording.explain(error).sentence())

    def _open(self) -> None:
        if self._entry is not None:
            self.open_wanted.emit(self._entry.id)


def _why_kept(entry: DocumentEntry) -> str:
    """A kept document says why it cannot be read yet."""
    document = entry.document
    if document.state is DocumentState.KEPT and document.kept_reason:
        return importing.kept_words(document.kept_reason)
    return "This document has no pages."
