"""A selected mark in the inspector: its words, its colour, the reporter's comment."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QIcon, QKeyEvent, QPainter, QPixmap, QTextCursor
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPlainTextEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from casefile.domain.annotations import COLOURS, INKS, Annotation, AnnotationKind
from casefile.ui import icons, theme
from casefile.ui.lists.flow import FlowLayout
from casefile.ui.parts import button, caption
from casefile.ui.reader.captured import CapturedText
from casefile.ui.reader.kind_box import KindBox
from casefile.ui.reader.marks import NUMBERS
from casefile.ui.reader.tag_field import TagField

#: The side of a colour's square, in pixels at 100 %.
SWATCH = 22
#: The fewest and the most lines of a comment that show before it scrolls.
SHORTEST, TALLEST = 3, 8
#: What the empty field says while the keyboard is elsewhere, and while it is in it.
AWAY, INSIDE = "Comment (Enter)", "Comment. Esc goes back to the page."


class ColourRow(QWidget):
    """The six colours with their numbers. ``chosen(str)``."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for name in COLOURS:
            swatch = QToolButton()
            swatch.setCheckable(True)
            swatch.setAccessibleName(f"{name.capitalize()}, colour {NUMBERS[name]}")
            swatch.setToolTip(f"{name.capitalize()} ({NUMBERS[name]})")
            swatch.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            swatch.clicked.connect(lambda _checked=False, name=name: self.chosen.emit(name))
            self._group.addButton(swatch)
            self._buttons[name] = swatch
            row.addWidget(swatch)
        row.addStretch(1)
        theme.current().changed.connect(self._draw)
        self._draw()

    def _draw(self) -> None:
        """Swatches grow with the text."""
        for name, swatch in self._buttons.items():
            swatch.setIcon(swatch_icon(name, swatch.devicePixelRatioF()))
            swatch.setIconSize(icons.icon_size(SWATCH))

    def set_colour(self, colour: str) -> None:
        """Show which; none of them where it is none of the six."""
        if colour in self._buttons:
            self._buttons[colour].setChecked(True)
            return
        self._group.setExclusive(False)
        for swatch in self._buttons.values():
            swatch.setChecked(False)
        self._group.setExclusive(True)


class CommentField(QPlainTextEdit):
    """Saves when it is left. ``left()``, ``escaped()``: Esc, out to the page; ``done()``:
    Ctrl+Enter, finished with the mark; ``grew()``: it takes more or fewer lines now."""

    left = Signal()
    escaped = Signal()
    done = Signal()
    grew = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(AWAY)
        self.setAccessibleName("Comment on this mark")
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._resized)
        theme.current().changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """As many lines as there are, within bounds; more scroll."""
        lines = min(TALLEST, max(SHORTEST, round(self.document().size().height())))
        margin = round(2 * self.document().documentMargin()) + 2 * self.frameWidth()
        return QSize(200, lines * self.fontMetrics().lineSpacing() + margin + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.done.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.setPlaceholderText(INSIDE)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.setPlaceholderText(AWAY)
        self.left.emit()

    def _resized(self) -> None:
        if self.sizeHint().height() != self.height():
            self.updateGeometry()
            self.grew.emit()


class MarkForm(QWidget):
    """``comment_changed(id, text)``, ``colour_chosen(id, colour)``, ``kind_chosen(id, kind)``,
    ``tags_changed(id, tags)``, ``deleted(Annotation)``, ``quoted(Annotation)``,
    ``withheld(Annotation)``: its codes are to be changed; ``escaped()``: back to the page, the mark
    stays chosen; ``done()``: finished with the mark; ``grew()``: it takes more or less room."""

    comment_changed = Signal(str, str)
    colour_chosen = Signal(str, str)
    kind_chosen = Signal(str, object)
    tags_changed = Signal(str, object)
    withheld = Signal(object)
    deleted = Signal(object)
    quoted = Signal(object)
    escaped = Signal()
    done = Signal()
    grew = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mark: Annotation | None = None
        self._handed_on = ""
        self.where = caption()
        self.words = CapturedText("Words under this mark")
        self.colours = ColourRow()
        self.colours.chosen.connect(self._recolour)
        self.kind = KindBox()
        self.kind.chosen.connect(self._choose_kind)
        self.tags = TagField()
        self.tags.changed.connect(self._tell_tags)
        self.tags.entered.connect(self.escaped)
        self.tags.escaped.connect(self.escaped)
        self.tags.grew.connect(self.grew)
        self.comment = CommentField()
        self.comment.left.connect(self.save)
        self.comment.escaped.connect(self.escaped)
        self.comment.done.connect(self._finish)
        self.comment.grew.connect(self.grew)
        self.quote = button("Quote", self._quote, icon="quote", tip="Save as a quote (Q)")
        self.change = button(
            "Codes…", self._withheld, icon="stamp", tip="Change codes, law and extent (E)"
        )
        self.delete = button("Delete", self._delete, icon="trash-2", tip="Delete this mark (Del)")
        buttons = FlowLayout(spacing=8)
        for made in (self.quote, self.change, self.delete):
            buttons.addWidget(made)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (
            self.where, self.words, self.colours, self.kind, self.comment, self.tags
        ):  # fmt: skip
            column.addWidget(widget)
        column.addLayout(buttons)
        column.addStretch(1)

    @property
    def unsaved(self) -> str | None:
        """The comment as typed, where it differs from the one that is kept."""
        text = self.comment.toPlainText().strip()
        return text if self.mark is not None and text != self._handed_on else None

    @property
    def is_being_written(self) -> bool:
        """Whether the caret is in the comment, though another window may be in front."""
        return self.unsaved is not None or self.window().focusWidget() is self.comment

    def show_mark(self, mark: Annotation, where: str, draft: str = "") -> None:
        """Show a mark, or the same one as it is now; what is being typed stays. ``draft`` is a
        comment that was not saved yet."""
        same = self.mark is not None and self.mark.id == mark.id
        news = self.mark is None or not same or self.mark.comment != mark.comment
        typing = same and self.unsaved is not None
        if not same:
            self.save()
        self.mark = mark
        self.where.setText(where)
        self.words.set_words(mark.text)
        self.words.setVisible(bool(mark.text.strip()))
        self.colours.set_colour(mark.colour)
        self.kind.show_marks([mark])
        self.change.setVisible(mark.kind is AnnotationKind.WITHHOLDING)
        is_region = mark.kind is AnnotationKind.REGION
        quotable = bool(mark.text.strip()) and mark.kind is not AnnotationKind.NOTE
        self.quote.setVisible(quotable or is_region)
        if news:
            self._handed_on = mark.comment
            if not typing:
                self.comment.setPlainText(draft or mark.comment)

    def show_tags(self, tags: Sequence[str], known: Sequence[str]) -> None:
        """The mark's tags, unless one is being typed; ``known`` are offered."""
        self.tags.known = known
        if not self.tags.line.text() and self.tags.tokens != tuple(tags):
            self.tags.set_tokens(tags)

    def forget(self) -> None:
        """The mark is gone."""
        self.mark = None
        self.comment.clear()
        self.words.clear()

    def save(self) -> None:
        """Hand on the comment if it was changed."""
        text = self.unsaved
        if self.mark is not None and text is not None:
            self._handed_on = text
            self.comment_changed.emit(self.mark.id, text)

    def write(self) -> None:
        """Go on with the comment where it ends."""
        if not self.comment.hasFocus():
            self.comment.moveCursor(QTextCursor.MoveOperation.End)
        self.comment.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_read_only(self, read_only: bool) -> None:
        self.comment.setReadOnly(read_only)
        self.tags.set_read_only(read_only)
        for widget in (self.colours, self.kind, self.quote, self.change, self.delete):
            widget.setEnabled(not read_only)

    def _recolour(self, colour: str) -> None:
        if self.mark is not None:
            self.colour_chosen.emit(self.mark.id, colour)

    def _choose_kind(self, kind: AnnotationKind) -> None:
        if self.mark is not None and kind is not self.mark.kind:
            self.kind_chosen.emit(self.mark.id, kind)

    def _tell_tags(self) -> None:
        if self.mark is not None:
            self.tags_changed.emit(self.mark.id, self.tags.tokens)

    def _withheld(self) -> None:
        if self.mark is not None:
            self.save()
            self.withheld.emit(self.mark)

    def _finish(self) -> None:
        self.save()
        self.done.emit()

    def _delete(self) -> None:
        if self.mark is not None:
            self.deleted.emit(self.mark)

    def _quote(self) -> None:
        if self.mark is not None:
            self.save()
            self.quoted.emit(self.mark)


def swatch_icon(colour: str, ratio: float = 1.0) -> QIcon:
    """A square of a highlight colour with its number."""
    side = theme.current().pixels(SWATCH)
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(INKS[colour]))
    painter.setBrush(QColor(COLOURS[colour]))
    painter.drawRoundedRect(1, 1, side - 2, side - 2, 3, 3)
    font = theme.current().font()
    font.setPixelSize(theme.current().pixels(12))
    painter.setFont(font)
    painter.setPen(QColor("#1D1C1A"))
    painter.drawText(0, 0, side, side, Qt.AlignmentFlag.AlignCenter, str(NUMBERS[colour]))
    painter.end()
    return QIcon(pixmap)
