"""Rows of the side panel: a few lines of text with a page and, for marks, the colour's number."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from casefile.domain.annotations import COLOURS
from casefile.ui import theme
from casefile.ui.reader.marks import NUMBERS

Index = QModelIndex | QPersistentModelIndex
#: A row shows at most this many lines of its text.
LINES = 2
_PAD = 8


class Role(IntEnum):
    """What ``RowDelegate`` asks a model for."""

    ROW = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Row:
    """``strong`` is the part of ``text`` (start and end) to be set off; ``colour`` a mark's colour,
    ``sign`` what stands on it instead of the colour's number; ``captured`` words stand in serif."""

    text: str
    where: str
    below: str = ""
    strong: tuple[int, int] = (0, 0)
    colour: str = ""
    captured: bool = True
    sign: str = ""


class RowDelegate(QStyledItemDelegate):
    """Draws a ``Row``: number and page on top, the text in serif, a comment below. All rows are of
    one height, so that a list of ten thousand is laid out at once: a comment takes the place of
    the text's second line."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        body = QFontMetrics(theme.current().serif()).height()
        small = QFontMetrics(theme.current().font("caption")).height()
        return QSize(120, 2 * _PAD + small + 2 + (LINES - 1) * body + max(body, small + 2))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(Role.ROW)
        if not isinstance(row, Row):
            return
        rect: QRect = option.rect
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(rect, theme.colour("selection"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.colour("hover"))
        inner = rect.adjusted(_PAD + 2, _PAD, -_PAD, -_PAD)
        self._head(painter, inner, row, chosen)
        painter.setPen(theme.colour("divider"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()

    def _head(self, painter: QPainter, inner: QRect, row: Row, chosen: bool) -> None:
        look = theme.current()
        small = look.font("caption")
        line = QFontMetrics(small).height()
        quiet = look.tokens["on_selection" if chosen else "muted"]
        head = QRect(inner.x(), inner.y(), inner.width(), line)
        painter.setFont(small)
        if row.colour:
            badge = QRect(head.x(), head.y(), line, line)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(COLOURS.get(row.colour, COLOURS["yellow"])))
            painter.drawRoundedRect(badge, 2, 2)
            painter.setPen(QColor("#1D1C1A"))
            number = row.sign or str(NUMBERS.get(row.colour, ""))
            painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, number)
            head.setLeft(head.left() + line + 6)
        painter.setPen(quiet)
        painter.drawText(head, Qt.AlignmentFlag.AlignVCenter, row.where)
        body = look.serif() if row.captured else look.font()
        top = inner.y() + line + 2
        ink = look.tokens["on_selection" if chosen else "text"]
        used = _draw_text(painter, inner, top, body, ink, row)
        if row.below:
            metrics = QFontMetrics(small)
            words = metrics.elidedText(
                " ".join(row.below.split()), Qt.TextElideMode.ElideRight, inner.width()
            )
            painter.setFont(small)
            painter.setPen(ink)
            painter.drawText(inner.x(), used + 2 + metrics.ascent(), words)


def _draw_text(
    painter: QPainter, inner: QRect, top: int, font: QFont, ink: QColor, row: Row
) -> int:
    """At most ``LINES`` lines, or one less above a comment, the last one cut with "…"; where the
    text ends below."""
    lines = LINES - 1 if row.below else LINES
    layout = QTextLayout(row.text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout.setTextOption(option)
    start, end = row.strong
    if end > start:
        strong = QTextLayout.FormatRange()
        strong.start, strong.length = start, end - start
        bold = strong.format
        bold.setFontWeight(QFont.Weight.Bold)
        strong.format = bold
        layout.setFormats([strong])
    metrics = QFontMetrics(font)
    painter.setPen(ink)
    layout.beginLayout()
    y = float(top)
    for number in range(lines):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(inner.width())
        line_end = line.textStart() + line.textLength()
        if number == lines - 1 and line_end < len(row.text):
            rest = row.text[line.textStart() :]
            painter.setFont(font)
            cut = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, inner.width())
            painter.drawText(inner.x(), round(y) + metrics.ascent(), cut)
        else:
            line.draw(painter, QPointF(inner.x(), y))
        y += metrics.height()
    layout.endLayout()
    return round(y)
