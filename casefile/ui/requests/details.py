"""What was asked and by whom, and the office that was asked: the fields of a request that can be
changed, each saved when it is left."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from casefile.domain.errors import UserError
from casefile.domain.money import figures
from casefile.services import laws, requests
from casefile.ui.lists.field_set import LIST, NUMBER, FieldSet, Form
from casefile.ui.lists.record import Record
from casefile.ui.lists.screen import OFFER_UNDO
from casefile.ui.parts import Notice, label
from casefile.ui.requests.day_list import DayList
from casefile.ui.requests.law_field import LawField
from casefile.ui.requests.money import hundredths
from casefile.ui.requests.words import BEHALF, law_note
from casefile.ui.requests.zone_field import complete_zones

if TYPE_CHECKING:
    from casefile.domain.laws import Law
    from casefile.services.deadlines import RequestView
    from casefile.ui.session import CaseSession

_SUM = Form(hundredths, lambda amount: "" if amount is None else figures(amount))
_CURRENCY = Form(str.upper, str)


class DetailsSection(Record):
    """A section of the record (see ``sections``)."""

    def __init__(self, session: CaseSession, parent: QWidget | None = None) -> None:
        super().__init__("Details", parent)
        self.setProperty("surface", "clear")  # the record around it is the panel
        self._session = session
        self._view: RequestView | None = None
        self.notice = Notice("danger")
        self.column.addWidget(self.notice)
        self.asked = FieldSet(self, read_only=session.read_only)
        self.office = FieldSet(self, read_only=session.read_only)
        self._build_request()
        self._build_office()
        self.column.addStretch(1)
        self.asked.edited.connect(self._edit_request)
        self.office.edited.connect(self._edit_office)
        for fields in (self.asked, self.office):
            fields.refused.connect(self._refused)
        session.tasks.run(laws.every, self._offer, owner=self)

    def _build_request(self) -> None:
        asked = self.asked
        self.agency = asked.line("agency", "Agency")
        self.law = LawField()
        self.law.setEnabled(not self._session.read_only)
        self.law.committed.connect(lambda law: self._edit_request("law", law))
        self.add("Law", self.law)
        self.law_note = label("", "caption")
        self.column.addWidget(self.law_note)
        self.subject = asked.line("subject", "Subject")
        self.numbers = asked.line(
            "tracking_numbers", "Tracking numbers", "Separate with commas", LIST
        )
        self.requester = asked.line("requester", "Requester of record")
        self.on_behalf_of = asked.line("on_behalf_of", "On behalf of")
        self.on_behalf_of.setAccessibleDescription(BEHALF)
        self.behalf_note = label(BEHALF, "caption")
        self.column.addWidget(self.behalf_note)
        self.scope = asked.text("scope", "Records asked for")
        asked.day("period_from", "Period from", "Records from")
        asked.day("period_to", "Period to", "Records up to")
        self.text = asked.text("text", "Text of the request", 6)
        self.pages = asked.line("pages_expected", "Pages expected", "", NUMBER)
        self.column.addSpacing(16)
        self.column.addWidget(label("Fees and speed", "section"))
        self.category = asked.line("category", "Fee category claimed")
        self.ceiling = asked.line("fee_ceiling", "Fee ceiling", "What you pay unasked", _SUM)
        self.currency = asked.line("currency", "Currency", "USD", _CURRENCY)
        self.column.addSpacing(4)
        self.waiver = asked.box("waiver_asked", "A fee waiver is asked for")
        self.expedited = asked.box("expedited_asked", "Expedited processing is asked for")
        self.certified = asked.box("expedited_certified", "Its statement is certified true")

    def _build_office(self) -> None:
        office = self.office
        self.column.addSpacing(16)
        self.column.addWidget(label("The office", "section"))
        note = "From the address book: what is changed here holds for every request to this office."
        self.column.addWidget(label(note, "caption"))
        office.line("email", "E-mail")
        office.line("portal", "Portal")
        office.line("phone", "Telephone")
        office.text("address", "Address", 3)
        self.zone = office.line("zone", "Time zone", "America/Denver")
        complete_zones(self.zone)
        self.closes_at = office.line("closes_at", "Closes at", "17:00")
        self.holidays = office.line(
            "holidays", "Holidays of another calendar", "US-DC; separate with commas", LIST
        )
        self.closures = DayList("Other days on which it does not work")
        self.closures.setEnabled(not self._session.read_only)
        self.closures.changed.connect(lambda days: self._edit_office("closures", days))
        self.add("Other days on which it does not work", self.closures)
        office.text("notes", "Notes on the office", 3)

    def show_request(self, view: RequestView) -> None:
        if self._view is not None and self._view.request.id != view.request.id:
            self.flush()
            self.notice.clear()
        self._view = view
        request = view.request
        self.asked.show(request)
        self.office.show(view.agency)
        self.closures.load(view.agency.closures)
        self.law.load(request.law)
        self.law_note.setText(law_note(request.law))
        self.law_note.setVisible(bool(request.law))
        self.behalf_note.setVisible(bool(request.on_behalf_of))
        self.certified.setEnabled(request.expedited_asked and not self._session.read_only)

    def flush(self) -> None:
        self.law.flush()
        super().flush()

    def _offer(self, known: tuple[Law, ...]) -> None:
        self.law.offer(known)
        if self._view is not None:
            self.law.load(self._view.request.law)

    def _edit_request(self, field: str, value: object) -> None:
        if self._view is not None:
            case, request_id = self._session.case, self._view.request.id
            told = "Law changed: the clocks are counted anew" if field == "law" else ""
            self._edit(lambda: requests.edit(case, request_id, **{field: value}), told)

    def _edit_office(self, field: str, value: object) -> None:
        if self._view is not None and self._view.agency.id:
            case, agency_id = self._session.case, self._view.agency.id
            self._edit(lambda: requests.edit_agency(case, agency_id, **{field: value}))

    def _edit(self, work: Callable[[], Any], told: str = "") -> None:
        """Save; what cannot be saved is said, and the field shows again what is."""

        def done(_change: object) -> None:
            self.notice.clear()
            if told:
                self._session.toast.emit(told, OFFER_UNDO)

        def failed(error: UserError) -> None:
            self.notice.show_error(error)
            if self._view is not None:
                self.show_request(self._view)

        self._session.tasks.edit(work, done, failed, owner=self)

    def _refused(self, name: str, words: str) -> None:
        self.notice.show_words(f"“{words}” is no number.", f"{name} stays as it was.")
