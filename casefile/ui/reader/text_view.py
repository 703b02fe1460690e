"""The text of the page that is read, as text (F7): for screen readers, and for reading words alone.

A real text widget with a caret. What is selected in it is selected on the page as well, and the
other way round, so every verb (quote, highlight, note, copy) does exactly what it does there.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from casefile.domain.geometry import Box, Quad
from casefile.ui import theme
from casefile.ui.announce import announce
from casefile.ui.parts import label
from casefile.ui.reader.page_view import PageView
from casefile.ui.reader.place_of import page_name
from casefile.ui.reader.selection import Caret
from casefile.ui.reader.text_marks import show_marks
from casefile.ui.reader.text_offsets import TextOffsets

_Key = Qt.Key
OCR_WORDS = "Recognised from a picture (OCR): check the words against the page."
#: Keys that go on or back by a screen.
_ONWARDS = {_Key.Key_PageDown: 1, _Key.Key_PageUp: -1}


class PageText(QPlainTextEdit):
    """``turned(int)``: on to the next page (1) or the one before (-1); ``menu_wanted(QPoint)``."""

    turned = Signal(int)
    menu_wanted = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setProperty("role", "plain")
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        self.setCursorWidth(2)
        self.setAcceptDrops(False)
        theme.current().changed.connect(self._dress)
        self._dress()

    def event(self, event: QEvent) -> bool:
        """Keys that are verbs of the reader (Ctrl+C with its citation, Ctrl+A) stay verbs here."""
        if event.type() is QEvent.Type.ShortcutOverride:
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        if key == _Key.Key_Space:
            self._go_on(-1 if shift else 1)
        elif key in _ONWARDS and not shift:
            self._go_on(_ONWARDS[key])
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The reader's own menu: Qt's would copy past the door."""
        self.menu_wanted.emit(event.globalPos())

    def createMimeDataFromSelection(self) -> QMimeData:
        """Words leave by the reader's verbs alone, not by Qt's own copying and dragging."""
        return QMimeData()

    def _go_on(self, step: int) -> None:
        """By a screen; at the end of the page, to the next one."""
        before = self.textCursor().position()
        key = _Key.Key_PageDown if step > 0 else _Key.Key_PageUp
        press = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
        super().keyPressEvent(press)
        if self.textCursor().position() == before:
            self.turned.emit(step)

    def _dress(self) -> None:
        self.setFont(theme.current().serif("section"))
        self.document().setDocumentMargin(theme.current().pixels(16))


class TextView(QWidget):
    """Takes the page view's place in ``stage`` (both lie in it), follows its page, and shares its
    selection."""

    def __init__(self, view: PageView, stage: QStackedWidget) -> None:
        super().__init__()
        self._view = view
        self._stage = stage
        self._offsets: TextOffsets | None = None
        self._page = 0
        self._entered = -1
        self._at_end = False
        self._telling = False
        self.edit = PageText()
        self.where = label("", "muted", wrap=False)
        self.ocr = label(OCR_WORDS, "warning")
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 16, 8)
        head.setSpacing(16)
        head.addWidget(self.where)
        head.addWidget(self.ocr, 1)
        head.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.edit, 1)
        self.edit.turned.connect(self._turn)
        self.edit.menu_wanted.connect(view.menu_wanted)
        self.edit.selectionChanged.connect(self._tell_selection)
        self.edit.cursorPositionChanged.connect(self._tell_selection)
        view.moved.connect(self._follow_page)
        view.selection.changed.connect(self._follow_selection)
        view.document.text_ready.connect(self._text_came)
        view.document.marks_changed.connect(self._show_marks)
        stage.addWidget(self)

    @property
    def is_on(self) -> bool:
        return self._stage.currentWidget() is self

    def enter(self) -> None:
        """Show the text instead of the page, with the caret where the page is read."""
        self._stage.setCurrentWidget(self)
        self._view.setFocusProxy(self.edit)  # whatever gives the focus to the page means this
        self._show_page(self._view.page)
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Back to the page at the same place; if the caret was moved, with it in sight."""
        view, caret = self._view, self._caret()
        moved = self.edit.textCursor().position() != self._entered
        self._view.setFocusProxy(None)  # type: ignore[arg-type]  # no proxy
        self._stage.setCurrentWidget(view)
        text = view.document.text(caret.page) if caret is not None else None
        if caret is not None and text is not None and moved:
            (x0, y0), (x1, y1) = text.bar(caret)
            view.show_quads(caret.page, (Box.spanning(x0, y0, x1, y1).quad(),))
        view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.forget()

    def toggle(self) -> None:
        if self.is_on:
            self.leave()
        else:
            self.enter()

    def _caret(self) -> Caret | None:
        offsets = self._offsets
        return offsets.caret(self.edit.textCursor().position()) if offsets is not None else None

    # The page

    def _turn(self, step: int) -> None:
        page = self._page + step
        if 1 <= page <= self._view.document.pages:
            self._at_end = step < 0
            self._view.go_to_page(page)

    def _follow_page(self) -> None:
        if self.is_on and self._view.page != self._page:
            self._show_page(self._view.page)
            announce(self.where.text(), self.edit)

    def _show_page(self, page: int) -> None:
        shape = self._view.document.shapes[page - 1]
        name = page_name(self._view.document.shapes, page)
        self._page, self._offsets = page, None
        self.where.setText(f"Text of p. {name}")
        self.ocr.setVisible(shape.ocr)
        self.edit.setAccessibleName(f"Text of page {name}")
        self.edit.setAccessibleDescription(OCR_WORDS if shape.ocr else "")
        self._set_text("")
        self.edit.setPlaceholderText("Reading…")
        self._text_came(page)

    def _text_came(self, page: int) -> None:
        if not self.is_on or page != self._page or self._offsets is not None:
            return
        text = self._view.document.text(page)
        if text is None:
            return
        self._offsets = TextOffsets(text)
        self._set_text(self._offsets.text)
        self.edit.setPlaceholderText("There is no text on this page.")
        ends = self._view.selection.ends
        if ends is not None and ends[0].page <= page <= ends[1].page:
            self._follow_selection()
        else:
            self._set_caret(self._begin_at())
        self._show_marks()
        self._at_end = False
        self._entered = self.edit.textCursor().position()

    def select_quads(self, page: int, quads: Sequence[Quad]) -> None:
        """Select words of a page (an occurrence that was found) while the text is shown."""
        if self.is_on:
            self._view.selection.select_quads(page, quads)

    def _show_marks(self) -> None:
        document = self._view.document
        text = document.text(self._page) if self.is_on and self._offsets is not None else None
        if text is not None and self._offsets is not None:
            show_marks(self.edit, self._offsets, text, document.marks.on(self._page))

    def _begin_at(self) -> int:
        """Where the page is read: at its end after paging back, else at the line at the top of
        the page view."""
        offsets, text = self._offsets, self._view.document.text(self._page)
        if offsets is None or text is None or not text.lines:
            return 0
        if self._at_end:
            return offsets.offset(text.end)
        place = self._view.place()
        if place.page != self._page or place.y <= 0:
            return 0
        caret = text.caret_at(0.0, place.y)
        return offsets.offset(caret._replace(column=0)) if caret is not None else 0

    def forget(self) -> None:
        """No text is kept where it is not shown."""
        self._page, self._offsets = 0, None
        self._set_text("")

    def _set_text(self, text: str) -> None:
        self._telling = True
        self.edit.setPlainText(text)
        self._telling = False

    # The selection

    def _tell_selection(self) -> None:
        """What is selected here is selected on the page."""
        if self._telling or self._offsets is None or not self.is_on:
            return
        cursor, selection = self.edit.textCursor(), self._view.selection
        anchor = self._offsets.caret(cursor.anchor())
        caret = self._offsets.caret(cursor.position())
        if anchor is None or caret is None:
            return
        self._telling = True
        selection.start((anchor, anchor))
        selection.extend((caret, caret))
        self._telling = False

    def _follow_selection(self) -> None:
        """What is selected on the page (by a verb, by Find) is selected here."""
        if self._telling or self._offsets is None or not self.is_on:
            return
        ends = self._view.selection.ends
        if ends is None:
            self._set_caret(self.edit.textCursor().position())
        elif ends[0].page <= self._page <= ends[1].page:
            self._set_caret(self._offsets.offset(ends[1]), self._offsets.offset(ends[0]))

    def _set_caret(self, position: int, anchor: int | None = None) -> None:
        self._telling = True
        cursor = self.edit.textCursor()
        cursor.setPosition(position if anchor is None else anchor)
        if anchor is not None:
            cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
        self.edit.setTextCursor(cursor)
        self._telling = False
