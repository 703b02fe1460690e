"""Draws the lines of a record: shape, words, far side, and what is below, wrapped."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from casefile.ui import icons, theme

if TYPE_CHECKING:
    from casefile.ui.requests.lines import Line

Index = QModelIndex | QPersistentModelIndex
_WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeading)
_EDGE, _GAP = 6, 5


class LineDelegate(QStyledItemDelegate):
    """The far side stands beside the words where both fit, else below them."""

    def height(self, line: Line, wide: int) -> int:
        boxes = _boxes(line, QRect(0, 0, wide, 0))
        return max(boxes[-1].bottom() + _GAP, theme.current().pixels(28))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = option.widget
        wide = view.viewport().width() if isinstance(view, QAbstractItemView) else 300
        return QSize(60, self.height(_line(index), wide))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line, keeper = _line(index), theme.current()
        tokens, rect = keeper.tokens, QRect(option.rect)
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = _has_focus(option)
        chosen, resting = chosen and focused, chosen and not focused
        if chosen:
            painter.fillRect(rect, tokens["selection"])
        elif resting or option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, tokens["hover"])
        picture, text, tail, more = (theme.placed(box, rect) for box in _boxes(line, rect))
        ratio = painter.device().devicePixelRatio()
        painter.drawPixmap(
            picture.topLeft(), icons.pixmap(line.icon, line.ink, picture.width(), ratio)
        )
        plain = tokens["on_selection" if chosen else "text"]
        painter.setFont(keeper.font(bold=not line.link))
        painter.setPen(tokens["accent"] if line.link and not chosen else plain)
        painter.drawText(text, _WRAP, line.text)
        painter.setFont(keeper.font())
        painter.setPen(plain if chosen else tokens[line.ink])
        beside = tail.top() == text.top()
        side = Qt.AlignmentFlag.AlignTrailing if beside else Qt.AlignmentFlag.AlignLeading
        painter.drawText(tail, int(Qt.TextFlag.TextWordWrap) | int(side), line.tail)
        painter.setPen(plain if chosen else tokens["muted"])
        painter.drawText(more, _WRAP, line.more)
        painter.restore()


def _has_focus(option: QStyleOptionViewItem) -> bool:
    view = option.widget
    return isinstance(view, QAbstractItemView) and view.hasFocus()


def _boxes(line: Line, rect: QRect) -> list[QRect]:
    """Where shape, words, far side and the rest stand, the last of them lowest."""
    keeper = theme.current()
    plain = QFontMetrics(keeper.font())
    words = QFontMetrics(keeper.font(bold=not line.link))
    side = keeper.pixels(16)
    left = rect.left() + _EDGE + (side + 9 if line.inner else 0)
    top = rect.top() + _GAP
    picture = QRect(left, top + max(0, (plain.height() - side) // 2), side, side)
    start = picture.right() + 9
    room = max(40, rect.right() - _EDGE - start)
    far = plain.horizontalAdvance(line.tail) + 4 if line.tail else 0
    need = words.horizontalAdvance(line.text) + 4
    if need + far + 12 <= room:
        text = QRect(start, top, room - far - (12 if far else 0), words.height())
        tail = QRect(start + room - far, top, far, plain.height())
        below = text.bottom() + 1
    else:
        text = _wrapped(words, start, top, room, line.text)
        tail = _wrapped(plain, start, text.bottom() + 1, room, line.tail)
        below = tail.bottom() + 1
    return [picture, text, tail, _wrapped(plain, start, below, room, line.more)]


def _wrapped(metrics: QFontMetrics, left: int, top: int, wide: int, words: str) -> QRect:
    if not words:
        return QRect(left, top, wide, 0)
    tall = metrics.boundingRect(QRect(0, 0, wide, 100_000), _WRAP, words).height()
    return QRect(left, top, wide, tall)


def _line(index: Index) -> Line:
    return cast("Line", index.data(int(Qt.ItemDataRole.UserRole) + 1))
