"""Settings: other keys for verbs, and none that are a single letter."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from casefile.ui import keymap, theme
from casefile.ui.announce import announce
from casefile.ui.parts import button, caption, label
from casefile.ui.session import CaseSession
from casefile.ui.settings import key_choices
from casefile.ui.settings.key_choices import KeyRow
from casefile.ui.settings.part import Part

_PORTABLE = QKeySequence.SequenceFormat.PortableText
_ROW = Qt.ItemDataRole.UserRole
NONE = "none"


class ShortcutsPart(Part):
    """Takes effect as it is chosen. A key that another verb has is told first."""

    def __init__(self, session: CaseSession) -> None:
        super().__init__("Shortcuts", session)
        self._rows = key_choices.every()
        self._takes_from: KeyRow | None = None
        self.letters = QCheckBox("Single letters are keys on pages and in lists")
        self.letters.setChecked(session.preferences.single_keys)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter verbs and keys")
        self.filter.setAccessibleName("Filter verbs and keys")
        self.table = QTableWidget(len(self._rows), 3)
        self.key = QKeySequenceEdit()
        self.use = button("Use", self._use)
        self.no_key = button("No key", lambda: self._give([]))
        self.reset = button("As it was", self._reset)
        self.reset_all = button("Reset all keys", self._reset_all)
        self.state = label("", "muted")
        self._build_table()
        self._lay_out()
        self.letters.toggled.connect(self._letters)
        self.filter.textChanged.connect(self._filter)
        self.table.currentItemChanged.connect(lambda *_: self._chosen())
        self.key.keySequenceChanged.connect(lambda _keys: self._forget_conflict())
        keymap.current().changed.connect(self._show)
        theme.current().changed.connect(self._fit)
        self._show()
        self._fit()
        self.table.setCurrentCell(0, 0)

    def _build_table(self) -> None:
        table = self.table
        table.setAccessibleName("Verbs and their keys")
        table.setHorizontalHeaderLabels(["Verb", "Where", "Keys"])
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        header = table.horizontalHeader()
        header.setAccessibleName("Columns")
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)

    def _lay_out(self) -> None:
        self.key.setMaximumSequenceLength(1)
        self.key.setAccessibleName("New key: press it")
        for inner in self.key.findChildren(QLineEdit):
            inner.setAccessibleName("New key: press it")
            inner.setPlaceholderText("Press the new key")
        add = self.column.addWidget
        add(self.letters)
        add(caption("Switch this off if you speak to your computer, or press keys by accident. "
                    "Every verb is in the palette (Ctrl+K) as well."))  # fmt: skip
        add(self.filter)
        add(self.table)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.key, 1)
        for each in (self.use, self.no_key, self.reset):
            row.addWidget(each)
        add(line)
        add(self.state)
        self.column.addWidget(self.reset_all, 0, Qt.AlignmentFlag.AlignLeading)

    def row(self) -> KeyRow | None:
        """The verb that is chosen."""
        item = self.table.item(self.table.currentRow(), 0)
        return self._rows[item.data(_ROW)] if item is not None else None

    def choose(self, verb_id: str) -> None:
        """Make a verb the chosen one."""
        number = next(n for n, row in enumerate(self._rows) if row.id == verb_id)
        self.table.setCurrentCell(number, 0)

    def _show(self) -> None:
        for number, row in enumerate(self._rows):
            keys = keymap.current().keys(row.id, row.own)
            cells = (row.words, row.where, keymap.shown(keys) or NONE)
            for column, words in enumerate(cells):
                item = self.table.item(number, column) or QTableWidgetItem()
                item.setText(words)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, words)
                item.setData(_ROW, number)
                if not self.table.item(number, column):
                    self.table.setItem(number, column, item)
        self.reset_all.setEnabled(bool(self.session.preferences.keys))
        self._chosen()

    def _chosen(self) -> None:
        self._forget_conflict()
        row = self.row()
        able = row is not None and not row.fixed
        for widget in (self.key, self.use, self.no_key):
            widget.setEnabled(able)
        self.reset.setEnabled(able and row is not None and row.now != row.own)
        if row is not None and row.fixed:
            self.state.setText(key_choices.refusal(row, "F12"))

    def _filter(self, typed: str) -> None:
        for number in range(self.table.rowCount()):
            items = [self.table.item(number, column) for column in range(3)]
            words = " ".join(item.text() for item in items if item is not None)
            self.table.setRowHidden(number, typed.casefold() not in words.casefold())

    def _use(self) -> None:
        row, key = self.row(), self.key.keySequence().toString(_PORTABLE)
        if row is None:
            return
        refused = key_choices.refusal(row, key)
        other = key_choices.holder(self._rows, row, key)
        if refused:
            self._tell(refused)
        elif other is not None and other.fixed:
            self._tell(key_choices.refusal(other, key))
        elif other is not None and other is not self._takes_from:
            self._takes_from = other
            self.use.setText("Take it")
            self._tell(f"{keymap.shown([key])} is a key of “{other.words}”. Take it from there?")
        else:
            if other is not None:
                left = [each for each in other.now if each != key]
                self.session.preferences.keys[other.id] = left
            self._give([key])

    def _give(self, keys: list[str]) -> None:
        row = self.row()
        if row is None:
            return
        self.session.preferences.keys[row.id] = keys
        self._tidy()
        self._take_effect(f"“{row.words}”: {keymap.shown(keys) or 'no key'}")

    def _reset(self) -> None:
        row = self.row()
        if row is None:
            return
        taken = [r for key in row.own if (r := key_choices.holder(self._rows, row, key))]
        if taken:
            self._tell(f"{keymap.shown(row.own)} is a key of “{taken[0].words}” now.")
            return
        self.session.preferences.keys.pop(row.id, None)
        self._take_effect(f"“{row.words}”: {keymap.shown(row.own) or 'no key'}")

    def _reset_all(self) -> None:
        self.session.preferences.keys.clear()
        self._take_effect("Every verb has its own keys again.")
        self.table.setFocus()

    def _letters(self, on: bool) -> None:
        self.session.preferences.single_keys = on
        self.session.preferences_changed.emit()

    def _tidy(self) -> None:
        """Only what differs from a verb's own keys is kept."""
        own = {row.id: list(row.own) for row in self._rows}
        kept = self.session.preferences.keys
        for verb_id in [each for each, keys in kept.items() if keys == own.get(each)]:
            del kept[verb_id]

    def _take_effect(self, told: str) -> None:
        self.key.clear()
        self.session.preferences_changed.emit()
        self._show()
        self._tell(told)

    def _tell(self, words: str) -> None:
        self.state.setText(words)
        announce(words, self)

    def _forget_conflict(self) -> None:
        self._takes_from = None
        self.use.setText("Use")
        self.state.setText("")

    def _fit(self) -> None:
        self.table.setFixedHeight(theme.current().pixels(300))
        self.table.verticalHeader().setDefaultSectionSize(theme.current().pixels(28))
