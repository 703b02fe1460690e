"""A quote's own record: the capture, where it stands, who said it, how sure it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from casefile.domain.people import Source, Terms
from casefile.domain.quotes import QuoteState
from casefile.ui.lists.captured import CapturedText
from casefile.ui.lists.dates import OptionalMoment
from casefile.ui.lists.fields import AutosaveText, ChoiceBox, state_box, terms_box
from casefile.ui.lists.record import Record
from casefile.ui.lists.verify_form import VerifyForm
from casefile.ui.models.quotes import QuoteEntry
from casefile.ui.models.words import day
from casefile.ui.parts import Notice, button, label
from casefile.ui.reader.edited_version import EditedVersion


class QuoteRecord(Record):
    """``edited(field, value)``; ``state_wanted(state, method, ISO day)``; ``page_wanted``,
    ``copy_wanted``, ``delete_wanted``."""

    edited = Signal(str, object)
    state_wanted = Signal(object, str, str)
    page_wanted = Signal()
    copy_wanted = Signal()
    delete_wanted = Signal()

    def __init__(self, read_only: bool = False, parent: QWidget | None = None) -> None:
        super().__init__("Quote", parent)
        self._entry: QuoteEntry | None = None
        self._read_only = read_only
        self._speakers: list[Source] = []
        self._offered: list[tuple[str, str | None, str, str]] = []
        self._build_capture()
        self._build_fields()
        self._build_foot()
        for widget in (self.speaker, self.terms, self.state, self.spoken_on, self.embargo):
            widget.setEnabled(not read_only)
        for made in (self.verify, self.delete):
            made.setEnabled(not read_only)
        self.note.setReadOnly(read_only)
        self.version.set_read_only(read_only)

    def _build_capture(self) -> None:
        self.bar = Notice("warning")
        self.column.addWidget(self.bar)
        self.text = CapturedText("Words of the quote")
        self.text.committed.connect(lambda text: self.edited.emit("text", text))
        self.column.addWidget(self.text)
        self.version = EditedVersion()
        self.version.committed.connect(lambda text: self.edited.emit("edited", text))
        self.column.addWidget(self.version)
        self.where = label("", "muted")
        self.column.addWidget(self.where)
        self.open_page = button("Open page", self.page_wanted.emit, icon="file-text")
        self.copy = button("Copy with citation", self.copy_wanted.emit, icon="copy")
        self.add_plain(self.open_page, self.copy)

    def _build_fields(self) -> None:
        self.state = state_box()
        self.state.chosen.connect(self._state_chosen)
        self.add("State", self.state)
        self.verify = button("Verify…", self.begin_verify, icon="check")
        self.verify_row = self.add_plain(self.verify)
        self.form = VerifyForm()
        self.form.verified.connect(self._verified)
        self.form.cancelled.connect(self._leave_form)
        self.column.addWidget(self.form)
        self.speaker: ChoiceBox[str] = ChoiceBox("Speaker")
        self.speaker.chosen.connect(lambda key: self.edited.emit("source_id", key))
        self.add("Speaker", self.speaker)
        self.terms = terms_box()
        self.terms.chosen.connect(self._terms_chosen)
        self.add("Terms", self.terms)
        self.spoken_on = OptionalMoment("Spoken on", "Day is known")
        self.spoken_on.chosen.connect(lambda iso: self.edited.emit("spoken_on", iso))
        self.spoken_label = self.add("Spoken on", self.spoken_on)
        self.embargo = OptionalMoment("Embargo", "Not before", hours=True)
        self.embargo.chosen.connect(lambda iso: self.edited.emit("embargo_until", iso))
        self.add("Embargo", self.embargo)
        self.note = AutosaveText("Note", "Your own words about this quote", 3)
        self.note.committed.connect(lambda text: self.edited.emit("note", text))
        self.add("Note", self.note)

    def _build_foot(self) -> None:
        self.delete = button("Delete quote", self.delete_wanted.emit, icon="trash-2")
        self.since = label("", "caption", wrap=False)
        row = self.add_plain(self.delete, space=12)
        row.addWidget(self.since)
        self.column.addStretch(1)

    @property
    def quote_id(self) -> str:
        return self._entry.id if self._entry else ""

    @property
    def entry(self) -> QuoteEntry | None:
        return self._entry

    def flush(self) -> None:
        super().flush()
        self.version.flush()

    def offer_speakers(self, speakers: Sequence[Source]) -> None:
        """Who can have said it, by the label that may be shown."""
        self._speakers = list(speakers)

    def show_quote(self, entry: QuoteEntry) -> None:
        """Show ``entry``; what is being typed right now is not touched."""
        if self._entry is None or self._entry.id != entry.id:
            self.flush()
            self.form.hide()
        self._entry = entry
        quote = entry.quote
        on_page = quote.document_id is not None
        self.text.lock(on_page or self._read_only)
        self.text.load(quote.text)
        self.text.setVisible(bool(quote.text.strip()) or not quote.is_region)
        self.version.load(quote.text, quote.edited)
        if entry.bar:
            self.bar.show_words(entry.bar, "Bundles leave this quote out.")
        else:
            self.bar.clear()
        came = "A part of the page, as a picture, from " if quote.is_region else "From "
        self.where.setText((came if on_page else "From a ") + entry.where)
        self.open_page.setVisible(on_page)
        self.state.load(quote.state)
        self.verify.setVisible(quote.state is not QuoteState.VERIFIED and not self.form.isVisible())
        self._offer_speakers(entry.source)
        self.speaker.load(quote.source_id)
        self.terms.load(quote.terms)
        self.spoken_label.setVisible(not on_page)
        self.spoken_on.setVisible(not on_page)
        self.spoken_on.load(quote.spoken_on)
        self.embargo.load(quote.embargo_until)
        self.note.load(quote.note)
        self.since.setText(f"Captured {day(quote.created_at)}")

    def _offer_speakers(self, current: Source | None) -> None:
        """Everybody who may speak, and the current speaker even where it is in the trash."""
        known = list(self._speakers)
        if current is not None and current.id not in {source.id for source in known}:
            known.append(current)
        choices = speaker_choices(known)
        if choices != self._offered:
            self._offered = choices
            self.speaker.offer(choices)

    def begin_verify(self) -> None:
        """Ask how it was checked; a quote is not verified without a method."""
        if self._entry is None or self._read_only:
            return
        self.verify.hide()
        self.form.begin(self._entry.quote.document_id is not None)

    def _state_chosen(self, state: QuoteState) -> None:
        if state is QuoteState.VERIFIED:
            if self._entry is not None:
                self.state.load(self._entry.quote.state)
            self.begin_verify()
        else:
            self.state_wanted.emit(state, "", "")

    def _verified(self, method: str, day: str) -> None:
        self.form.hide()
        self.state.setFocus()
        self.state_wanted.emit(QuoteState.VERIFIED, method, day)

    def _leave_form(self) -> None:
        self.form.hide()
        self.verify.show()
        self.verify.setFocus()

    def _terms_chosen(self, terms: Terms) -> None:
        self.edited.emit("terms", terms)


def speaker_choices(
    speakers: Sequence[Source],
) -> list[tuple[str, str | None, str, str]]:
    """Choices for a combo box of speakers, "no speaker yet" first."""
    known: list[tuple[str, str | None, str, str]] = [("No speaker yet", None, "", "")]
    for source in sorted(speakers, key=lambda s: s.label.casefold()):
        icon, ink = ("diamond", "confidential") if source.confidential else ("user-round", "text")
        known.append((source.label, source.id, icon, ink))
    return known
