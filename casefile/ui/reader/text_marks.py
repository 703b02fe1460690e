"""Marks in the text view: words that are marked on the page look marked in its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from casefile.domain.annotations import Annotation, AnnotationKind
from casefile.ui.reader.page_colours import DAY
from casefile.ui.reader.selecting import ends_of
from casefile.ui.reader.selection import TextMap
from casefile.ui.reader.text_offsets import TextOffsets

#: Kinds that are made on words.
_ON_WORDS = (AnnotationKind.HIGHLIGHT, AnnotationKind.UNDERLINE, AnnotationKind.STRIKEOUT)


def show_marks(
    edit: QPlainTextEdit, offsets: TextOffsets, text: TextMap, marks: Iterable[Annotation]
) -> None:
    """Let ``edit``, which shows ``text``, show ``marks`` of the same page."""
    edit.setExtraSelections(list(_selections(edit, offsets, text, marks)))


def _selections(
    edit: QPlainTextEdit, offsets: TextOffsets, text: TextMap, marks: Iterable[Annotation]
) -> Iterator[QTextEdit.ExtraSelection]:
    for mark in marks:
        ends = ends_of(text, mark.quads) if mark.quads and mark.kind in _ON_WORDS else None
        if ends is None:
            continue
        shown = QTextEdit.ExtraSelection()
        cursor = QTextCursor(edit.document())
        cursor.setPosition(offsets.offset(ends[0]))
        cursor.setPosition(offsets.offset(ends[1]), QTextCursor.MoveMode.KeepAnchor)
        shown.cursor = cursor
        shown.format = _look(mark)
        yield shown


def _look(mark: Annotation) -> QTextCharFormat:
    look = QTextCharFormat()
    if mark.kind is AnnotationKind.HIGHLIGHT:
        look.setBackground(DAY.fill(mark.colour))
        look.setForeground(DAY.ink)
    elif mark.kind is AnnotationKind.UNDERLINE:
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
    else:
        look.setFontStrikeOut(True)
    return look
