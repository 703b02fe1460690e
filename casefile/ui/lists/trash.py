"""Trash: what was deleted, and the way back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from casefile.services import trash
from casefile.ui.lists.filter_bar import Choice
from casefile.ui.lists.menus import Verb
from casefile.ui.lists.screen import ListScreen
from casefile.ui.lists.view import ListView
from casefile.ui.models import gather
from casefile.ui.models import trash as model
from casefile.ui.models.table import RowFilter, TableModel
from casefile.ui.models.trash import TrashEntry
from casefile.ui.models.words import KINDS, counted
from casefile.ui.parts import EmptyState, button
from casefile.ui.session import CaseSession

_KIND = "Kind"


class TrashScreen(ListScreen):
    """Deleted things, the last one on top; Enter or the button restores what is selected."""

    name, one, many = "Trash", "thing", "things"
    kinds = frozenset(
        {
            "document",
            "annotation",
            "quote",
            "source",
            "followup",
            "request",
            "request_event",
            "letter",
        }
    )

    def __init__(self, session: CaseSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._model: TableModel[TrashEntry] = TableModel(model.COLUMNS, lambda e: e.key, self)
        view = ListView(RowFilter(self._model, self), model.COLUMNS, "Trash")
        view.sortByColumn(model.WHEN, Qt.SortOrder.DescendingOrder)
        empty = EmptyState(
            "The trash is empty. What you delete waits here.",
            "Go to documents",
            lambda: session.show_place("documents"),
            icon="trash-2",
        )
        self.set_list(view, None, empty)
        self.restore_button = button("Restore", self._restore_chosen, icon="undo-2")
        self.restore_button.setEnabled(False)
        self.head.push(self.restore_button)
        self.filter.add_menu(_KIND, [])
        view.chosen_changed.connect(self._chosen)
        view.opened.connect(lambda _key: self._restore_chosen())

    def load(self) -> None:
        case = self.session.case
        self.read(lambda: gather.trash_entries(case), self._loaded)

    def _loaded(self, entries: list[TrashEntry]) -> None:
        kinds = sorted({entry.kind for entry in entries})
        self.filter.set_choices(_KIND, [Choice(KINDS.get(kind, kind), kind) for kind in kinds])
        self._model.set_items(entries)
        self.shown()
        self._chosen(self.view.chosen())

    def filtered(self) -> None:
        words, kind = self.filter.words.casefold().split(), self.filter.value(_KIND)

        def test(entry: object) -> bool:
            return (
                isinstance(entry, TrashEntry)
                and (kind is None or entry.kind == kind)
                and all(word in entry.label.casefold() for word in words)
            )

        self.view.rows.set_test(test if self.filter.active else None)

    def _chosen(self, keys: list[str]) -> None:
        self.restore_button.setEnabled(bool(keys) and not self.session.read_only)
        self.restore_button.setText(f"Restore {len(keys)}" if len(keys) > 1 else "Restore")

    def _restore_chosen(self) -> None:
        entries = [entry for key in self.view.chosen() if (entry := self._model.by_key(key))]
        if self.session.read_only or not entries:
            return
        case, wanted = self.session.case, [(entry.kind, entry.id) for entry in entries]
        self.edit(lambda: trash.restore(case, wanted), f"{counted(len(wanted), 'thing')} restored")

    def verbs(self) -> Sequence[Verb | None]:
        return (("Restore", self._restore_chosen, not self.session.read_only),)
