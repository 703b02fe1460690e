"""Follow-ups: what is left to do, what is late first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from casefile.domain.changes import Change
from casefile.services import followups
from casefile.ui.lists.followup_record import FollowUpRecord
from casefile.ui.lists.links import open_linked
from casefile.ui.lists.menus import Verb
from casefile.ui.lists.once import Once
from casefile.ui.lists.quick_line import QuickLine
from casefile.ui.lists.record import NothingChosen
from casefile.ui.lists.screen import ListScreen
from casefile.ui.lists.view import ListView
from casefile.ui.models import followups as model
from casefile.ui.models import gather
from casefile.ui.models.followups import FollowUpEntry, Row, When
from casefile.ui.models.table import RowFilter
from casefile.ui.models.tree import TreeModel
from casefile.ui.models.words import counted, today
from casefile.ui.parts import EmptyState
from casefile.ui.session import CaseSession

_DRAFT = "followups.line"


class FollowUpsScreen(ListScreen):
    """A line to add one, the list under its headings, the record of the current one."""

    name, one, many = "Follow-ups", "follow-up", "follow-ups"
    kinds = frozenset({"followup", "source", "document", "quote"})

    def __init__(self, session: CaseSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._model: TreeModel[Row] = TreeModel(model.COLUMNS, self)
        rows = RowFilter(self._model, self)
        rows.setRecursiveFilteringEnabled(True)
        view = ListView(rows, model.COLUMNS, "Follow-ups", verbs="D", nested=True)
        view.setSortingEnabled(False)
        rows.sort(0, Qt.SortOrder.AscendingOrder)
        view.setRootIsDecorated(False)
        view.setItemsExpandable(False)
        view.setIndentation(0)
        self.record = FollowUpRecord(session.read_only)
        self.none = NothingChosen("Choose a follow-up to change it.")
        self.detail = QStackedWidget()
        self.detail.addWidget(self.none)
        self.detail.addWidget(self.record)
        empty = EmptyState(
            "Nothing to follow up yet.", "Add follow-up", self.new_item, icon="list-checks"
        )
        empty.button.setEnabled(not session.read_only)
        self.set_list(view, self.detail, empty)
        self.quick = QuickLine()
        self.quick.setEnabled(not session.read_only)
        self.quick.line.setText(session.draft(_DRAFT))
        self.above.addWidget(self.quick)
        self._connect()

    def _connect(self) -> None:
        self.view.rows.rowsInserted.connect(self._open_groups)
        self.view.rows.modelReset.connect(self._open_groups)
        self.view.current_changed.connect(self._show_current)
        self.view.opened.connect(self._open_link)
        self.view.previewed.connect(lambda _key: self._into_record())
        self.view.rename_wanted.connect(lambda _key: self._into_record())
        self.view.verb_wanted.connect(lambda _letter, keys: self._toggle(keys))
        self.view.delete_wanted.connect(self._delete)
        self.quick.wanted.connect(self._add)
        self._once = Once(self.session, self)
        self.quick.left.connect(self.focus_list)
        self.record.edited.connect(self._save)
        self.record.done_wanted.connect(self._set_current_done)
        self.record.link_wanted.connect(lambda: self._open_link(self._current_id()))
        self.record.delete_wanted.connect(lambda: self._delete([self._current_id()]))

    # Reading and showing.

    def load(self) -> None:
        case, now = self.session.case, today()
        self.read(lambda: gather.followup_entries(case, now), self._loaded)

    def _loaded(self, entries: list[FollowUpEntry]) -> None:
        before, in_list = self.view.current(), self.view.hasFocus()
        self._model.set_nodes(model.grouped(entries))
        if not in_list and before != self.view.current() and self._entry(before):
            self.view.show_key(before)  # its day was changed in its record: stay with it
        self.shown()
        self._show_current(self.view.current())

    def counts(self) -> tuple[int, int]:
        every = sum(1 for row in self._model.items if isinstance(row, FollowUpEntry))
        rows = self.view.rows
        return every, sum(rows.rowCount(rows.index(n, 0)) for n in range(rows.rowCount()))

    def filtered(self) -> None:
        words = self.filter.words.casefold().split()

        def test(row: object) -> bool:
            if not isinstance(row, FollowUpEntry):
                return False  # a heading shows when something under it does
            where = f"{row.followup.text} {row.linked}".casefold()
            return all(word in where for word in words)

        self.view.rows.set_test(test if words else None)
        self._open_groups()

    def flush(self) -> None:
        self.record.flush()
        self.session.keep_draft(_DRAFT, self.quick.line.text())

    def new_item(self) -> None:
        self.quick.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _open_groups(self, parent: QModelIndex | None = None, *_rows: int) -> None:
        """Every heading stands open; a heading that only says how many is of no use."""
        rows = self.view.rows
        for number in range(rows.rowCount()):
            index = rows.index(number, 0)
            self.view.setExpanded(index, True)  # noqa: FBT003 - Qt's own signature
            self.view.setFirstColumnSpanned(number, QModelIndex(), True)  # noqa: FBT003
        del parent

    def _entry(self, key: str) -> FollowUpEntry | None:
        row = self._model.by_key(key)
        return row if isinstance(row, FollowUpEntry) else None

    def _current_id(self) -> str:
        return self.record.entry.id if self.record.entry else ""

    def _show_current(self, key: str) -> None:
        entry = self._entry(key)
        if entry is None:
            self.detail.setCurrentWidget(self.none)
        else:
            self.record.show_followup(entry)
            self.detail.setCurrentWidget(self.record)

    def _into_record(self) -> None:
        if self.detail.currentWidget() is self.record:
            self.record.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_link(self, key: str) -> None:
        entry = self._entry(key)
        if entry is None:
            return
        followup = entry.followup
        if not (followup.linked_kind and followup.linked_id and entry.linked):
            self._into_record()
            return
        open_linked(
            self.session, followup.linked_kind, followup.linked_id, followup.linked_page, self
        )

    # Adding, changing, deleting.

    def _add(self, text: str, due: str | None) -> None:
        case = self.session.case
        self.quick.add.setEnabled(False)
        self._once.edit(
            lambda: followups.add(case, text, due=due), self._added, self.notice.show_error
        )

    def _added(self, change: Change) -> None:
        self.session.keep_draft(_DRAFT, "")
        self.quick.clear()
        self.notice.clear()
        self.show_record(change.ids("followup")[0])

    def _save(self, field: str, value: object) -> None:
        case, followup_id = self.session.case, self._current_id()
        if followup_id:
            values: dict[str, Any] = {field: value}
            self.edit(lambda: followups.edit(case, followup_id, **values))

    def _set_current_done(self, done: bool) -> None:
        self._set_done([self._current_id()], done)

    def _toggle(self, keys: list[str]) -> None:
        entries = [entry for key in keys if (entry := self._entry(key))]
        if entries:
            open_ones = any(entry.when is not When.DONE for entry in entries)
            self._set_done([entry.id for entry in entries], open_ones)

    def _set_done(self, keys: list[str], done: bool) -> None:
        if self.session.read_only or not keys:
            return
        case = self.session.case
        words = "done" if done else "to do again"
        self.edit(
            lambda: followups.set_done(case, keys, done),
            f"{counted(len(keys), 'follow-up')} {words}",
        )

    def _delete(self, keys: list[str]) -> None:
        wanted = [key for key in keys if self._entry(key)]
        if self.session.read_only or not wanted:
            return
        case = self.session.case
        self.edit(
            lambda: followups.delete(case, wanted),
            f"{counted(len(wanted), 'follow-up')} moved to Trash",
        )

    def verbs(self) -> Sequence[Verb | None]:
        keys = [key for key in self.view.chosen() if self._entry(key)]
        entry = self._entry(self.view.current())
        if not keys or entry is None:
            return ()
        editable = not self.session.read_only
        done = entry.when is When.DONE
        return (
            (
                f"Open {entry.linked}" if entry.linked else "Open",
                lambda: self._open_link(entry.id),
                bool(entry.linked),
            ),
            ("To do again" if done else "Done\tD", lambda: self._toggle(keys), editable),
            ("Change…\tF2", self._into_record, editable),
            None,
            ("Delete\tDel", lambda: self._delete(keys), editable),
        )
