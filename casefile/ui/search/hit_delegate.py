"""Draws a hit in two lines: where it is, and the words around it with what was found in bold."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from casefile.ui import icons, theme
from casefile.ui.lists.delegate import row_height
from casefile.ui.models.hits import GroupRow, HitRow, Row, segments
from casefile.ui.models.tree import TreeModel

Index = QModelIndex | QPersistentModelIndex

_ICONS = {
    "page": "file-text",
    "document": "file-text",
    "quote": "quote",
    "source": "user-round",
    "annotation": "highlighter",
    "followup": "list-checks",
    "request": "landmark",
    "request_event": "mail",
    "letter": "send",
}
_SIDE, _GAP = 16, 8


class HitDelegate(QStyledItemDelegate):
    """For the list of hits. Words from the record are serif, the reporter's own are not."""

    def __init__(self, hits: TreeModel[Row], view: QAbstractItemView) -> None:
        super().__init__(view)
        self._hits, self._view = hits, view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        row = self._hits.item(index)
        if isinstance(row, GroupRow):
            return QSize(100, row_height())
        current = theme.current()
        lines = QFontMetrics(current.font("caption")).height()
        lines += QFontMetrics(current.serif()).height()
        return QSize(100, lines + 14)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        row = self._hits.item(index)
        option.text = ""
        self._view.style().drawControl(
            QStyle.ControlElement.CE_ItemViewItem, option, painter, self._view
        )
        painter.save()
        painter.setClipRect(option.rect)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        rect = option.rect.adjusted(8, 0, -8, 0)
        if isinstance(row, GroupRow):
            self._draw_group(painter, rect, row)
        elif isinstance(row, HitRow):
            self._draw_hit(painter, rect, row)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.colour("accent"))
            painter.drawLine(option.rect.topLeft(), option.rect.topRight())
            painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()

    @staticmethod
    def _draw_group(painter: QPainter, rect: QRect, row: GroupRow) -> None:
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.setFont(theme.current().font(bold=True))
        painter.setPen(theme.colour("text"))
        painter.drawText(rect, int(flags), row.name)
        indent = QFontMetrics(painter.font()).horizontalAdvance(row.name + "   ")
        painter.setFont(theme.current().font())
        painter.setPen(theme.colour("muted"))
        left = rect.adjusted(indent, 0, 0, 0)
        if painter.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            left = rect.adjusted(0, 0, -indent, 0)
        painter.drawText(left, int(flags), row.count)

    def _draw_hit(self, painter: QPainter, rect: QRect, row: HitRow) -> None:
        current = theme.current()
        side = current.pixels(_SIDE)
        mirrored = painter.layoutDirection() is Qt.LayoutDirection.RightToLeft
        ratio = painter.device().devicePixelRatio() if painter.device() is not None else 1.0
        picture = icons.pixmap(_ICONS.get(row.hit.kind, "file-text"), "muted", side, ratio)
        caption = QFontMetrics(current.font("caption"))
        top = rect.top() + 6
        left = rect.right() - side if mirrored else rect.left()
        painter.drawPixmap(left, top + (caption.height() - side) // 2, picture)
        indent = side + _GAP
        words = rect.adjusted(0 if mirrored else indent, 6, -indent if mirrored else 0, -6)
        painter.setFont(current.font("caption"))
        painter.setPen(theme.colour("muted"))
        where = caption.elidedText(row.where, Qt.TextElideMode.ElideMiddle, words.width())
        line = QRect(words.left(), words.top(), words.width(), caption.height())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.drawText(line, int(flags), where)
        below = words.adjusted(0, caption.height() + 2, 0, 0)
        captured = row.hit.kind in ("page", "quote", "annotation")
        self._draw_snippet(painter, below, row.words, current.serif() if captured else None)

    @staticmethod
    def _draw_snippet(painter: QPainter, rect: QRect, words: str, serif: QFont | None) -> None:
        font = serif or theme.current().font()
        pieces = _in_sight(segments(words), QFontMetrics(font), rect.width())
        pieces = _fitted(pieces, font, rect.width())
        layout = QTextLayout("".join(text for text, _hit in pieces), font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        option.setTextDirection(painter.layoutDirection())
        layout.setTextOption(option)
        layout.setFormats(_formats(pieces))
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(rect.width())
        layout.endLayout()
        painter.setClipRect(rect)
        painter.setPen(theme.colour("text"))
        layout.draw(painter, QPointF(rect.topLeft()))


def _formats(pieces: list[tuple[str, bool]]) -> list[QTextLayout.FormatRange]:
    """Bold and underlined: not by colour alone."""
    found: list[QTextLayout.FormatRange] = []
    place = 0
    for text, hit in pieces:
        if hit:
            bold = QTextCharFormat()
            bold.setFontWeight(QFont.Weight.Bold)
            bold.setForeground(theme.colour("hit"))
            bold.setFontUnderline(True)
            part = QTextLayout.FormatRange()
            part.start, part.length = place, len(text.encode("utf-16-le")) // 2
            part.format = bold
            found.append(part)
        place += len(text.encode("utf-16-le")) // 2
    return found


def _fitted(pieces: list[tuple[str, bool]], font: QFont, width: int) -> list[tuple[str, bool]]:
    """What there is room for in ``width`` pixels, with "…" where words are left out at the end."""
    bold = QFont(font)
    bold.setWeight(QFont.Weight.Bold)
    found: list[tuple[str, bool]] = []
    for text, hit in pieces:
        metrics = QFontMetrics(bold if hit else font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
        found.append((shown, hit))
        if shown != text:
            break
        width -= metrics.horizontalAdvance(text)
    return found


def _in_sight(
    pieces: list[tuple[str, bool]], metrics: QFontMetrics, width: int
) -> list[tuple[str, bool]]:
    """Drop words before the first hit where it would otherwise lie out of sight."""
    if not pieces or pieces[0][1]:
        return pieces
    room = width * 2 // 5
    before = pieces[0][0]
    if metrics.horizontalAdvance(before) <= room:
        return pieces
    words = before.split(" ")
    while len(words) > 1 and metrics.horizontalAdvance("… " + " ".join(words)) > room:
        words.pop(0)
    return [("… " + " ".join(words), False), *pieces[1:]]
