"""A source's own record: the one place where a confidential source's name can be seen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from casefile.domain.people import Source, Terms
from casefile.ui.lists.fields import AutosaveLine, AutosaveText, terms_box
from casefile.ui.lists.record import Record
from casefile.ui.lists.secret import HoldToReveal, SecretLine, SecretText, Showing
from casefile.ui.lists.view import ListView
from casefile.ui.models import quotes
from casefile.ui.models.quotes import QuoteEntry
from casefile.ui.models.table import RowFilter, TableModel
from casefile.ui.models.words import counted, day
from casefile.ui.parts import Chip, button, label

_QUOTE_COLUMNS = (quotes.COLUMNS[0], quotes.COLUMNS[4])


class SourceRecord(Record):
    """``edited(field, value)`` for each field that is worth saving; ``delete_wanted``;
    ``quote_wanted(id)``."""

    edited = Signal(str, object)
    delete_wanted = Signal()
    quote_wanted = Signal(str)

    def __init__(self, read_only: bool = False, parent: QWidget | None = None) -> None:
        super().__init__("Source", parent)
        self._source: Source | None = None
        self._names_shown = False
        self._read_only = read_only
        self._build_head()
        self._build_identity()
        self._build_terms()
        self._build_quotes()
        for widget in self.findChildren(QCheckBox):
            widget.setEnabled(not read_only)

    def _build_head(self) -> None:
        self.heading = label("", "heading")
        self.chip = Chip("confidential")
        row = QHBoxLayout()
        row.addWidget(self.heading, 1)
        row.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(row)
        self.confidential = QCheckBox("Confidential: shown by code name only")
        self.confidential.clicked.connect(lambda on: self.edited.emit("confidential", bool(on)))
        self.add_plain(self.confidential)

    def _build_identity(self) -> None:
        self.code_name = AutosaveLine("Code name")
        self.code_label = self.add("Code name", self.code_name)
        self.name = SecretLine("Real name")
        self.name_label = self.add("Name", self.name)
        self.reveal = HoldToReveal()
        self.reveal.held.connect(self._held)
        self.reveal_row = self.add_plain(self.reveal, space=4)
        self.aliases = SecretLine("Also known as", "Separate with commas")
        self.add("Also known as", self.aliases)
        self.organisation = QCheckBox("This is an organisation")
        self.organisation.clicked.connect(lambda on: self.edited.emit("organisation", bool(on)))
        self.add_plain(self.organisation)
        self.contacts = SecretText("Contacts", "Telephone, Signal, e-mail, where you meet")
        self.add("Contacts", self.contacts)
        self.notes = AutosaveText("Notes", "What you know of this source", 4)
        self.add("Notes", self.notes)
        self.code_name.committed.connect(lambda text: self.edited.emit("code_name", text.strip()))
        self.name.committed.connect(lambda text: self.edited.emit("name", text.strip()))
        self.aliases.committed.connect(self._aliases_typed)
        self.contacts.committed.connect(lambda text: self.edited.emit("contacts", text))
        self.notes.committed.connect(lambda text: self.edited.emit("notes", text))

    def _build_terms(self) -> None:
        self.terms = terms_box("Terms of new quotes")
        self.terms.chosen.connect(self._terms_chosen)
        self.add("Terms of new quotes", self.terms)
        self.attribution = AutosaveLine("Agreed attribution", "“a former agency official”")
        self.attribution.committed.connect(lambda t: self.edited.emit("attribution", t.strip()))
        self.add("Agreed attribution", self.attribution)

    def _build_quotes(self) -> None:
        self._quotes = TableModel(_QUOTE_COLUMNS, lambda entry: entry.id, self)
        rows = RowFilter(self._quotes, self)
        self.quotes = ListView(rows, _QUOTE_COLUMNS, "Quotes of this source", several=False)
        self.quotes.setSortingEnabled(False)
        self.quotes.setHeaderHidden(True)
        self.quotes.opened.connect(self.quote_wanted)
        self.quotes_label = self.add("Quotes", self.quotes)
        self.since = label("", "caption", wrap=False)
        self.delete = button("Delete source", self.delete_wanted.emit, icon="trash-2")
        self.delete.setEnabled(not self._read_only)
        row = self.add_plain(self.delete, space=12)
        row.addWidget(self.since)
        self.column.addStretch(1)

    # What is shown.

    @property
    def source_id(self) -> str:
        return self._source.id if self._source else ""

    def show_source(self, source: Source, spoken: Sequence[QuoteEntry] = ()) -> None:
        """Show ``source`` and its quotes; another source's name is hidden again."""
        if self._source is None or self._source.id != source.id:
            self.flush()
            self._source = None
            self.name.show_as(Showing.HIDDEN)
            self.aliases.show_as(Showing.HIDDEN)
            self.contacts.show_as(Showing.HIDDEN)
        self._source = source
        self.heading.setText(source.label)
        self.chip.setVisible(source.confidential)
        self.confidential.setChecked(source.confidential)
        self.organisation.setChecked(source.organisation)
        for widget in (self.code_name, self.code_label, self.reveal):
            widget.setVisible(source.confidential)
        self.name_label.setText("Real name" if source.confidential else "Name")
        self.code_name.load(source.code_name or "")
        self.name.load(source.name)
        self.aliases.load(", ".join(source.aliases))
        self.contacts.load(source.contacts)
        self.notes.load(source.notes)
        self.terms.load(source.terms)
        self.attribution.load(source.attribution)
        self.since.setText(f"Added {day(source.created_at)}")
        self._show_identity()
        self._show_quotes(spoken)
        if self._read_only:
            for field in (self.code_name, self.attribution, self.notes):
                field.setReadOnly(True)
            self.terms.setEnabled(False)

    def show_names(self, shown: bool) -> None:
        """Names of confidential sources stay open (and editable) until this is taken back."""
        self._names_shown = shown
        self._show_identity()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.flush()
        self._show_identity()

    def _show_identity(self, held: bool = False) -> None:
        source = self._source
        hidden = source is None or (source.confidential and not self._names_shown)
        showing = Showing.OPEN
        if hidden:
            showing = Showing.HELD if held else Showing.HIDDEN
        elif self._read_only:
            showing = Showing.HELD
        for field in (self.name, self.aliases, self.contacts):
            field.show_as(showing)

    def _held(self, held: bool) -> None:
        self._show_identity(held)

    def _show_quotes(self, spoken: Sequence[QuoteEntry]) -> None:
        self._quotes.set_items(spoken)
        self.quotes.setVisible(bool(spoken))
        words = counted(len(spoken), "quote") if spoken else "No quotes yet"
        self.quotes_label.setText(words)
        rows = min(5, max(1, len(spoken)))
        height = self.quotes.sizeHintForRow(0) if spoken else 0
        self.quotes.setFixedHeight(height * rows + 4)

    def _aliases_typed(self, text: str) -> None:
        names = tuple(name.strip() for name in text.split(",") if name.strip())
        self.edited.emit("aliases", names)

    def _terms_chosen(self, terms: Terms) -> None:
        self.edited.emit("terms", terms)
