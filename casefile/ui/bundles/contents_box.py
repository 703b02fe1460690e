"""Step 1 of a bundle: which documents go in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from casefile.domain.documents import DocumentState
from casefile.ui import theme
from casefile.ui.lists.filter_bar import FilterField
from casefile.ui.lists.screen import panel
from casefile.ui.lists.view import ListView
from casefile.ui.models.columns import ICON_ROLE, KEY_ROLE, Column
from casefile.ui.models.documents import DocumentEntry
from casefile.ui.models.table import Index, RowFilter, TableModel
from casefile.ui.models.words import came_from, counted, visible
from casefile.ui.parts import label

_COLUMNS: tuple[Column[DocumentEntry], ...] = (
    Column(
        "Document",
        lambda e: visible(e.document.title),
        sort=lambda e: e.document.title.casefold(),
        tone=lambda e: "muted" if e.document.state is DocumentState.KEPT else None,
    ),
    Column(
        "From",
        lambda e: came_from(e.document, e.source_label, e.request_label),
        sample="Released · EPA R9 #22",
        gives_way=1,
    ),
    Column(
        "Pages",
        lambda e: str(e.document.pages or "—"),
        sort=lambda e: e.document.pages,
        right=True,
        sample="Pages",
        gives_way=2,
    ),
)


class TickModel(TableModel[DocumentEntry]):
    """Documents, each with a box to tick; ``ticked_changed`` after every tick."""

    ticked_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_COLUMNS, lambda entry: entry.id, parent)
        self._ticked: set[str] = set()

    def ticked(self) -> list[str]:
        """Ids of ticked documents, in the order of import."""
        return [entry.id for entry in self.items if entry.id in self._ticked]

    def tick(self, keys: Sequence[str], on: bool = True) -> None:
        known = [key for key in keys if self.by_key(key) is not None]
        changed = [key for key in known if (key in self._ticked) is not on]
        for key in changed:
            self._ticked.symmetric_difference_update({key})
            index = self.index_of(key)
            self.dataChanged.emit(index, index)
        if changed:
            self.ticked_changed.emit()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == ICON_ROLE and index.isValid() and index.column() == 0:
            entry = self.item(index)
            ticked = entry is not None and entry.id in self._ticked
            return "square-check" if ticked else "square"
        if role == Qt.ItemDataRole.AccessibleTextRole and index.isValid() and index.column() == 0:
            entry = self.item(index)
            chosen = entry is not None and entry.id in self._ticked
            return f"{super().data(index, role)}, {'chosen' if chosen else 'not chosen'}"
        return super().data(index, role)


class ContentsBox(QWidget):
    """All documents, or those that are ticked; ``changed`` when it is others."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.all = QRadioButton("All documents")
        self.some = QRadioButton("These documents")
        group = QButtonGroup(self)
        group.addButton(self.all)
        group.addButton(self.some)
        self.all.setChecked(True)
        self.model = TickModel(self)
        self.rows = RowFilter(self.model, self)
        self.filter = FilterField("Filter documents…")
        self.view = ListView(self.rows, _COLUMNS, "Documents for the bundle")
        self.view.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self._told = label("", "muted")
        self._list = panel(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.all, self.some, self.filter, self._list, self._told):
            column.addWidget(widget)
        self.some.toggled.connect(self._turned)
        self.filter.textChanged.connect(self._filter)
        self.filter.left.connect(self._into_list)
        self.view.previewed.connect(self._toggle)
        self.view.clicked.connect(lambda index: self._toggle(str(index.data(KEY_ROLE))))
        self.view.filter_wanted.connect(self.filter.setFocus)
        self.model.ticked_changed.connect(self._ticked)
        theme.current().changed.connect(self._fit)
        self._fit()
        self._turned(on=False)

    def show_documents(self, entries: Sequence[DocumentEntry]) -> None:
        self.model.set_items(entries)
        self.all.setText(f"All documents ({len(entries)})")

    def begin(self, keys: Sequence[str]) -> None:
        """Start with ``keys`` ticked; with all documents where there are none."""
        self.filter.clear()
        self.model.tick(self.model.ticked(), on=False)
        self.model.tick(keys)
        (self.some if self.model.ticked() else self.all).setChecked(True)

    @property
    def chosen(self) -> list[str] | None:
        """Ids, or None for all."""
        return None if self.all.isChecked() else self.model.ticked()

    def _fit(self) -> None:
        self._list.setFixedHeight(theme.current().pixels(190))

    def _turned(self, on: bool) -> None:
        for widget in (self.filter, self._list, self._told):
            widget.setVisible(on)
        self._tell()
        self.changed.emit()

    def _ticked(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        words = counted(len(self.model.ticked()), "document")
        self._told.setText(f"{words} chosen. Space or a click ticks a document.")

    def _toggle(self, key: str) -> None:
        keys = self.view.chosen() or [key]
        ticked = set(self.model.ticked())
        self.model.tick(keys, on=any(each not in ticked for each in keys))

    def _into_list(self) -> None:
        self.view.show_first()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _filter(self, text: str) -> None:
        words = text.casefold().split()

        def test(entry: object) -> bool:
            title = entry.document.title.casefold() if isinstance(entry, DocumentEntry) else ""
            return all(word in title for word in words)

        self.rows.set_test(test if words else None)
